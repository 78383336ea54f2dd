use std::collections::{BTreeSet, HashMap};

use chrono::{Months, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{CompetencyProfile, LevelSource, LevelTrend, ProfileEntry};
use super::matching::{band, gap, job_person_match};
use crate::competencies::assessments::entity::{self as assessment, AssessmentStatus};
use crate::competencies::items::entity as competency;
use crate::competencies::levels::rule::{CurrentLevel, Judgement, current};
use crate::competencies::levels::service::{Rule, rules_of};
use crate::competencies::standards::entity as standard;
use crate::kernel::clock::{local_date, months_between};
use crate::kernel::db::{Db, Reader};
use crate::kernel::decimal::decimal;
use crate::kernel::error::{Error, NOT_FOUND, Result};
use crate::kernel::language::Language;
use crate::kernel::policy::Access;
use crate::kernel::svg::{Caption, RadarAxis, RadarChart};
use crate::kernel::validation::{IN_THE_FUTURE, Violation};
use crate::staff::positions::entity as position;

pub use crate::staff::records::person;

/// A day that is not in the future.
pub fn past_day(db: &Db, day: Option<NaiveDate>) -> Result<NaiveDate> {
    match day {
        Some(day) if day > db.today() => Err(NOT_FOUND.at(Violation::parameter("as_of", &IN_THE_FUTURE))),
        Some(day) => Ok(day),
        None => Ok(db.today()),
    }
}

/// Where somebody stands on a day.
pub async fn read(db: &Db, access: &Access, id: Uuid, as_of: Option<NaiveDate>) -> Result<CompetencyProfile> {
    let on = past_day(db, as_of)?;
    let person = person(db, access, id).await?;
    let reader = db.reader();
    let judgements = judgements_by(reader, id, on).await?;
    let standard = match person.position_id {
        Some(position) => {
            reader.all(standard::Entity::find().filter(standard::Column::PositionId.eq(position))).await?
        }
        None => Vec::new(),
    };
    let ids: BTreeSet<Uuid> =
        judgements.keys().copied().chain(standard.iter().map(|entry| entry.competency_id)).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let rules = rules_of(reader, &ids).await?;
    let required: HashMap<Uuid, &standard::Model> = standard.iter().map(|entry| (entry.competency_id, entry)).collect();
    let competencies = reader.all(competency::Entity::find().filter(competency::Column::Id.is_in(ids))).await?;
    let entries = competencies.into_iter().map(|competency| {
        let (rule, judgements) = (rules.get(&competency.id), judgements.get(&competency.id));
        entry(&competency, required.get(&competency.id).copied(), rule, judgements.map_or(&[], Vec::as_slice), on)
    });
    let (mut required, mut additional): (Vec<_>, Vec<_>) = entries.partition(|entry| entry.required_level.is_some());
    additional.retain(|entry| entry.current_level.is_some());
    required.sort_by(|one, other| rank(one).cmp(&rank(other)));
    additional.sort_by(|one, other| one.code.cmp(&other.code));
    let levels: Vec<_> =
        required.iter().map(|entry| (entry.required_level.unwrap_or_default(), entry.current_level)).collect();
    let matched = job_person_match(&levels);
    Ok(CompetencyProfile {
        librarian_id: person.id,
        name: person.name,
        position_id: person.position_id,
        position_title: title_of(reader, person.position_id).await?,
        as_of: on,
        job_person_match: matched.map(decimal),
        match_band: matched.map(band),
        gap_count: required.iter().filter(|entry| entry.gap > 0).count(),
        required,
        additional,
    })
}

/// The largest weighted gaps first, then by code.
fn rank(entry: &ProfileEntry) -> (std::cmp::Reverse<i32>, &str) {
    (std::cmp::Reverse(entry.gap * entry.weight.unwrap_or(1)), &entry.code)
}

async fn title_of(reader: Reader<'_>, id: Option<Uuid>) -> Result<Option<crate::kernel::language::Localized>> {
    let Some(id) = id else { return Ok(None) };
    let position = position::Entity::find().filter(position::Column::Id.eq(id));
    Ok(reader.one(position).await?.map(|position| position.title))
}

/// What was confirmed of a person by a day.
async fn judgements_by(reader: Reader<'_>, person: Uuid, on: NaiveDate) -> Result<HashMap<Uuid, Vec<Judgement>>> {
    let confirmed = assessment::Entity::find()
        .filter(assessment::Column::LibrarianId.eq(person))
        .filter(assessment::Column::Status.eq(AssessmentStatus::Confirmed))
        .filter(assessment::Column::ArchivedAt.is_null())
        .filter(assessment::Column::AssessedOn.lte(on));
    let mut judgements: HashMap<Uuid, Vec<Judgement>> = HashMap::new();
    for row in reader.all(confirmed).await? {
        if row.decided_at.is_none_or(|decided| local_date(decided) <= on) {
            judgements.entry(row.competency_id).or_default().push((&row).into());
        }
    }
    Ok(judgements)
}

fn entry(
    competency: &competency::Model,
    required: Option<&standard::Model>,
    rule: Option<&Rule>,
    judgements: &[Judgement],
    on: NaiveDate,
) -> ProfileEntry {
    let level_on = |day| rule.and_then(|(rule, source)| current(*rule, *source, judgements, day));
    let now = level_on(on);
    let before = on.checked_sub_months(Months::new(12)).and_then(level_on);
    ProfileEntry {
        competency_id: competency.id,
        code: competency.code.clone(),
        title: competency.title.clone(),
        field: competency.field,
        required_level: required.map(|entry| entry.required_level),
        weight: required.map(|entry| entry.weight),
        current_level: now.map(|found| found.level),
        gap: required.map_or(0, |entry| gap(entry.required_level, now.map(|found| found.level))),
        trend: trend(now, before),
        source: now.map(|found| LevelSource {
            assessment_id: found.basis.id,
            method: found.basis.method,
            assessed_on: found.basis.from,
            age_months: months_between(found.basis.from, on),
            counted: found.counted,
            valid_until: found.basis.until,
        }),
    }
}

fn trend(now: Option<CurrentLevel>, before: Option<CurrentLevel>) -> LevelTrend {
    match (now.map(|found| found.level), before.map(|found| found.level)) {
        (None, _) => LevelTrend::None,
        (Some(_), None) => LevelTrend::New,
        (Some(now), Some(before)) if now > before => LevelTrend::Up,
        (Some(now), Some(before)) if now < before => LevelTrend::Down,
        _ => LevelTrend::Steady,
    }
}

/// The profile as a radar picture.
pub fn picture(profile: &CompetencyProfile, language: Language) -> Vec<u8> {
    let title = language.pick("Profil kompetensi", "Competency profile");
    let matched = match profile.job_person_match {
        Some(matched) if language == Language::Indonesian => {
            format!(" · JPM {}", format!("{matched:.2}").replace('.', ","))
        }
        Some(matched) => format!(" · job-person match {matched:.2}"),
        None => String::new(),
    };
    let position = profile.position_title.as_ref().map_or("", |title| title.text(language));
    let axes = profile.required.iter().map(|entry| RadarAxis {
        label: entry.title.text(language).to_owned(),
        required: f64::from(entry.required_level.unwrap_or_default()),
        actual: entry.current_level.map(f64::from),
    });
    let chart = RadarChart {
        caption: Caption {
            lang: language.tag().to_owned(),
            title: format!("{title}: {}", profile.name),
            subtitle: format!("{position} · {}{matched}", profile.as_of),
            description: language
                .pick(
                    "Level sekarang terhadap level yang diminta jabatan",
                    "Present levels against what the position asks",
                )
                .to_owned(),
        },
        axes: axes.collect(),
        required_label: language.pick("Diminta", "Required").to_owned(),
        actual_label: language.pick("Sekarang", "Present").to_owned(),
        unknown_label: language.pick("Belum dinilai", "Not assessed").to_owned(),
    };
    chart.to_svg().into_bytes()
}

/// Turns a missing figure into an error of ours; a profile has one entry for each requirement.
pub fn required_of(entry: &ProfileEntry) -> Result<i32> {
    entry.required_level.ok_or_else(|| Error::internal("a requirement has a level"))
}
