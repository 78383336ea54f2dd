//! How well the staff fits what its positions ask, and how well units are covered: from the counts behind the gap report.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::Counted;
use crate::competencies::gaps::counts::{Counts, Scope, kept, scanned};
use crate::competencies::levels::figures::Place;
use crate::competencies::levels::service::refresh_due;
use crate::competencies::standards::entity as standard;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::policy::Access;

/// What positions ask: competency and level.
type Asked = HashMap<Uuid, Vec<(Uuid, i32)>>;
/// How many people of a place stand at each level of a competency from 1.
type Levels = HashMap<(Place, Uuid), [i32; 5]>;

pub(super) async fn job_person_match(db: &Db, on: NaiveDate) -> Result<Counted> {
    let (counts, asked) = read(db, on).await?;
    Ok(matched(&counts, &asked))
}

pub(super) async fn coverage(db: &Db, on: NaiveDate) -> Result<Counted> {
    let (counts, asked) = read(db, on).await?;
    Ok(covered(&counts, &asked))
}

async fn read(db: &Db, on: NaiveDate) -> Result<(Counts, Asked)> {
    let everybody = Scope::default();
    let counts = if on == db.today() {
        refresh_due(db).await?;
        kept(db, &everybody).await?
    } else {
        scanned(db, &Access::system(), &everybody, on).await?
    };
    let mut asked = Asked::new();
    for row in db.reader().all(standard::Entity::find()).await? {
        asked.entry(row.position_id).or_default().push((row.competency_id, row.required_level));
    }
    Ok((counts, asked))
}

fn levels_of(counts: &Counts) -> Levels {
    counts.levels.iter().map(|(competency, place, people)| ((*place, *competency), *people)).collect()
}

/// The mean of the job-person matches of everybody of whom something is asked, exactly: people of one position are asked the same
/// number of competencies, so their sums are added up by position.
fn matched(counts: &Counts, asked: &Asked) -> Counted {
    /// All of 1 to 5 divide 60, so the ratios add up exactly.
    const WHOLE: i128 = 60;
    let levels = levels_of(counts);
    let mut people = 0;
    let mut sums: HashMap<i128, i128> = HashMap::new();
    for (place, staff) in &counts.staff {
        let Some(asked) = asked.get(&place.position_id) else { continue };
        people += staff;
        let sum = sums.entry(i128::try_from(asked.len()).unwrap_or(i128::MAX)).or_default();
        for (competency, required) in asked {
            let at = levels.get(&(*place, *competency)).copied().unwrap_or_default();
            for (level, people) in (1_i128..).zip(at) {
                let required = i128::from(*required).max(1);
                *sum += i128::from(people) * WHOLE * level.min(required) / required;
            }
        }
    }
    let common = sums.keys().copied().fold(1, common_multiple);
    let sum: i128 = sums.iter().map(|(count, sum)| sum * (common / count)).sum();
    Counted {
        fraction: (sum * 100, WHOLE * common * i128::from(people)),
        inputs: vec![("people", people)],
        people: Some(people),
    }
}

/// The least common multiple.
fn common_multiple(one: i128, other: i128) -> i128 {
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    one / a * other
}

/// How many of the competencies that units ask of their people at least one of these reaches.
fn covered(counts: &Counts, asked: &Asked) -> Counted {
    let levels = levels_of(counts);
    let (mut wanted, mut reached) = (HashSet::new(), HashSet::new());
    let mut people = 0;
    for (place, staff) in counts.staff.iter().filter(|(_, staff)| **staff > 0) {
        let Some(asked) = asked.get(&place.position_id) else { continue };
        people += staff;
        for (competency, required) in asked {
            wanted.insert((place.unit_id, *competency));
            let at = levels.get(&(*place, *competency)).copied().unwrap_or_default();
            if (1..).zip(at).any(|(level, people)| level >= *required && people > 0) {
                reached.insert((place.unit_id, *competency));
            }
        }
    }
    let count = |set: &HashSet<(Uuid, Uuid)>| i64::try_from(set.len()).unwrap_or(i64::MAX);
    Counted { people: Some(people), ..Counted::share(("covered", count(&reached)), ("asked", count(&wanted))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn place(unit: u128, position: u128) -> Place {
        Place { unit_id: id(unit), position_id: id(position) }
    }

    /// People by place; and by competency and place how many at which level.
    fn counts(staff: &[(Place, i64)], levels: &[(u128, Place, usize, i32)]) -> Counts {
        let mut found = Counts { staff: staff.iter().copied().collect(), ..Counts::default() };
        for (competency, place, level, people) in levels {
            let mut at = [0; 5];
            at[level - 1] = *people;
            found.levels.push((id(*competency), *place, at));
        }
        found
    }

    #[test]
    fn the_worked_example_of_a_match_is_91_67() {
        let one = place(1, 1);
        let asked = Asked::from([(id(1), (1..=4).map(|competency| (id(competency), 3)).collect())]);
        let found = counts(&[(one, 5)], &[(1, one, 3, 5), (2, one, 2, 5), (3, one, 4, 5), (4, one, 3, 5)]);
        assert_eq!(matched(&found, &asked).value(2).unwrap().value, 916_700);
    }

    #[test]
    fn a_match_is_the_mean_over_people_of_all_positions() {
        // Three of whom one competency is asked and reached, two of whom three are asked and one is reached.
        let (one, two) = (place(1, 1), place(1, 2));
        let asked = Asked::from([(id(1), vec![(id(1), 2)]), (id(2), vec![(id(1), 2), (id(2), 4), (id(3), 5)])]);
        let found = counts(&[(one, 3), (two, 2)], &[(1, one, 5, 3), (1, two, 2, 2), (2, two, 2, 2)]);
        // (3 x 1 + 2 x (1 + 0.5 + 0) / 3) / 5
        assert_eq!(matched(&found, &asked).value(2).unwrap().value, 800_000);
        assert_eq!(matched(&counts(&[], &[]), &asked).value(2), Err(vec![super::super::Shortfall::FewPeople]));
    }

    #[test]
    fn a_unit_is_covered_where_one_reaches_what_their_position_asks() {
        let (first, second) = (place(1, 1), place(2, 1));
        let asked = Asked::from([(id(1), vec![(id(1), 3), (id(2), 3)])]);
        let found = counts(&[(first, 4), (second, 2)], &[(1, first, 3, 1), (2, first, 2, 4), (1, second, 5, 1)]);
        let covered = covered(&found, &asked);
        assert_eq!((covered.value(2).unwrap().value, common_multiple(4, 6)), (500_000, 12));
    }
}
