//! When a certificate asks to be renewed: warnings 180, 90 and 30 days before it ends.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// How near the end of a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExpiryWarning {
    /// It has no end, or one that is more than 180 days ahead.
    None,
    /// It ends within 180 days: plan the renewal.
    #[serde(rename = "within_180_days")]
    Within180Days,
    /// It ends within 90 days: apply for the renewal.
    #[serde(rename = "within_90_days")]
    Within90Days,
    /// It ends within 30 days.
    #[serde(rename = "within_30_days")]
    Within30Days,
    /// It has ended.
    Expired,
}

/// Days until the end: 0 on the last day, negative afterwards.
pub fn days_left(valid_until: Option<NaiveDate>, today: NaiveDate) -> Option<i64> {
    valid_until.map(|end| (end - today).num_days())
}

/// The warning for a certificate with this end.
pub fn warning(valid_until: Option<NaiveDate>, today: NaiveDate) -> ExpiryWarning {
    match days_left(valid_until, today) {
        Some(..0) => ExpiryWarning::Expired,
        Some(0..=30) => ExpiryWarning::Within30Days,
        Some(31..=90) => ExpiryWarning::Within90Days,
        Some(91..=180) => ExpiryWarning::Within180Days,
        Some(_) | None => ExpiryWarning::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_come_180_90_and_30_days_before_the_end() {
        let today: NaiveDate = "2026-03-02".parse().unwrap();
        let left = |days| warning(Some(today + chrono::TimeDelta::days(days)), today);
        assert_eq!(
            [left(181), left(180), left(91)],
            [ExpiryWarning::None, ExpiryWarning::Within180Days, ExpiryWarning::Within180Days]
        );
        assert_eq!([left(90), left(31)], [ExpiryWarning::Within90Days; 2]);
        assert_eq!(
            [left(30), left(0), left(-1)],
            [ExpiryWarning::Within30Days, ExpiryWarning::Within30Days, ExpiryWarning::Expired]
        );
        assert_eq!(warning(None, today), ExpiryWarning::None);
    }
}
