//! What is copied of activities along with their programme: drafts with the same content, sessions and materials, at the same time
//! of another year.

use std::collections::{HashMap, HashSet};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::activities::content::NewActivity;
use super::activities::entity::{self as activity, ActivityStatus, Prerequisites};
use super::activities::service as activities;
use super::materials::entity as material;
use super::sessions::dto::NewActivitySession;
use super::sessions::entity as session;
use super::sessions::service as sessions;
use crate::competencies::assessments::service::assessable_among;
use crate::kernel::clock::Instant;
use crate::kernel::db::{Reader, Tx};
use crate::kernel::error::Result;
use crate::programmes::copies::service::{CopySource, Copying, MOST_PARTS, at_most};
use crate::staff::reach::on_staff;

/// What this chapter copies along with a programme.
pub static ACTIVITIES_OF_A_PROGRAMME: CopySource = CopySource { copy };

fn copy<'a>(tx: &'a Tx<'a>, copying: Copying) -> LocalBoxFuture<'a, Result<()>> {
    copy_in(tx, copying).boxed_local()
}

/// The activities of a programme that were not called off, by date.
pub async fn activities_of(reader: Reader<'_>, programme: Uuid) -> Result<Vec<activity::Model>> {
    let rows = activity::Entity::find()
        .filter(activity::Column::ProgrammeId.eq(programme))
        .filter(activity::Column::Status.ne(ActivityStatus::Cancelled))
        .filter(activity::Column::ArchivedAt.is_null())
        .order_by_asc(activity::Column::SortsAt)
        .order_by_asc(activity::Column::Id)
        .limit(MOST_PARTS + 1);
    at_most(reader.all(rows).await?)
}

/// What belongs to the activities that are copied.
struct Parts {
    sessions: HashMap<Uuid, Vec<session::Model>>,
    materials: HashMap<Uuid, Vec<material::Model>>,
    assessable: HashSet<Uuid>,
    staff: HashSet<Uuid>,
}

impl Parts {
    async fn load_in(tx: &Tx<'_>, rows: &[activity::Model]) -> Result<Self> {
        let ids = || rows.iter().map(|row| row.id);
        let sessions = session::Entity::find()
            .filter(session::Column::ActivityId.is_in(ids()))
            .order_by_asc(session::Column::StartsAt)
            .order_by_asc(session::Column::Id);
        let materials = material::Entity::find()
            .filter(material::Column::ActivityId.is_in(ids()))
            .order_by_asc(material::Column::Position)
            .order_by_asc(material::Column::Id);
        let aims = rows.iter().flat_map(|row| row.competencies.0.iter().chain(&row.prerequisites.levels));
        let assessable = assessable_among(tx.reader(), aims.map(|aim| aim.competency_id)).await?;
        let staff = on_staff(tx.reader(), rows.iter().flat_map(|row| row.staff_ids.0.iter().copied())).await?;
        let mut parts = Self { sessions: HashMap::new(), materials: HashMap::new(), assessable, staff };
        for row in tx.reader().all(sessions).await? {
            parts.sessions.entry(row.activity_id).or_default().push(row);
        }
        for row in tx.reader().all(materials).await? {
            parts.materials.entry(row.activity_id).or_default().push(row);
        }
        Ok(parts)
    }

    /// The content of a copy. An earlier activity of the same programme is asked for by its own copy.
    fn content(&self, row: &activity::Model, copying: Copying, copies: &HashMap<Uuid, Uuid>) -> NewActivity {
        let same = NewActivity::from(row);
        let known = |aim: &activity::CompetencyAim| self.assessable.contains(&aim.competency_id);
        let asked = row.prerequisites.activity_ids.iter();
        let moved = |instant: Option<Instant>| instant.map(|at| Instant(copying.instant(at.0)));
        NewActivity {
            programme_id: Some(copying.to),
            competencies: same.competencies.into_iter().filter(known).collect(),
            prerequisites: Prerequisites {
                activity_ids: asked.map(|id| copies.get(id).copied().unwrap_or(*id)).collect(),
                levels: same.prerequisites.levels.into_iter().filter(known).collect(),
            },
            staff_ids: same.staff_ids.into_iter().filter(|id| self.staff.contains(id)).collect(),
            registration_opens_at: moved(same.registration_opens_at),
            registration_closes_at: moved(same.registration_closes_at),
            ..same
        }
    }
}

async fn copy_in(tx: &Tx<'_>, copying: Copying) -> Result<()> {
    let rows = activities_of(tx.reader(), copying.from).await?;
    let mut parts = Parts::load_in(tx, &rows).await?;
    let mut copies = HashMap::new();
    // Each is an object with its own event, and so is each of its parts.
    for row in &rows {
        let content = parts.content(row, copying, &copies);
        let new = activities::create_in(tx, &content, None).await?;
        for session in parts.sessions.remove(&row.id).unwrap_or_default() {
            let session = NewActivitySession {
                title: session.title,
                starts_at: Instant(copying.instant(session.starts_at)),
                ends_at: Instant(copying.instant(session.ends_at)),
                time_zone: session.time_zone,
                venue_id: None,
                room: session.room,
                online_url: session.online_url,
            };
            sessions::create_in(tx, new.id, &session).await?;
        }
        sessions::follow_in(tx, &new).await?;
        for material in parts.materials.remove(&row.id).unwrap_or_default() {
            let mut material = material.into_active_model();
            material.id = NotSet;
            material.activity_id = Set(new.id);
            tx.insert::<material::Entity>(material, "material.created").await?;
        }
        copies.insert(row.id, new.id);
    }
    Ok(())
}
