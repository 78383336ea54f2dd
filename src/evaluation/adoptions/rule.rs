//! How a change spreads: who uses it on a day, since when, how long they took, and to which of Rogers' groups they belong by the
//! order in which they came to use it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::entity::AdoptionStage;
use crate::kernel::period::{Period, PeriodKind};

/// The most points of a curve.
const MOST_POINTS: i64 = 53;

/// Fewer people are not told of.
pub const LEAST_GROUP: usize = 5;

/// Rogers' groups, in the order in which they take something up, and the share of people up to which each goes (diffusion of
/// innovations: 2.5, 13.5, 34, 34 and 16 percent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdopterGroup {
    /// Inovator: the first 2.5 percent.
    Innovator,
    /// Pengadopsi awal: up to 16 percent.
    EarlyAdopter,
    /// Mayoritas awal: up to 50 percent.
    EarlyMajority,
    /// Mayoritas akhir: up to 84 percent.
    LateMajority,
    /// Kaum tertinggal: the rest.
    Laggard,
}

/// All of them.
pub const ADOPTER_GROUPS: [AdopterGroup; 5] = [
    AdopterGroup::Innovator,
    AdopterGroup::EarlyAdopter,
    AdopterGroup::EarlyMajority,
    AdopterGroup::LateMajority,
    AdopterGroup::Laggard,
];

impl AdopterGroup {
    /// The group of somebody before whom `earlier` of `people` took it up. Those of one day belong to the group of the first of them.
    pub fn of(earlier: usize, people: usize) -> Self {
        let thousandths = earlier * 1000;
        match () {
            () if thousandths < people * 25 => Self::Innovator,
            () if thousandths < people * 160 => Self::EarlyAdopter,
            () if thousandths < people * 500 => Self::EarlyMajority,
            () if thousandths < people * 840 => Self::LateMajority,
            () => Self::Laggard,
        }
    }
}

/// Each person's stages by day.
#[derive(Clone, Debug, Default)]
pub struct Histories(BTreeMap<Uuid, BTreeMap<NaiveDate, AdoptionStage>>);

impl Histories {
    /// Takes rows of these people in the order in which they were entered: of one day the last holds.
    pub fn of(people: &[Uuid], rows: impl IntoIterator<Item = (Uuid, NaiveDate, AdoptionStage)>) -> Self {
        let mut histories: BTreeMap<_, BTreeMap<_, _>> = people.iter().map(|id| (*id, BTreeMap::new())).collect();
        for (person, on, stage) in rows {
            if let Some(history) = histories.get_mut(&person) {
                history.insert(on, stage);
            }
        }
        Self(histories)
    }

    /// How many people there are.
    pub fn people(&self) -> usize {
        self.0.len()
    }

    /// The stage that each person has on a day.
    pub fn stages(&self, on: NaiveDate) -> impl Iterator<Item = AdoptionStage> {
        self.0
            .values()
            .map(move |history| history.range(..=on).next_back().map_or(AdoptionStage::NotStarted, |(_, stage)| *stage))
    }

    /// How many use it on a day.
    pub fn users(&self, on: NaiveDate) -> usize {
        self.stages(on).filter(|stage| stage.is_use()).count()
    }

    /// The days of first use up to a day, in order: of each person who came to use it.
    pub fn first_uses(&self, until: NaiveDate) -> Vec<NaiveDate> {
        let first = |history: &BTreeMap<NaiveDate, AdoptionStage>| {
            history.range(..=until).find(|(_, stage)| stage.is_use()).map(|(on, _)| *on)
        };
        let mut days: Vec<NaiveDate> = self.0.values().filter_map(first).collect();
        days.sort_unstable();
        days
    }

    /// The first day of which something is known.
    pub fn begins(&self) -> Option<NaiveDate> {
        self.0.values().filter_map(|history| history.keys().next().copied()).min()
    }

