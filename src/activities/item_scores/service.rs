use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{ItemScores, ItemStatistics, NewItemScores, TestKind};
use super::entity::{self as tests, KeptItem, KeptItems, points};
use super::statistics::{DifficultyBand, DiscriminationBand, ItemFigures};
use crate::activities::activities::entity as activity;
use crate::activities::activities::service::{kept_by, one as activity_of};
use crate::activities::scores::service::seated;
use crate::kernel::db::{Db, Reader, Tx};
use crate::kernel::decimal::{decimal, four_places, hundredths, ten_thousandths, two_decimals};
use crate::kernel::error::{Error, INVALID_TRANSITION, Result};
use crate::kernel::http::Computed;
use crate::kernel::policy::Access;
use crate::kernel::validation::{Fault, NO_SUCH_OBJECT, OUT_OF_RANGE, REPEATED, TWO_DECIMALS, Violation};

/// Points are told for each item.
pub const ONE_FOR_EACH_ITEM: Fault = Fault {
    code: "one_for_each_item",
    id: "Isi satu nilai untuk setiap butir ({count})",
    en: "One value for each item ({count})",
};

/// The item statistics of a test, for those who keep the activity's door.
pub async fn read(db: &Db, access: &Access, activity_id: Uuid, test: TestKind) -> Result<Computed<ItemScores>> {
    let activity = activity_of(access, activity_id).filter(kept_by(access, activity::Column::Id));
    let activity = db.reader().find(activity).await?;
    statistics(db.reader(), activity.id, test).await.map(Computed)
}

/// Enters the points of a test in place of what was entered of it, until the activity is completed.
pub async fn record(db: &Db, access: &Access, activity_id: Uuid, new: NewItemScores) -> Result<Computed<ItemScores>> {
    db.write(access, async move |tx: &Tx<'_>| {
        let activity = activity_of(tx.access(), activity_id).filter(kept_by(tx.access(), activity::Column::Id));
        let activity = tx.lock(activity).await?;
        if !activity.is_open() {
            return Err(INVALID_TRANSITION.into());
        }
        let seats = seated(tx.reader(), activity.id).await?.into_iter().map(|row| row.id).collect();
        let wrong = mistakes(&seats, &new);
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        replace_in(tx, activity.id, &new).await?;
        tx.note::<activity::Entity>(&activity, "activity.items_scored").await?;
        statistics(tx.reader(), activity.id, new.test).await.map(Computed)
    })
    .await
}

fn mistakes(seats: &HashSet<Uuid>, new: &NewItemScores) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let mut seen = HashSet::new();
    for (index, person) in new.people.iter().enumerate() {
        let place = format!("#/people/{index}");
        if !seats.contains(&person.registration_id) {
            wrong.push(Violation::pointer(format!("{place}/registration_id"), &NO_SUCH_OBJECT));
        } else if !seen.insert(person.registration_id) {
            wrong.push(Violation::pointer(format!("{place}/registration_id"), &REPEATED));
        }
        if person.points.len() != new.items.len() {
            let violation = Violation::pointer(format!("{place}/points"), &ONE_FOR_EACH_ITEM);
            wrong.push(violation.with("count", new.items.len()));
            continue;
        }
        for (item, (points, asked)) in person.points.iter().zip(&new.items).enumerate() {
            if !(0.0..=asked.maximum).contains(points) {
                let violation = Violation::pointer(format!("{place}/points/{item}"), &OUT_OF_RANGE);
                wrong.push(violation.with("min", 0).with("max", asked.maximum));
            } else if two_decimals(*points).is_err() {
                wrong.push(Violation::pointer(format!("{place}/points/{item}"), &TWO_DECIMALS));
            }
        }
    }
    wrong
}

async fn replace_in(tx: &Tx<'_>, activity_id: Uuid, new: &NewItemScores) -> Result<()> {
    let points = Query::delete()
        .from_table(points::Entity)
        .and_where(Expr::col(points::Column::ActivityId).eq(activity_id))
        .and_where(points::Column::Test.eq(new.test))
        .to_owned();
    tx.execute(&points).await?;
    let test = Query::delete()
        .from_table(tests::Entity)
        .and_where(Expr::col(tests::Column::ActivityId).eq(activity_id))
        .and_where(tests::Column::Test.eq(new.test))
        .to_owned();
    tx.execute(&test).await?;
    let items = new.items.iter();
    let items = items.map(|item| KeptItem { code: item.code.clone(), maximum: hundredths(item.maximum) });
    let row = tests::ActiveModel {
        activity_id: Set(activity_id),
        test: Set(new.test),
        items: Set(KeptItems(items.collect())),
    };
    tx.put_all::<tests::Entity>([row]).await?;
    let people = new.people.iter().map(|person| points::ActiveModel {
        activity_id: Set(activity_id),
        test: Set(new.test),
        registration_id: Set(person.registration_id),
        points: Set(points::Points(person.points.iter().map(|points| hundredths(*points)).collect())),
    });
    tx.put_all::<points::Entity>(people).await
}

async fn statistics(reader: Reader<'_>, activity_id: Uuid, test: TestKind) -> Result<ItemScores> {
    let asked =
        tests::Entity::find().filter(tests::Column::ActivityId.eq(activity_id)).filter(tests::Column::Test.eq(test));
    let items = reader.one(asked).await?.map(|row| row.items.0).unwrap_or_default();
    let rows =
        points::Entity::find().filter(points::Column::ActivityId.eq(activity_id)).filter(points::Column::Test.eq(test));
    let people: Vec<Vec<i32>> = reader.all(rows).await?.into_iter().map(|row| row.points.0).collect();
    let whole: Vec<i64> = people.iter().map(|points| points.iter().copied().map(i64::from).sum()).collect();
    let items = items.iter().enumerate().map(|(place, item)| {
        let column = people.iter().map(|points| points.get(place).copied().unwrap_or_default());
        item_of(item, &column.zip(whole.iter().copied()).collect::<Vec<_>>())
    });
    Ok(ItemScores { activity_id, test, people: people.len(), items: items.collect() })
}

fn item_of(item: &KeptItem, people: &[(i32, i64)]) -> ItemStatistics {
    let figures = ItemFigures::of(item.maximum, people);
    let rounded = |number: f64| four_places(ten_thousandths(number));
    let difficulty = figures.map(|figures| figures.difficulty);
    let discrimination = figures.and_then(|figures| figures.discrimination);
    ItemStatistics {
        code: item.code.clone(),
        maximum: decimal(item.maximum.into()),
        mean: figures.map(|figures| rounded(figures.mean / 100.0)),
        difficulty: difficulty.map(rounded),
        difficulty_band: difficulty.map(DifficultyBand::of),
        discrimination: discrimination.map(rounded),
        discrimination_band: discrimination.map(DiscriminationBand::of),
    }
}
