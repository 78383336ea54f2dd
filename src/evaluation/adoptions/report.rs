//! How far a change has spread: as figures and as a picture.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{AdopterGroupCount, AdoptionFigures, AdoptionPoint, AdoptionQuery, AdoptionReport, StageCount};
use super::entity::{AdoptionStage, Column, Entity};
use super::rule::{
    Histories, LEAST_GROUP, groups, in_fives, median_hundredths, month_end, month_ends, percent_hundredths,
};
use crate::competencies::profiles::service::past_day;
use crate::evaluation::change_initiatives::entity::Model as Initiative;
use crate::evaluation::change_initiatives::service::one as initiative_of;
use crate::evaluation::change_initiatives::target::concerned_people;
use crate::kernel::db::{Db, Reader};
use crate::kernel::decimal::decimal;
use crate::kernel::error::Result;
use crate::kernel::language::Language;
use crate::kernel::policy::Access;
use crate::kernel::svg::{Caption, LineChart, LinePoint};

/// What is recorded of the people whom a change concerns.
pub async fn histories(reader: Reader<'_>, initiative_id: Uuid) -> Result<Histories> {
    let people = concerned_people(reader, initiative_id).await?;
    let rows = Entity::find()
        .filter(Column::ChangeInitiativeId.eq(initiative_id))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    let rows = reader.all(rows).await?;
    Ok(Histories::of(&people, rows.into_iter().map(|row| (row.librarian_id, row.reached_on, row.stage))))
}

/// A point of the curve.
pub fn point(histories: &Histories, on: NaiveDate) -> AdoptionPoint {
    of_users(histories, on, histories.users(on))
}

fn of_users(histories: &Histories, on: NaiveDate, user_count: usize) -> AdoptionPoint {
    AdoptionPoint { on, user_count, adoption_rate: decimal(percent_hundredths(user_count, histories.people())) }
}

/// The report as this caller may read it, and the change that it is of.
pub async fn read(db: &Db, access: &Access, id: Uuid, query: &AdoptionQuery) -> Result<(Initiative, AdoptionReport)> {
    let initiative = db.reader().find(initiative_of(id)).await?;
    let asked = past_day(db, query.as_of)?;
    let histories = histories(db.reader(), id).await?;
    let is_rounded = !access.is_admin();
    let as_of = if is_rounded { month_end(asked) } else { asked };
    let is_suppressed = histories.people() < LEAST_GROUP;
    let figures = || {
        if is_rounded { rounded(&histories, as_of) } else { figures(&histories, initiative.go_live_on, as_of) }
    };
    let report = AdoptionReport {
        change_initiative_id: id,
        as_of,
        target_count: histories.people(),
        is_suppressed,
        is_rounded,
        figures: (!is_suppressed).then(figures),
    };
    Ok((initiative, report))
}

/// What everybody may know: that it grows, but neither who began when nor who is left.
fn rounded(histories: &Histories, as_of: NaiveDate) -> AdoptionFigures {
    let point = |on| of_users(histories, on, in_fives(histories.users(on), histories.people()));
    let now = point(as_of);
    AdoptionFigures {
        user_count: now.user_count,
        adoption_rate: now.adoption_rate,
        median_days_to_adopt: None,
        fastest_days_to_adopt: None,
        slowest_days_to_adopt: None,
        stages: Vec::new(),
        groups: Vec::new(),
        points: month_ends(histories.begins().unwrap_or(as_of), as_of).into_iter().map(point).collect(),
    }
}

fn figures(histories: &Histories, go_live_on: NaiveDate, as_of: NaiveDate) -> AdoptionFigures {
    let first_uses = histories.first_uses(as_of);
    let days: Vec<i64> = first_uses.iter().map(|on| (*on - go_live_on).num_days()).collect();
    let now = point(histories, as_of);
    let stages = [
        AdoptionStage::NotStarted,
        AdoptionStage::Trained,
        AdoptionStage::Trying,
        AdoptionStage::Using,
        AdoptionStage::Champion,
    ];
    let count =
        |stage| StageCount { stage, people_count: histories.stages(as_of).filter(|known| *known == stage).count() };
    let group = |(group, people_count, span): (_, _, Option<(NaiveDate, NaiveDate)>)| AdopterGroupCount {
        group,
        people_count,
        from_on: span.map(|(from, _)| from),
        until_on: span.map(|(_, until)| until),
    };
    AdoptionFigures {
        user_count: now.user_count,
        adoption_rate: now.adoption_rate,
        median_days_to_adopt: median_hundredths(&days).map(decimal),
        fastest_days_to_adopt: days.first().copied(),
        slowest_days_to_adopt: days.last().copied(),
        stages: stages.into_iter().map(count).collect(),
        groups: groups(&first_uses, histories.people()).into_iter().map(group).collect(),
        points: histories.days(as_of).into_iter().map(|on| point(histories, on)).collect(),
    }
}

/// The curve as a picture.
pub fn picture(initiative: &Initiative, report: &AdoptionReport, language: Language) -> Vec<u8> {
    let points = report.figures.iter().flat_map(|figures| &figures.points);
    let withheld = language.pick("ditahan: kurang dari lima orang", "held back: fewer than five people");
    let people = language.pick("pegawai terkait", "people concerned");
    let rounded = language.pick("dibulatkan ke bawah per lima orang", "rounded down to fives");
    let subtitle = match (report.is_suppressed, report.is_rounded) {
        (true, _) => format!("{} · {withheld}", report.as_of),
        (false, true) => format!("{} · {} {people} · {rounded}", report.as_of, report.target_count),
        (false, false) => format!("{} · {} {people}", report.as_of, report.target_count),
    };
    let chart = LineChart {
        caption: Caption {
            lang: language.tag().to_owned(),
            title: initiative.title.clone(),
            subtitle,
            description: language
                .pick(
                    "Bagian pegawai terkait yang sudah memakai cara baru, dari waktu ke waktu",
                    "Share of the people concerned who use the new way, over time",
                )
                .to_owned(),
        },
        points: points
            .map(|point| LinePoint {
                label: point.on.format("%d/%m").to_string(),
                value: Some(point.adoption_rate),
                target: Some(100.0),
            })
            .collect(),
        bands: Vec::new(),
        higher_is_better: true,
        series_label: language.pick("Laju adopsi", "Adoption rate").to_owned(),
        target_label: language.pick("Semua", "Everybody").to_owned(),
        unit: "%".to_owned(),
        decimals: 1,
    };
    chart.to_svg().into_bytes()
}
