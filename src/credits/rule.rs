//! How training becomes credit hours: what the rule of a day makes of it, and what its caps leave. Hours are hundredths.

use chrono::NaiveDate;

use crate::credits::entries::entity::CreditCap;
use crate::settings::credit_rules::entity::{CreditBasis, Model as CreditRule};

/// What is known of something learned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Hours that the certificate or the person says.
    pub claimed: Option<i32>,
    /// Days on which it took place.
    pub days: i32,
    /// Its sessions.
    pub sessions: i32,
    /// How long it took.
    pub minutes: i32,
    /// Whether it was held across borders.
    pub is_international: bool,
}

impl Measure {
    /// The same with days that lie between the first and the last; all of them where nobody said.
    #[must_use]
    pub fn between(self, starts_on: NaiveDate, ends_on: NaiveDate) -> Self {
        let length = i32::try_from((ends_on - starts_on).num_days() + 1).unwrap_or(i32::MAX);
        Self { days: if self.days < 1 { length } else { self.days.min(length) }, ..self }
    }
}

/// What of a type counts already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// In entries that share a day with this one.
    pub days: i64,
    /// In its calendar month.
    pub month: i64,
    /// In its year.
    pub year: i64,
}

/// What it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// By the rule alone.
    pub computed: i32,
    /// What counts.
    pub credited: i32,
    /// The cap that held the rest back.
    pub cap: Option<CreditCap>,
}

/// Applies a rule.
pub fn apply(rule: &CreditRule, measure: Measure, kept: Kept) -> Worth {
    let computed = computed(rule, measure);
    let room = |cap: Option<i32>, times: i32, kept: i64| {
        cap.map(|cap| (i64::from(cap) * i64::from(times.max(1)) - kept).max(0))
    };
    let caps = [
        (CreditCap::Entry, room(rule.cap_per_entry, 1, 0)),
        (CreditCap::Day, room(rule.cap_per_day, measure.days, kept.days)),
        (CreditCap::Month, room(rule.cap_per_month, 1, kept.month)),
        (CreditCap::Year, room(rule.cap_per_year, 1, kept.year)),
    ];
    let mut worth = Worth { computed, credited: computed, cap: None };
    for (cap, room) in caps {
        if let Some(room) = room.and_then(|room| i32::try_from(room).ok())
            && room < worth.credited
        {
            (worth.credited, worth.cap) = (room, Some(cap));
        }
    }
    worth
}

/// What the rule makes of it before caps.
fn computed(rule: &CreditRule, measure: Measure) -> i32 {
    if rule.counts_certificate_hours
        && let Some(claimed) = measure.claimed
    {
        return claimed.max(0);
    }
    let each = if measure.is_international { rule.international_hours } else { rule.national_hours };
    let each = i64::from(each.or(rule.national_hours).unwrap_or_default());
    let hours = match rule.basis {
        CreditBasis::Minutes => i64::from(measure.minutes) * 100 / i64::from(rule.minutes_per_hour.max(1)),
        CreditBasis::Day => each * i64::from(measure.days),
        CreditBasis::Session => each * i64::from(measure.sessions),
        CreditBasis::Activity => each,
        CreditBasis::None => 0,
    };
    i32::try_from(hours.clamp(0, MOST_HOURS)).unwrap_or_default()
}

/// The most hours that a row can hold: 10,000.
pub const MOST_HOURS: i64 = 1_000_000;

#[cfg(test)]
mod tests;
