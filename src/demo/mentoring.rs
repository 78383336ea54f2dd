//! Who offers to mentor, who looks for a mentor, a round of matching that was published and one that waits for its decisions.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::assessments::access_of;
use super::people::People;
use super::reading_list::{morning, own};
use crate::competencies::aims::CompetencyAim;
use crate::competencies::levels::entity as level;
use crate::competencies::profiles::service as competency_profiles;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::jobs;
use crate::kernel::policy::{Access, Reach};
use crate::mentoring::availability::{Weekday, WeeklyTime};
use crate::mentoring::matching_proposals::service as proposals;
use crate::mentoring::matching_rounds::dto::{ExcludedPair, MatchingParameters, NewMatchingRound};
use crate::mentoring::matching_rounds::{execution, publication, service as rounds};
use crate::mentoring::mentor_profiles::content::NewMentorProfile;
use crate::mentoring::mentor_profiles::entity::offered;
use crate::mentoring::mentor_profiles::service as profiles;
use crate::mentoring::mentoring_requests::content::NewMentoringRequest;
use crate::mentoring::mentoring_requests::dto::RequestClosure;
use crate::mentoring::mentoring_requests::service as requests;

/// Name, how many at once, day, from, until, languages, whether they take on mentees now.
type Mentor = (&'static str, i32, Weekday, &'static str, &'static str, &'static [&'static str], bool);

const MENTORS: [Mentor; 6] = [
    ("Maria Lestari Bong", 4, Weekday::Tuesday, "09:00", "11:00", &["id", "en"], true),
    ("Hendra Wijaya Lim", 4, Weekday::Wednesday, "13:00", "15:00", &["id"], true),
    ("Yohanes Tarigas", 4, Weekday::Thursday, "08:00", "10:00", &["id", "en"], true),
    ("Dewi Anggraini", 3, Weekday::Monday, "10:00", "12:00", &["id"], true),
    ("Siti Rahmawati", 2, Weekday::Friday, "08:00", "09:30", &["id"], true),
    ("Bambang Suryanto", 2, Weekday::Tuesday, "13:00", "14:00", &["id"], false),
];
/// How many competencies a mentor offers: those in which they are best.
const OFFERED: u64 = 30;

pub(super) async fn fill(db: &Db, people: &People) -> Result<()> {
    morning(db, day("2026-10-05")?);
    let admin = access_of(&people.admin, Reach::All);
    for mentor in MENTORS {
        offer(db, &admin, people.id(mentor.0)?, mentor).await?;
    }
    first_round(db, people, &admin).await?;
    second_round(db, people, &admin).await
}

/// Who looked for a mentor in October: name, day, wish.
const OCTOBER: [Seeker; 5] = [
    ("Nurhaliza Putri", Weekday::Wednesday, Some("Hendra Wijaya Lim"), &["id"]),
    ("Andreas Jaya Ngo", Weekday::Thursday, None, &["id", "en"]),
    ("Fitri Handayani", Weekday::Monday, Some("Dewi Anggraini"), &["id"]),
    ("Suhardi Akim", Weekday::Friday, None, &["id"]),
    ("Johan Saputra Liu", Weekday::Wednesday, None, &["en"]),
];
/// Who looks for one in November.
const NOVEMBER: [Seeker; 7] = [
    ("Teguh Prasetyo", Weekday::Thursday, Some("Yohanes Tarigas"), &["id"]),
    ("Ratna Kumala", Weekday::Wednesday, None, &["id"]),
    ("Petrus Sabinus", Weekday::Monday, None, &["id"]),
    ("Lina Marlina Phang", Weekday::Tuesday, Some("Maria Lestari Bong"), &["id"]),
    ("Iskandar Zulkarnain", Weekday::Thursday, Some("Siti Rahmawati"), &["en"]),
    ("Melati Oktaviani", Weekday::Monday, None, &["zh"]),
    ("Rizky Pratama", Weekday::Tuesday, None, &["id"]),
];

/// Name, day, the mentor whom they would like, languages.
type Seeker = (&'static str, Weekday, Option<&'static str>, &'static [&'static str]);

/// A round that was published: its pairs begin in December.
async fn first_round(db: &Db, people: &People, admin: &Access) -> Result<()> {
    let any = Precondition::default();
    morning(db, day("2026-10-12")?);
    for seeker in OCTOBER {
        ask(db, people, seeker).await?;
    }
    let (withdrawn, closed) = (people.id("Agnes Monika Sari")?, people.id("Wulan Ayu Kartika")?);
    if let Some(id) = ask_for(db, people, withdrawn, ("", Weekday::Monday, None, &["id"])).await? {
        requests::withdraw(db, &own(people, withdrawn), id, any).await?;
    }
    if let Some(id) = ask_for(db, people, closed, ("", Weekday::Friday, None, &["id"])).await? {
        let reason = "Dibantu langsung oleh kepala unit".to_owned();
        requests::close(db, admin, id, any, RequestClosure { reason }).await?;
    }
    let new = NewMatchingRound {
        title: "Putaran Desember 2026".to_owned(),
        starts_on: day("2026-12-01")?,
        ends_on: Some(day("2027-05-31")?),
        parameters: MatchingParameters::default(),
    };
    let round = rounds::create(db, admin, new).await?.id;
    execution::execute(db, admin, round, any).await?;
    jobs::run_due(db).await?;
    morning(db, day("2026-10-19")?);
    proposals::accept_all(db, admin, round, any).await?;
    publication::publish(db, admin, round, any).await.map(|_| ())
}

/// A round that was executed and waits: an admin keeps two people apart.
async fn second_round(db: &Db, people: &People, admin: &Access) -> Result<()> {
    morning(db, day("2026-11-09")?);
    for seeker in NOVEMBER {
        ask(db, people, seeker).await?;
    }
    let apart = ExcludedPair { mentee_id: people.id("Ratna Kumala")?, mentor_id: people.id("Hendra Wijaya Lim")? };
    let new = NewMatchingRound {
        title: "Putaran awal 2027".to_owned(),
        starts_on: day("2027-01-11")?,
        ends_on: Some(day("2027-12-17")?),
        parameters: MatchingParameters { excluded_pairs: vec![apart], ..MatchingParameters::default() },
    };
    let round = rounds::create(db, admin, new).await?.id;
    execution::execute(db, admin, round, Precondition::default()).await?;
    jobs::run_due(db).await.map(|_| ())
}

async fn ask(db: &Db, people: &People, seeker: Seeker) -> Result<()> {
    ask_for(db, people, people.id(seeker.0)?, seeker).await.map(|_| ())
}

/// Asks for help with the largest gaps, first with those that a mentor helps with; who has none asks for nothing.
async fn ask_for(db: &Db, people: &People, person: Uuid, seeker: Seeker) -> Result<Option<Uuid>> {
    let (_, weekday, wish, languages) = seeker;
    let access = own(people, person);
    let profile = competency_profiles::read(db, &access, person, None).await?;
    let offered = db.reader().all(offered::Entity::find()).await?;
    let mut gaps: Vec<_> = profile.required.iter().filter(|entry| entry.gap > 0).collect();
    gaps.sort_by_key(|entry| {
        let level = entry.current_level.unwrap_or(0);
        !offered.iter().any(|row| row.competency_id == entry.competency_id && row.level > level)
    });
    let goals = gaps.into_iter().take(4).filter_map(|entry| {
        entry.required_level.map(|level| CompetencyAim { competency_id: entry.competency_id, level })
    });
    let goals: Vec<_> = goals.collect();
    if goals.is_empty() {
        return Ok(None);
    }
    let (starts_at, ends_at) = ("09:00".to_owned(), "15:00".to_owned());
    let new = NewMentoringRequest {
        librarian_id: None,
        goals,
        preferred_mentor_ids: wish.map(|name| people.id(name)).transpose()?.into_iter().collect(),
        times: vec![
            WeeklyTime { weekday, starts_at: starts_at.clone(), ends_at: ends_at.clone() },
            WeeklyTime { weekday: Weekday::Tuesday, starts_at, ends_at },
        ],
        languages: languages.iter().map(|code| (*code).to_owned()).collect(),
        note: None,
    };
    requests::create(db, &access, new).await.map(|request| Some(request.id))
}

async fn offer(db: &Db, admin: &Access, person: Uuid, mentor: Mentor) -> Result<()> {
    let (_, capacity, weekday, from, until, languages, is_active) = mentor;
    let best = level::Entity::find()
        .filter(level::Column::LibrarianId.eq(person))
        .filter(level::Column::Level.gte(2))
        .order_by_desc(level::Column::Level)
        .order_by_asc(level::Column::CompetencyId)
        .limit(OFFERED);
    let best = db.reader().all(best).await?;
    let new = NewMentorProfile {
        librarian_id: Some(person),
        competencies: best
            .into_iter()
            .map(|row| CompetencyAim { competency_id: row.competency_id, level: row.level })
            .collect(),
        capacity,
        times: vec![WeeklyTime { weekday, starts_at: from.to_owned(), ends_at: until.to_owned() }],
        languages: languages.iter().map(|code| (*code).to_owned()).collect(),
        about: None,
        is_active,
    };
    profiles::create(db, admin, new).await.map(|_| ())
}

fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(Error::internal)
}
