//! The dates of a rule.

use chrono::{DateTime, Utc};
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};

use crate::kernel::validation::Fault;

/// The most dates of a series: weekly for two years.
pub const MOST_DATES: usize = 104;

/// The rule cannot be read, or repeats more often than daily.
pub const NOT_A_RULE: Fault = Fault {
    code: "not_a_rule",
    id: "Bukan aturan RRULE (RFC 5545) harian, mingguan, bulanan atau tahunan",
    en: "Not a daily, weekly, monthly or yearly RRULE (RFC 5545)",
};

/// The rule has no end.
pub const ENDLESS_RULE: Fault = Fault {
    code: "endless_rule",
    id: "Aturan harus berakhir: tambahkan COUNT atau UNTIL",
    en: "The rule must end: add COUNT or UNTIL",
};

/// The rule gives no date, or too many.
pub const WRONG_NUMBER_OF_DATES: Fault = Fault {
    code: "wrong_number_of_dates",
    id: "Aturan harus menghasilkan 1 sampai {max} tanggal",
    en: "The rule must give 1 to {max} dates",
};

/// Without the holidays no date is left.
pub const ONLY_HOLIDAYS: Fault =
    Fault { code: "only_holidays", id: "Semua tanggal jatuh pada hari libur", en: "All dates are on holidays" };

/// The beginnings that a rule gives, the first at `starts_at` or after it. The rule is read in the civil time of the zone.
pub fn beginnings(
    rule: &str,
    starts_at: DateTime<Utc>,
    zone: chrono_tz::Tz,
) -> Result<Vec<DateTime<Utc>>, &'static Fault> {
    let rule = rule.strip_prefix("RRULE:").unwrap_or(rule);
    let parsed: RRule<Unvalidated> = rule.parse().map_err(|_| &NOT_A_RULE)?;
    let often = matches!(parsed.get_freq(), Frequency::Hourly | Frequency::Minutely | Frequency::Secondly);
    let by_time = [parsed.get_by_hour(), parsed.get_by_minute(), parsed.get_by_second()];
    if often || by_time.iter().any(|times| times.len() > 1) {
        return Err(&NOT_A_RULE);
    }
    if parsed.get_count().is_none() && parsed.get_until().is_none() {
        return Err(&ENDLESS_RULE);
    }
    let zone: Tz = zone.into();
    let first = starts_at.with_timezone(&zone);
    let rule = parsed.validate(first).map_err(|_| &NOT_A_RULE)?;
    let most = u16::try_from(MOST_DATES + 1).unwrap_or(u16::MAX);
    let dates = RRuleSet::new(first).rrule(rule).all(most).dates;
    if dates.is_empty() || dates.len() > MOST_DATES {
        return Err(&WRONG_NUMBER_OF_DATES);
    }
    Ok(dates.into_iter().map(|date| date.with_timezone(&Utc)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rule: &str, first: &str) -> Result<Vec<String>, &'static str> {
        let dates = beginnings(rule, first.parse().unwrap(), chrono_tz::Asia::Pontianak);
        dates.map(|dates| dates.iter().map(DateTime::to_rfc3339).collect()).map_err(|fault| fault.code)
    }

    #[test]
    fn the_first_tuesday_of_each_month_at_nine_in_singkawang() {
        let dates = of("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", "2026-01-06T02:00:00Z").unwrap();
        assert_eq!(dates, ["2026-01-06T02:00:00+00:00", "2026-02-03T02:00:00+00:00", "2026-03-03T02:00:00+00:00"]);
    }

    #[test]
    fn the_day_is_the_one_of_the_zone() {
        // Monday 06:00 in Singkawang is still Sunday in UTC.
        let dates = of("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "2026-03-01T23:00:00Z").unwrap();
        assert_eq!(dates, ["2026-03-01T23:00:00+00:00", "2026-03-08T23:00:00+00:00"]);
    }

    #[test]
    fn until_is_the_last_date() {
        let dates = of("RRULE:FREQ=WEEKLY;UNTIL=20260316T020000Z", "2026-03-02T02:00:00Z").unwrap();
        assert_eq!(dates.len(), 3);
    }

    #[test]
    fn a_rule_ends_and_is_no_more_than_daily() {
        assert_eq!(of("FREQ=WEEKLY", "2026-03-02T02:00:00Z"), Err("endless_rule"));
        assert_eq!(of("FREQ=DAILY;COUNT=105", "2026-03-02T02:00:00Z"), Err("wrong_number_of_dates"));
        assert_eq!(of("FREQ=HOURLY;COUNT=2", "2026-03-02T02:00:00Z"), Err("not_a_rule"));
        assert_eq!(of("FREQ=DAILY;BYHOUR=8,9;COUNT=2", "2026-03-02T02:00:00Z"), Err("not_a_rule"));
        assert_eq!(of("every week", "2026-03-02T02:00:00Z"), Err("not_a_rule"));
        assert_eq!(
            of("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "2026-03-02T02:00:00Z"),
            Err("wrong_number_of_dates")
        );
    }
}
