//! The table of results, in Markdown.

use std::fmt;

use crate::{load::Outcome, seed::Amount};

/// Everything that was measured.
pub(super) struct Report {
    amount: Amount,
    sections: Vec<Section>,
}

/// What was measured on one database.
pub(super) struct Section {
    /// The database's name.
    pub(super) database: &'static str,
    /// Service and floor, case by case.
    pub(super) cases: Vec<Case>,
    /// Single figures: what, how much, and the aim where there is one.
    pub(super) facts: Vec<Fact>,
}

/// One case, measured on both.
pub(super) struct Case {
    /// What was asked.
    pub(super) name: &'static str,
    /// The most that the service may cost, as a multiple of the floor's CPU; none: no aim.
    pub(super) aim: Option<f64>,
    /// The service.
    pub(super) service: Outcome,
    /// The floor; none where nothing is comparable.
    pub(super) floor: Option<Outcome>,
}

/// A single figure.
pub(super) struct Fact {
    /// What was measured.
    pub(super) name: String,
    /// The figure with its unit.
    pub(super) value: String,
    /// What it should be.
    pub(super) aim: &'static str,
}

impl Report {
    /// An empty report.
    pub(super) fn new(amount: Amount) -> Self {
        Self { amount, sections: Vec::new() }
    }

    /// Takes up a database's figures.
    pub(super) fn add(&mut self, section: Section) {
        self.sections.push(section);
    }
}

impl Case {
    /// Requests a second of the service and of the floor.
    pub(super) fn rates(&self) -> Option<(f64, f64)> {
        Some((self.service.rate(), self.floor.as_ref()?.rate()))
    }

    /// The service's CPU time a request as a multiple of the floor's.
    fn ratio(&self) -> Option<f64> {
        Some(self.service.cpu_us_per_request()? / self.floor.as_ref()?.cpu_us_per_request()?)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Amount { assessments, librarians, competencies, registrations, credits, answers, indicators } = self.amount;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        writeln!(f, "# Speed beside the floor\n")?;
        writeln!(
            f,
            "{assessments} assessments, {librarians} librarians, {competencies} competencies, {registrations} \
             registrations, {credits} credit entries a person and year, {answers} answers to a survey, {indicators} \
             indicators; {cores} cores, shared with the load generator. CPU is the server process' own. Ratios count; absolute figures are those of \
             one machine on one day."
        )?;
        self.sections.iter().try_for_each(|section| write!(f, "{section}"))
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## {}\n", self.database)?;
        writeln!(
            f,
            "| case | r/s | p50 ms | p99 ms | CPU µs | floor r/s | floor p99 ms | floor CPU µs | CPU ratio | aim | errors |"
        )?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")?;
        self.cases.iter().try_for_each(|case| write!(f, "{case}"))?;
        writeln!(f, "\n| also | measured | aim |\n|---|---|---|")?;
        self.facts.iter().try_for_each(|fact| writeln!(f, "| {} | {} | {} |", fact.name, fact.value, fact.aim))
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number =
            |value: Option<f64>, decimals: usize| value.map_or("-".to_owned(), |value| format!("{value:.decimals$}"));
        let floor = self.floor.as_ref();
        let cells = [
            self.name.to_owned(),
            number(Some(self.service.rate()), 0),
            number(Some(self.service.percentile_ms(50)), 2),
            number(Some(self.service.percentile_ms(99)), 2),
            number(self.service.cpu_us_per_request(), 1),
            number(floor.map(Outcome::rate), 0),
            number(floor.map(|floor| floor.percentile_ms(99)), 2),
            number(floor.and_then(Outcome::cpu_us_per_request), 1),
            number(self.ratio(), 2),
            self.aim.map_or("-".to_owned(), |aim| format!("≤ {aim}")),
            (self.service.errors() + floor.map_or(0, Outcome::errors)).to_string(),
        ];
        writeln!(f, "| {} |", cells.join(" | "))
    }
}