    /// The days of a curve: whole weeks back from the last day, as many as reach the first.
    pub fn days(&self, last: NaiveDate) -> Vec<NaiveDate> {
        let first = self.begins().unwrap_or(last);
        let weeks = ((last - first).num_days().max(0) + 6) / 7;
        let step = (weeks / MOST_POINTS + 1) * 7;
        let back = |point: i64| last.checked_sub_days(Days::new((point * step).unsigned_abs()));
        let mut days: Vec<NaiveDate> = (0..=weeks * 7 / step).filter_map(back).collect();
        days.reverse();
        days
    }
}

/// A group of people by the order in which they came to use something: how many, from which day until which.
pub type GroupSpan = (AdopterGroup, usize, Option<(NaiveDate, NaiveDate)>);

/// Rogers' groups of those who came to use it, by their days of first use in order.
pub fn groups(first_uses: &[NaiveDate], people: usize) -> [GroupSpan; 5] {
    let mut spans: [GroupSpan; 5] = ADOPTER_GROUPS.map(|group| (group, 0, None));
    for day in first_uses {
        let earlier = first_uses.partition_point(|other| other < day);
        let group = AdopterGroup::of(earlier, people);
        if let Some((_, count, span)) = spans.iter_mut().find(|(known, ..)| *known == group) {
            *count += 1;
            *span = Some(span.map_or((*day, *day), |(from, _)| (from, *day)));
        }
    }
    spans
}

/// How many of some people as others than admins are told it: rounded down to fives, and never so near to all of them that fewer than
/// five are left, unless it is all of them. Each number that is told but that stands for five true ones at the least.
pub fn in_fives(count: usize, people: usize) -> usize {
    if count >= people { people } else { count.min(people.saturating_sub(LEAST_GROUP)) / LEAST_GROUP * LEAST_GROUP }
}

/// The last day of the last month that is over on this day.
pub fn month_end(on: NaiveDate) -> NaiveDate {
    let month = Period::of(PeriodKind::Month, on);
    if month.ends_on() == on { on } else { month.previous().ends_on() }
}

/// The last days of months up to the last, as many as there are from the first day on.
pub fn month_ends(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let months =
        std::iter::successors(Some(last), |end| Some(Period::of(PeriodKind::Month, *end).previous().ends_on()));
    let within = months.take_while(|end| *end >= first || *end == last);
    let mut days: Vec<NaiveDate> = (0..MOST_POINTS).zip(within).map(|(_, end)| end).collect();
    days.reverse();
    days
}

/// The middle of numbers in order, in hundredths; half way between two where their number is even.
pub fn median_hundredths(ordered: &[i64]) -> Option<i64> {
    let upper = *ordered.get(ordered.len() / 2)?;
    let lower = *ordered.get((ordered.len() - 1) / 2)?;
    Some((lower + upper) * 50)
}

