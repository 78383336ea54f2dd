//! Activities in the template of a programme: what they are, when they meet, what they ask; neither people nor rooms nor links.

use std::collections::HashMap;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::activities::content::NewActivity;
use super::activities::entity::{
    self as activity, ActivityKind, ActivityMode, ActivityScope, ApprovalStages, Prerequisites, WaitlistPolicy,
};
use super::activities::service as activities;
use super::copies::activities_of;
use super::sessions::dto::NewActivitySession;
use super::sessions::entity as session;
use super::sessions::service as sessions;
use super::speakers::entity as speaker;
use crate::kernel::clock::Instant;
use crate::kernel::db::{Reader, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::validation::{
    ENDS_BEFORE_IT_BEGINS, NO_SUCH_OBJECT, OUT_OF_RANGE, Place, REPEATED, Violation, violations_of,
};
use crate::programmes::copies::service::MOST_PARTS;
use crate::programmes::templates::redaction::Redactor;
use crate::programmes::templates::references::{Found, TemplateAim, TemplateCompetency, tell, told};
use crate::programmes::templates::service::{TemplateSource, read};
use crate::settings::training_types::entity as training_type;

/// What this chapter gives to templates of programmes.
pub static ACTIVITIES_OF_A_PROGRAMME: TemplateSource = TemplateSource {
    part: "activities",
    export: |reader, programme, redactor| export(reader, programme, redactor).boxed_local(),
    check: |reader, items, pointer| check(reader, items, pointer).boxed_local(),
    write,
};

/// The most sessions of one activity in a template.
const MOST_SESSIONS: usize = 200;

/// An activity for another library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateActivity {
    /// Its name within the template.
    key: String,
    kind: ActivityKind,
    title: String,
    description: Option<String>,
    competencies: Vec<TemplateAim>,
    /// Activities of the template that somebody must have completed, by their keys.
    after: Vec<String>,
    /// Levels that somebody must have reached.
    required_levels: Vec<TemplateAim>,
    credit_hours: f64,
    /// The type of training by SIASN's jenisDiklatId.
    training_type: Option<i32>,
    scope: ActivityScope,
    mode: ActivityMode,
    capacity: Option<i32>,
    registration_opens_at: Option<Instant>,
    registration_closes_at: Option<Instant>,
    approval_stages: ApprovalStages,
    waitlist_policy: WaitlistPolicy,
    offer_hours: i32,
    least_attendance_percent: i32,
    least_post_test_score: Option<f64>,
    score_maximum: i32,
    sessions: Vec<TemplateSession>,
}

/// A session for another library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateSession {
    title: Option<String>,
    starts_at: Instant,
    ends_at: Instant,
    time_zone: String,
}

impl TemplateSession {
    fn content(&self) -> NewActivitySession {
        NewActivitySession {
            title: self.title.clone(),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: self.time_zone.clone(),
            venue_id: None,
            room: None,
            online_url: None,
        }
    }
}

async fn export(reader: Reader<'_>, programme: Uuid, staff: &Redactor) -> Result<Vec<Value>> {
    let rows = activities_of(reader, programme).await?;
    let ids = || rows.iter().map(|row| row.id);
    let speakers = reader.all(speaker::Entity::find().filter(speaker::Column::ActivityId.is_in(ids()))).await?;
    let redactor = staff.and(speakers.into_iter().map(|row| row.name));
    let planned = session::Entity::find()
        .filter(session::Column::ActivityId.is_in(ids()))
        .order_by_asc(session::Column::StartsAt)
        .order_by_asc(session::Column::Id);
    let mut planned_of: HashMap<Uuid, Vec<TemplateSession>> = HashMap::new();
    for row in reader.all(planned).await? {
        planned_of.entry(row.activity_id).or_default().push(TemplateSession {
            title: redactor.maybe(row.title.as_deref()),
            starts_at: Instant(row.starts_at),
            ends_at: Instant(row.ends_at),
            time_zone: row.time_zone,
        });
    }
    let types = reader.all(training_type::Entity::find()).await?;
    let types: HashMap<Uuid, i32> = types.into_iter().map(|row| (row.id, row.siasn_id)).collect();
    let aims = rows.iter().flat_map(|row| row.competencies.0.iter().chain(&row.prerequisites.levels));
    let known = told(reader, aims.map(|aim| aim.competency_id)).await?;
    let keys: HashMap<Uuid, String> = ids().enumerate().map(|(index, id)| (id, format!("a{}", index + 1))).collect();
    let whole = rows.iter().map(|row| {
        let sessions = planned_of.remove(&row.id).unwrap_or_default();
        serde_json::to_value(as_told(row, &keys, &known, &types, &redactor, sessions)).map_err(Error::internal)
    });
    whole.collect()
}

