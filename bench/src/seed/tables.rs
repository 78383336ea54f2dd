//! Which rows are written: the one place to change when the service's tables change.
//!
//! A library system of 20 units and 10 positions; every position requires every competency; the assessments are
//! spread evenly over people, competencies and two years, nine of ten of them confirmed.

use std::iter;

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::{
    Amount, Table, Value,
    draw::{first_day, id, int, pick, required_level, scatter, start_of},
    indicators, people, reference, surveys,
};

const UNITS: usize = 20;
const POSITIONS: usize = 10;
/// Days over which assessments are spread.
const DAYS: usize = 730;

/// The ids that rows share, and who works where.
pub(super) struct Library {
    pub(super) amount: Amount,
    framework: Uuid,
    pub(super) units: Vec<Uuid>,
    pub(super) positions: Vec<Uuid>,
    pub(super) librarians: Vec<Uuid>,
    pub(super) competencies: Vec<Uuid>,
}

/// One assessment before it becomes a row.
pub(super) struct Assessed {
    pub(super) id: Uuid,
    pub(super) librarian: usize,
    pub(super) competency: usize,
    pub(super) level: usize,
    pub(super) confirmed: bool,
    pub(super) on: NaiveDate,
}

impl Library {
    /// Draws up the library.
    pub(super) fn new(amount: Amount) -> Self {
        let ids = |kind, count| (0..count).map(|index| id(kind, index)).collect();
        Self {
            amount,
            framework: id(1, 0),
            units: ids(2, UNITS),
            positions: ids(3, POSITIONS),
            librarians: ids(4, amount.librarians),
            competencies: ids(5, amount.competencies),
        }
    }

