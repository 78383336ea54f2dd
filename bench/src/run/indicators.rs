//! The dashboard of indicators.

use super::{
    cases::{Bench, Pair, REPORT_CONNECTIONS},
    people::equal,
    report::Section,
};
use crate::{floor::indicators::DASHBOARD, load::Template};

impl Bench<'_> {
    /// Compares and measures it.
    pub(super) async fn indicators(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        equal(pair, "indicator dashboard", std::iter::once(DASHBOARD.to_owned()), section).await?;
        let requests = pair.requests("GET", &Template::plain(DASHBOARD), None);
        let case = self.case("indicator dashboard", None, REPORT_CONNECTIONS, (requests, pair)).await?;
        section.cases.push(case);
        Ok(())
    }
}
