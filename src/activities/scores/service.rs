use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{ActivityScores, NewScores, PersonScore};
use super::gain::Gain;
use crate::activities::activities::entity as activity;
use crate::activities::activities::service::{kept_by, one as activity_of};
use crate::activities::registrations::entity::{Column, Entity, Model, RegistrationStatus};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::decimal::{decimal, hundredths};
use crate::kernel::error::{Error, INVALID_TRANSITION, Result};
use crate::kernel::http::Computed;
use crate::kernel::patch::Patch;
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, OUT_OF_RANGE, Violation};
use crate::staff::librarians::entity as librarian;

/// The scores of an activity, for those who keep its door.
pub async fn read(db: &Db, access: &Access, activity_id: Uuid) -> Result<Computed<ActivityScores>> {
    let activity = activity_of(access, activity_id).filter(kept_by(access, activity::Column::Id));
    let activity = db.reader().find(activity).await?;
    report(db.reader(), &activity).await.map(Computed)
}

/// Enters scores of people with a seat, until the activity is completed.
pub async fn record(db: &Db, access: &Access, activity_id: Uuid, new: NewScores) -> Result<Computed<ActivityScores>> {
    db.write(access, async move |tx: &Tx<'_>| {
        let activity = activity_of(tx.access(), activity_id).filter(kept_by(tx.access(), activity::Column::Id));
        let activity = tx.lock(activity).await?;
        if !activity.is_open() {
            return Err(INVALID_TRANSITION.into());
        }
        let rows = seated(tx.reader(), activity.id).await?;
        let known: HashMap<Uuid, &Model> = rows.iter().map(|row| (row.id, row)).collect();
        let wrong = mistakes(&activity, &known, &new);
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        for item in &new.items {
            let Some(before) = known.get(&item.registration_id) else { continue };
            let mut row = (*before).clone().into_active_model();
            whole(&item.pre_test).apply(&mut row.pre_test_hundredths);
            whole(&item.post_test).apply(&mut row.post_test_hundredths);
            tx.update::<Entity>(before, row, Precondition::default(), "registration.scored").await?;
        }
        report(tx.reader(), &activity).await.map(Computed)
    })
    .await
}

fn whole(score: &Patch<f64>) -> Patch<i32> {
    match score {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(score) => Patch::Set(hundredths(*score)),
    }
}

fn mistakes(activity: &activity::Model, known: &HashMap<Uuid, &Model>, new: &NewScores) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let most = f64::from(activity.score_maximum);
    for (index, item) in new.items.iter().enumerate() {
        let place = |field: &str| format!("#/items/{index}/{field}");
        if !known.contains_key(&item.registration_id) {
            wrong.push(Violation::pointer(place("registration_id"), &NO_SUCH_OBJECT));
        } else if !seen.insert(item.registration_id) {
            wrong.push(Violation::pointer(place("registration_id"), &crate::kernel::validation::REPEATED));
        }
        for (field, score) in [("pre_test", &item.pre_test), ("post_test", &item.post_test)] {
            if score.value().is_some_and(|score| !(0.0..=most).contains(score)) {
                let violation = Violation::pointer(place(field), &OUT_OF_RANGE);
                wrong.push(violation.with("min", 0).with("max", activity.score_maximum));
            }
        }
    }
    wrong
}

/// Everybody who has or had a seat until the end.
pub async fn seated(reader: Reader<'_>, activity_id: Uuid) -> Result<Vec<Model>> {
    let states = [RegistrationStatus::Confirmed, RegistrationStatus::Attended, RegistrationStatus::NoShow];
    let rows = Entity::find().filter(Column::ActivityId.eq(activity_id)).filter(Column::Status.is_in(states));
    reader.all(rows).await
}

/// The scores of an activity, and what they come to.
pub async fn report(reader: Reader<'_>, activity: &activity::Model) -> Result<ActivityScores> {
    let rows = seated(reader, activity.id).await?;
    let people = librarian::Entity::find().filter(librarian::Column::Id.is_in(rows.iter().map(|row| row.librarian_id)));
    let names: HashMap<Uuid, String> =
        reader.all(people).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let maximum = activity.score_maximum;
    let both: Vec<(i32, i32)> =
        rows.iter().filter_map(|row| Some((row.pre_test_hundredths?, row.post_test_hundredths?))).collect();
    let gains: Vec<Gain> = both.iter().filter_map(|(pre, post)| Gain::of(Some(*pre), Some(*post), maximum)).collect();
    let group = Gain::of_means(&both, maximum);
    let least = activity.least_post_test_hundredths;
    let reached =
        |least: i32| rows.iter().filter(move |row| row.post_test_hundredths.is_some_and(|post| post >= least));
    let mut items: Vec<_> = rows.iter().map(|row| score_of(row, &names, maximum)).collect();
    items.sort_by(|one, other| {
        (&one.librarian_name, one.registration_id).cmp(&(&other.librarian_name, other.registration_id))
    });
    Ok(ActivityScores {
        activity_id: activity.id,
        score_maximum: maximum,
        people: both.len(),
        mean_pre_test: mean(both.iter().map(|(pre, _)| *pre)),
        mean_post_test: mean(both.iter().map(|(_, post)| *post)),
        n_gain: group.map(Gain::number),
        n_gain_band: group.map(Gain::band),
        mean_n_gain: Gain::mean(&gains),
        effectiveness: group.map(Gain::effectiveness),
        passed: least.map(|least| reached(least).count()),
        items,
    })
}

fn score_of(row: &Model, names: &HashMap<Uuid, String>, maximum: i32) -> PersonScore {
    let gain = Gain::of(row.pre_test_hundredths, row.post_test_hundredths, maximum);
    PersonScore {
        registration_id: row.id,
        librarian_id: row.librarian_id,
        librarian_name: names.get(&row.librarian_id).cloned().unwrap_or_default(),
        pre_test: row.pre_test_hundredths.map(|score| decimal(score.into())),
        post_test: row.post_test_hundredths.map(|score| decimal(score.into())),
        n_gain: gain.map(Gain::number),
        n_gain_band: gain.map(Gain::band),
    }
}

/// The mean of scores in hundredths, half up.
fn mean(scores: impl Iterator<Item = i32>) -> Option<f64> {
    let (mut sum, mut count) = (0_i64, 0_i64);
    for score in scores {
        sum += i64::from(score);
        count += 1;
    }
    (count > 0).then(|| decimal((2 * sum + count).div_euclid(2 * count)))
}