/// A share in hundredths of a percent, half up.
pub fn percent_hundredths(part: usize, of: usize) -> i64 {
    if of == 0 {
        return 0;
    }
    let (part, of) = (i64::try_from(part).unwrap_or(i64::MAX / 20_000), i64::try_from(of).unwrap_or(i64::MAX / 2));
    (2 * part * 10_000 + of).div_euclid(2 * of)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    #[test]
    fn of_one_day_the_last_entry_holds_and_first_use_stays() {
        let rows = [
            (person(1), day("2026-03-01"), AdoptionStage::Using),
            (person(1), day("2026-03-01"), AdoptionStage::Trained),
            (person(1), day("2026-03-10"), AdoptionStage::Using),
            (person(1), day("2026-04-01"), AdoptionStage::Trying),
            (person(2), day("2026-03-20"), AdoptionStage::Champion),
            (person(9), day("2026-03-20"), AdoptionStage::Champion),
        ];
        let histories = Histories::of(&[person(1), person(2), person(3)], rows);
        assert_eq!(histories.people(), 3);
        assert_eq!(histories.users(day("2026-03-09")), 0);
        assert_eq!(histories.users(day("2026-03-31")), 2);
        assert_eq!(histories.users(day("2026-04-01")), 1, "who went back uses it no longer");
        assert_eq!(histories.first_uses(day("2026-12-31")), [day("2026-03-10"), day("2026-03-20")]);
        assert_eq!(
            histories.days(day("2026-03-16")),
            [day("2026-02-23"), day("2026-03-02"), day("2026-03-09"), day("2026-03-16")]
        );
    }

    #[test]
    fn rogers_groups_follow_the_order_of_first_use() {
        let sizes = |people: usize| {
            let days: Vec<NaiveDate> = (0..people).map(|number| day("2026-01-01") + Days::new(number as u64)).collect();
            groups(&days, people).map(|(_, count, _)| count)
        };
        assert_eq!(sizes(1000), [25, 135, 340, 340, 160]);
        assert_eq!(sizes(26), [1, 4, 8, 9, 4]);
        let together = [day("2026-03-01"); 10];
        assert_eq!(groups(&together, 10)[0], (AdopterGroup::Innovator, 10, Some((together[0], together[0]))));
    }

    #[test]
    fn what_everybody_is_told_stands_for_five_numbers_at_the_least_or_for_all() {
        for people in LEAST_GROUP..200 {
            let mut meant: BTreeMap<usize, usize> = BTreeMap::new();
            for count in 0..people {
                *meant.entry(in_fives(count, people)).or_default() += 1;
            }
            assert!(meant.iter().all(|(told, meant)| told % 5 == 0 && *meant >= 5), "{people}: {meant:?}");
            assert_eq!(in_fives(people, people), people);
        }
        assert_eq!([4, 5, 14, 22, 25, 26].map(|count| in_fives(count, 26)), [0, 5, 10, 20, 20, 26]);
    }

    #[test]
    fn everybody_is_told_of_the_ends_of_months() {
        let ends = |first: &str, last: &str| month_ends(day(first), month_end(day(last)));
        assert_eq!(ends("2026-01-20", "2026-03-30"), [day("2026-01-31"), day("2026-02-28")]);
        assert_eq!(ends("2026-01-31", "2026-03-31"), [day("2026-01-31"), day("2026-02-28"), day("2026-03-31")]);
        assert_eq!(ends("2026-03-09", "2026-03-30"), [day("2026-02-28")]);
        assert_eq!(ends("2000-01-01", "2026-03-31").len(), 53);
    }

    #[test]
    fn shares_and_middles_are_exact() {
        assert_eq!(percent_hundredths(14, 26), 5385);
        assert_eq!(percent_hundredths(1, 0), 0);
        assert_eq!(median_hundredths(&[-3, 4, 10]), Some(400));
        assert_eq!(median_hundredths(&[-3, 4, 5, 10]), Some(450));
        assert_eq!(median_hundredths(&[]), None);
    }

    proptest! {
        #[test]
        fn everybody_who_uses_it_is_in_one_group_and_the_curve_ends_on_the_last_day(
            offsets in prop::collection::vec(0_u64..900, 0..60), more in 0_usize..40
        ) {
            let people: Vec<Uuid> = (0..offsets.len() + more).map(|number| person(number as u128)).collect();
            let rows = offsets.iter().zip(&people).map(|(offset, id)| (*id, day("2024-01-01") + Days::new(*offset), AdoptionStage::Using));
            let histories = Histories::of(&people, rows);
            let last = day("2026-12-31");
            let first_uses = histories.first_uses(last);
            let spans = groups(&first_uses, people.len());
            prop_assert_eq!(spans.iter().map(|(_, count, _)| count).sum::<usize>(), offsets.len());
            prop_assert_eq!(histories.users(last), offsets.len());
            let days = histories.days(last);
            prop_assert!(days.len() <= 54 && days.last() == Some(&last));
            prop_assert!(days.windows(2).all(|pair| histories.users(pair[0]) <= histories.users(pair[1])));
            if let Some(first) = histories.begins() {
                prop_assert!((days[0] - first).num_days() < 21, "{} {}", days[0], first);
            }
        }
    }
}
