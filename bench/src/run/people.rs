//! Registrations, credit statements and the report on the learning culture.

use super::{
    Part,
    answers::Comparison,
    cases::{Bench, CONNECTIONS, Pair, REPORT_CONNECTIONS},
    report::Section,
};
use crate::{
    floor::{credits, culture, registrations},
    load::Template,
    seed,
};

/// People whose statements are read in turn.
const SAMPLE: usize = 2_000;
/// Of those, how many are compared byte by byte.
const COMPARED: usize = 200;

impl Bench<'_> {
    /// Compares and measures those that were asked for.
    pub(super) async fn people(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        if self.options.wants(Part::Registrations) {
            equal(pair, "registrations page", std::iter::once(registrations::PAGE.to_owned()), section).await?;
            let requests = pair.requests("GET", &Template::plain(registrations::PAGE), None);
            let case = self.case("registrations page of 20", None, CONNECTIONS, (requests, pair)).await?;
            section.cases.push(case);
        }
        if self.options.wants(Part::Credits) {
            equal(pair, "credit statement", self.statements().take(COMPARED), section).await?;
            let kept = pair.kept_equal_a_scan(self.statements().take(COMPARED)).await?;
            section.fact("credit statement: kept sums equal the ledger", kept.to_string(), "all");
            let statements = Template::new("{line}", self.statements().collect());
            let requests = pair.requests("GET", &statements, None);
            let case = self.case("credit statement", None, CONNECTIONS, (requests, pair)).await?;
            section.cases.push(case);
        }
        if self.options.wants(Part::Culture) {
            equal(pair, "learning culture", std::iter::once(culture::CULTURE.to_owned()), section).await?;
            let kept = pair.kept_equal_a_scan(std::iter::once(culture::CULTURE.to_owned())).await?;
            section.fact("learning culture: kept sums equal the ledger", kept.to_string(), "all");
            let requests = pair.requests("GET", &Template::plain(culture::CULTURE), None);
            let case = self.case("learning culture", None, REPORT_CONNECTIONS, (requests, pair)).await?;
            section.cases.push(case);
        }
        Ok(())
    }

    /// Paths of the statements of people all over the table.
    fn statements(&self) -> impl Iterator<Item = String> {
        seed::librarian_ids(self.options.amount, SAMPLE).map(|id| credits::STATEMENT.replace("{id}", &id.to_string()))
    }
}

/// Whether service and floor answer the same to each of `paths`.
pub(super) async fn equal(
    pair: &Pair,
    name: &str,
    paths: impl Iterator<Item = String>,
    section: &mut Section,
) -> anyhow::Result<()> {
    let mut comparison = Comparison::default();
    for path in paths {
        let [service, floor] = pair.requests("GET", &Template::plain(&path), None);
        comparison.compare(&service, &floor, 0).await?;
    }
    section.fact(format!("answers equal: {name}"), comparison.to_string(), "all");
    Ok(())
}