fn as_told(
    row: &activity::Model,
    keys: &HashMap<Uuid, String>,
    known: &HashMap<Uuid, TemplateCompetency>,
    types: &HashMap<Uuid, i32>,
    redactor: &Redactor,
    sessions: Vec<TemplateSession>,
) -> TemplateActivity {
    let content = NewActivity::from(row);
    TemplateActivity {
        key: keys.get(&row.id).cloned().unwrap_or_default(),
        kind: content.kind,
        title: redactor.text(&content.title),
        description: redactor.maybe(content.description.as_deref()),
        competencies: tell(&content.competencies, known),
        after: content.prerequisites.activity_ids.iter().filter_map(|id| keys.get(id).cloned()).collect(),
        required_levels: tell(&content.prerequisites.levels, known),
        credit_hours: content.credit_hours,
        training_type: content.training_type_id.and_then(|id| types.get(&id).copied()),
        scope: content.scope,
        mode: content.mode,
        capacity: content.capacity,
        registration_opens_at: content.registration_opens_at,
        registration_closes_at: content.registration_closes_at,
        approval_stages: content.approval_stages,
        waitlist_policy: content.waitlist_policy,
        offer_hours: content.offer_hours,
        least_attendance_percent: content.least_attendance_percent,
        least_post_test_score: content.least_post_test_score,
        score_maximum: content.score_maximum,
        sessions,
    }
}

/// What a part is in terms of this instance, and what is wrong with it.
struct Reading {
    activities: Vec<(TemplateActivity, NewActivity)>,
    wrong: Vec<Violation>,
}

impl Reading {
    async fn of(reader: Reader<'_>, items: &[Value], pointer: &str) -> Result<Self> {
        let mut wrong = Vec::new();
        if items.len() > usize::try_from(MOST_PARTS).unwrap_or(usize::MAX) {
            wrong.push(Violation::pointer(pointer.to_owned(), &OUT_OF_RANGE).with("min", 0).with("max", MOST_PARTS));
            return Ok(Self { activities: Vec::new(), wrong });
        }
        let mut told: Vec<(usize, TemplateActivity)> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match read(item, &format!("{pointer}/{index}")) {
                Ok(activity) => told.push((index, activity)),
                Err(violation) => wrong.push(violation),
            }
        }
        let aims =
            |activity: &TemplateActivity| [activity.competencies.clone(), activity.required_levels.clone()].concat();
        let meant: Vec<_> = told.iter().flat_map(|(_, activity)| aims(activity)).map(|aim| aim.competency).collect();
        let found = Found::load(reader, &meant).await?;
        let types = reader.all(training_type::Entity::find()).await?;
        let types: HashMap<i32, Uuid> = types.into_iter().map(|row| (row.siasn_id, row.id)).collect();
        let mut activities: Vec<(TemplateActivity, NewActivity)> = Vec::new();
        for (index, activity) in told {
            let place = format!("{pointer}/{index}");
            let content = activity.content(&found, &types, &place, &mut wrong);
            activity.look_at(&content, &place, &mut wrong);
            if activities.iter().any(|(before, _)| before.key == activity.key) {
                wrong.push(Violation::pointer(format!("{place}/key"), &REPEATED));
            }
            for (turn, key) in activity.after.iter().enumerate() {
                // Only what stands above: so nothing waits for itself.
                if activities.iter().all(|(before, _)| before.key != *key) {
                    wrong.push(Violation::pointer(format!("{place}/after/{turn}"), &NO_SUCH_OBJECT));
                }
            }
            activities.push((activity, content));
        }
        Ok(Self { activities, wrong })
    }
}