    /// All tables, those that others refer to first.
    pub(super) fn tables(&self) -> impl Iterator<Item = Table<'_>> {
        [
            self.units(),
            self.positions(),
            self.librarians(),
            self.framework(),
            self.competencies(),
            self.standards(),
            self.assessments(),
            self.current_levels(),
            self.staff_counts(),
            self.level_counts(),
        ]
        .into_iter()
        .chain(reference::tables())
        .chain([
            self.activities(),
            self.sessions(),
            self.registrations(),
            self.credit_entries(),
            self.credit_balances(),
        ])
        .chain(surveys::tables(self.amount))
        .chain(indicators::tables(self.amount))
    }

    /// Pairs of a librarian and a competency.
    pub(super) fn pairs(&self, count: usize) -> impl Iterator<Item = (Uuid, Uuid)> + '_ {
        (0..count).map(|index| (pick(&self.librarians, scatter(index)), pick(&self.competencies, index)))
    }

    fn units(&self) -> Table<'_> {
        Table {
            name: "units",
            columns: &["id", "code", "name", "search_text", "created_at", "updated_at", "version"],
            rows: rows(self.units.iter().enumerate().map(|(index, &id)| {
                let (code, name) = (format!("U{index:02}"), format!("Perpustakaan Cabang {index}"));
                vec![id.into(), code.into(), name.as_str().into(), name.to_lowercase().into()]
            })),
        }
    }

    fn positions(&self) -> Table<'_> {
        Table {
            name: "positions",
            columns: &[
                "id",
                "code",
                "title",
                "category",
                "level",
                "provisional",
                "standard_version",
                "search_text",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(self.positions.iter().enumerate().map(|(index, &id)| {
                vec![
                    id.into(),
                    format!("BENCH.P{index:02}").into(),
                    format!(r#"{{"id":"Pustakawan Jenjang {index}","en":null}}"#).into(),
                    "expertise".into(),
                    int(index),
                    false.into(),
                    Value::Int(1),
                    format!("pustakawan jenjang {index}").into(),
                ]
            })),
        }
    }

    fn librarians(&self) -> Table<'_> {
        Table {
            name: "librarians",
            columns: &[
                "id",
                "name",
                "employment_kind",
                "employee_number",
                "unit_id",
                "position_id",
                "position_since",
                "born_on",
                "sex",
                "languages",
                "interests",
                "search_text",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(self.librarians.iter().enumerate().map(|(index, &id)| {
                vec![
                    id.into(),
                    format!("Pustakawan {index:04}").into(),
                    people::kind(index).word().into(),
                    people::employee_number(index).into(),
                    pick(&self.units, index).into(),
                    pick(&self.positions, index / UNITS).into(),
                    people::contract_start(index).into(),
                    people::born_on(index).into(),
                    "female".into(),
                    "[]".into(),
                    "[]".into(),
                    format!("pustakawan {index:04}").into(),
                ]
            })),
        }
    }

    fn framework(&self) -> Table<'_> {
        Table {
            name: "frameworks",
            columns: &[
                "id",
                "code",
                "version_label",
                "title",
                "status",
                "level_rule",
                "provisional",
                "published_at",
                "search_text",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(iter::once(vec![
                self.framework.into(),
                "BENCH".into(),
                "1".into(),
                r#"{"id":"Kerangka kompetensi","en":"Competency framework"}"#.into(),
                "published".into(),
                "latest".into(),
                false.into(),
                start_of(first_day()).into(),
                "bench".into(),
            ])),
        }
    }

    fn competencies(&self) -> Table<'_> {
        Table {
            name: "competencies",
            columns: &[
                "id",
                "framework_id",
                "kind",
                "code",
                "title",
                "level_descriptors",
                "field",
                "provisional",
                "sequence",
                "search_text",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(self.competencies.iter().enumerate().map(|(index, &id)| {
                vec![
                    id.into(),
                    self.framework.into(),
                    "unit".into(),
                    format!("BENCH.{index:03}").into(),
                    format!(r#"{{"id":"Unit kompetensi {index}","en":null}}"#).into(),
                    "[]".into(),
                    "user_services".into(),
                    false.into(),
                    int(index),
                    format!("unit kompetensi {index}").into(),
                ]
            })),
        }
    }

    fn standards(&self) -> Table<'_> {
        let required = self.positions.iter().enumerate().flat_map(move |(position, &position_id)| {
            self.competencies.iter().enumerate().map(move |(competency, &competency_id)| {
                let level = int(required_level(position, competency));
                vec![position_id.into(), competency_id.into(), level, Value::Int(1)]
            })
        });
        Table {
            name: "position_standard_entries",
            columns: &["position_id", "competency_id", "required_level", "weight"],
            rows: Box::new(required),
        }
    }

    fn assessments(&self) -> Table<'_> {
        let assessed = self.assessed().map(|assessed| {
            let decided_by = assessed.confirmed.then(|| pick(&self.librarians, assessed.librarian + 2));
            let decided_at = assessed.confirmed.then(|| start_of(assessed.on));
            vec![
                assessed.id.into(),
                pick(&self.librarians, assessed.librarian).into(),
                pick(&self.competencies, assessed.competency).into(),
                "mentor".into(),
                int(assessed.level),
                assessed.on.into(),
                if assessed.confirmed { "confirmed" } else { "draft" }.into(),
                r#"[{"title":"Portofolio layanan rujukan","url":"https://example.org/portofolio"}]"#.into(),
                "Diamati saat layanan rujukan".into(),
                pick(&self.librarians, assessed.librarian + 1).into(),
                decided_at.into(),
                decided_at.into(),
                decided_by.into(),
            ]
        });
        Table {
            name: "assessments",
            columns: &[
                "id",
                "librarian_id",
                "competency_id",
                "method",
                "level",
                "assessed_on",
                "status",
                "evidence",
                "note",
                "author_id",
                "submitted_at",
                "decided_at",
                "decided_by",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(assessed),
        }
    }

    /// Each person in turn, each time with the next competency.
    pub(super) fn assessed(&self) -> impl Iterator<Item = Assessed> + '_ {
        (0..self.amount.assessments).map(|index| {
            let (round, librarian) = (index / self.librarians.len(), index % self.librarians.len());
            Assessed {
                id: id(7, index),
                librarian,
                competency: (round + librarian * 13) % self.competencies.len(),
                level: scatter(index) % 5 + 1,
                confirmed: index % 10 != 9,
                on: first_day() + Days::new((scatter(index + 1) % DAYS) as u64),
            }
        })
    }
}

/// The unit and position in which a person works.
pub(super) fn place_of(librarian: usize) -> (usize, usize) {
    (librarian % UNITS, librarian / UNITS % POSITIONS)
}

/// Ids of `count` assessments, spread over the table.
pub(super) fn assessment_ids(amount: Amount, count: usize) -> impl Iterator<Item = Uuid> {
    (0..count).map(move |index| id(7, scatter(index) % amount.assessments.max(1)))
}

/// Ids of `count` librarians, spread over the table.
pub(super) fn librarian_ids(amount: Amount, count: usize) -> impl Iterator<Item = Uuid> {
    (0..count).map(move |index| id(4, scatter(index) % amount.librarians.max(1)))
}

/// The end of every row: made and last changed on the first day, in the first version.
pub(super) fn rows<'a>(rows: impl Iterator<Item = Vec<Value>> + 'a) -> Box<dyn Iterator<Item = Vec<Value>> + 'a> {
    Box::new(rows.map(|mut row| {
        let made: Value = start_of(first_day()).into();
        row.extend([made.clone(), made, Value::Int(1)]);
        row
    }))
}