impl TemplateActivity {
    fn content(
        &self,
        found: &Found,
        types: &HashMap<i32, Uuid>,
        place: &str,
        wrong: &mut Vec<Violation>,
    ) -> NewActivity {
        let training_type_id = self.training_type.and_then(|id| types.get(&id).copied());
        if self.training_type.is_some() && training_type_id.is_none() {
            wrong.push(Violation::pointer(format!("{place}/training_type"), &NO_SUCH_OBJECT));
        }
        NewActivity {
            description: self.description.clone(),
            competencies: found.aims(&self.competencies, &format!("{place}/competencies"), wrong),
            prerequisites: Prerequisites {
                activity_ids: Vec::new(),
                levels: found.aims(&self.required_levels, &format!("{place}/required_levels"), wrong),
            },
            credit_hours: self.credit_hours,
            training_type_id,
            scope: self.scope,
            mode: self.mode,
            capacity: self.capacity,
            registration_opens_at: self.registration_opens_at,
            registration_closes_at: self.registration_closes_at,
            approval_stages: self.approval_stages,
            waitlist_policy: self.waitlist_policy,
            offer_hours: self.offer_hours,
            least_attendance_percent: self.least_attendance_percent,
            least_post_test_score: self.least_post_test_score,
            score_maximum: self.score_maximum,
            ..NewActivity::plain(self.kind, &self.title)
        }
    }

    /// What is wrong with it by itself.
    fn look_at(&self, content: &NewActivity, place: &str, wrong: &mut Vec<Violation>) {
        wrong.extend(violations_of(content, place));
        let between = |name: &str, max: i64| {
            Violation::pointer(format!("{place}/{name}"), &OUT_OF_RANGE).with("min", 0).with("max", max)
        };
        if let (Some(opens), Some(closes)) = (self.registration_opens_at, self.registration_closes_at)
            && closes <= opens
        {
            wrong.push(Violation::pointer(format!("{place}/registration_closes_at"), &ENDS_BEFORE_IT_BEGINS));
        }
        if self.least_post_test_score.is_some_and(|least| least > f64::from(self.score_maximum)) {
            wrong.push(between("least_post_test_score", self.score_maximum.into()));
        }
        if self.sessions.len() > MOST_SESSIONS {
            wrong.push(between("sessions", 200));
        }
        for (index, session) in self.sessions.iter().enumerate() {
            let content = session.content();
            let place = format!("{place}/sessions/{index}");
            wrong.extend(violations_of(&content, &place));
            wrong.extend(content.mistakes().into_iter().map(|violation| below(&place, violation)));
        }
    }
}

/// A mistake of a part as one of the whole.
fn below(place: &str, violation: Violation) -> Violation {
    match violation.place {
        Place::Pointer(pointer) => {
            let place = Place::Pointer(format!("{place}{}", pointer.trim_start_matches('#')));
            Violation { place, ..violation }
        }
        _ => violation,
    }
}

async fn check(reader: Reader<'_>, items: &[Value], pointer: &str) -> Result<Vec<Violation>> {
    Ok(Reading::of(reader, items, pointer).await?.wrong)
}

fn write<'a>(tx: &'a Tx<'a>, programme: Uuid, items: &'a [Value]) -> LocalBoxFuture<'a, Result<()>> {
    write_in(tx, programme, items).boxed_local()
}

async fn write_in(tx: &Tx<'_>, programme: Uuid, items: &[Value]) -> Result<()> {
    let reading = Reading::of(tx.reader(), items, "#/parts/activities").await?;
    if !reading.wrong.is_empty() {
        return Err(Error::invalid(reading.wrong));
    }
    let mut ids: HashMap<String, Uuid> = HashMap::new();
    // Each is an object with its own event, and so is each session.
    for (told, mut content) in reading.activities {
        content.programme_id = Some(programme);
        content.prerequisites.activity_ids = told.after.iter().filter_map(|key| ids.get(key).copied()).collect();
        let row = activities::create_in(tx, &content, None).await?;
        for session in &told.sessions {
            sessions::create_in(tx, row.id, &session.content()).await?;
        }
        sessions::follow_in(tx, &row).await?;
        ids.insert(told.key, row.id);
    }
    Ok(())
}
