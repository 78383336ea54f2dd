//! Which rows are written: the one place to change when the service's tables change.
//!
//! A library system of 20 units and 10 positions; every position requires every competency; the assessments are
//! spread evenly over people, competencies and two years, nine of ten of them confirmed.

use std::{collections::HashMap, iter};

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::{
    Amount, Table, Value,
    draw::{first_day, id, int, pick, required_level, scatter, start_of},
};

const UNITS: usize = 20;
const POSITIONS: usize = 10;
/// Days over which assessments are spread.
const DAYS: usize = 730;

/// The ids that rows share, and who works where.
pub(super) struct Library {
    amount: Amount,
    framework: Uuid,
    units: Vec<Uuid>,
    positions: Vec<Uuid>,
    librarians: Vec<Uuid>,
    competencies: Vec<Uuid>,
}

/// One assessment before it becomes a row.
struct Assessed {
    id: Uuid,
    librarian: usize,
    competency: usize,
    level: usize,
    confirmed: bool,
    on: NaiveDate,
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
            self.gap_figures(),
        ]
        .into_iter()
    }

    /// Pairs of a librarian and a competency.
    pub(super) fn pairs(&self, count: usize) -> impl Iterator<Item = (Uuid, Uuid)> + '_ {
        (0..count).map(|index| (pick(&self.librarians, scatter(index)), pick(&self.competencies, index)))
    }

    fn units(&self) -> Table<'_> {
        Table {
            name: "units",
            columns: &["id", "code", "name", "created_at", "updated_at", "version"],
            rows: rows(self.units.iter().enumerate().map(|(index, &id)| {
                vec![id.into(), format!("U{index:02}").into(), format!("Perpustakaan Cabang {index}").into()]
            })),
        }
    }

    fn positions(&self) -> Table<'_> {
        Table {
            name: "positions",
            columns: &["id", "code", "name", "created_at", "updated_at", "version"],
            rows: rows(self.positions.iter().enumerate().map(|(index, &id)| {
                vec![id.into(), format!("P{index:02}").into(), format!("Pustakawan Jenjang {index}").into()]
            })),
        }
    }

    fn librarians(&self) -> Table<'_> {
        Table {
            name: "librarians",
            columns: &[
                "id",
                "employee_number",
                "name",
                "unit_id",
                "position_id",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(self.librarians.iter().enumerate().map(|(index, &id)| {
                vec![
                    id.into(),
                    format!("19900101201501{index:04}").into(),
                    format!("Pustakawan {index:04}").into(),
                    pick(&self.units, index).into(),
                    pick(&self.positions, index / UNITS).into(),
                ]
            })),
        }
    }

    fn framework(&self) -> Table<'_> {
        Table {
            name: "frameworks",
            columns: &["id", "code", "title", "status", "created_at", "updated_at", "version"],
            rows: rows(iter::once(vec![
                self.framework.into(),
                "BENCH".into(),
                r#"{"id":"Kerangka kompetensi","en":"Competency framework"}"#.into(),
                "published".into(),
            ])),
        }
    }

    fn competencies(&self) -> Table<'_> {
        Table {
            name: "competencies",
            columns: &["id", "framework_id", "code", "title", "created_at", "updated_at", "version"],
            rows: rows(self.competencies.iter().enumerate().map(|(index, &id)| {
                vec![
                    id.into(),
                    self.framework.into(),
                    format!("K.{index:03}").into(),
                    format!(r#"{{"id":"Unit kompetensi {index}","en":null}}"#).into(),
                ]
            })),
        }
    }

    fn standards(&self) -> Table<'_> {
        let required = self.positions.iter().enumerate().flat_map(move |(position, &position_id)| {
            self.competencies.iter().enumerate().map(move |(competency, &competency_id)| {
                vec![
                    id(6, position * self.competencies.len() + competency).into(),
                    position_id.into(),
                    competency_id.into(),
                    int(required_level(position, competency)),
                ]
            })
        });
        Table {
            name: "position_standards",
            columns: &["id", "position_id", "competency_id", "required_level", "created_at", "updated_at", "version"],
            rows: rows(required),
        }
    }

    fn assessments(&self) -> Table<'_> {
        let assessed = self.assessed().map(|assessed| {
            let author = pick(&self.librarians, assessed.librarian + 1);
            let confirmed_by = assessed.confirmed.then(|| pick(&self.librarians, assessed.librarian + 2));
            vec![
                assessed.id.into(),
                pick(&self.librarians, assessed.librarian).into(),
                pick(&self.competencies, assessed.competency).into(),
                int(assessed.level),
                "mentor".into(),
                "Diamati saat layanan rujukan".into(),
                "[]".into(),
                if assessed.confirmed { "confirmed" } else { "draft" }.into(),
                assessed.on.into(),
                Value::Null,
                author.into(),
                confirmed_by.into(),
                assessed.confirmed.then(|| start_of(assessed.on)).into(),
            ]
        });
        Table {
            name: "assessments",
            columns: &[
                "id",
                "librarian_id",
                "competency_id",
                "level",
                "method",
                "note",
                "evidence",
                "status",
                "assessed_on",
                "valid_until",
                "created_by",
                "confirmed_by",
                "confirmed_at",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(assessed),
        }
    }

    /// The kept figures of the gap report, as writes through the service would have left them.
    pub(super) fn gap_figures(&self) -> Table<'_> {
        let cells = (0..self.competencies.len()).flat_map(|competency| (0..UNITS).map(move |unit| (competency, unit)));
        let mut levels = HashMap::new();
        for assessed in self.assessed().filter(|assessed| assessed.confirmed) {
            let latest = levels.entry((assessed.librarian, assessed.competency)).or_insert((assessed.on, 0));
            if assessed.on >= latest.0 {
                *latest = (assessed.on, assessed.level);
            }
        }
        let figures = cells.map(move |(competency, unit)| {
            let (mut people, mut reaching, mut missing) = (0, 0, 0);
            for librarian in (unit..self.librarians.len()).step_by(UNITS) {
                let required = required_level(librarian / UNITS % POSITIONS, competency);
                let level = levels.get(&(librarian, competency)).map_or(0, |(_, level)| *level);
                people += 1;
                reaching += usize::from(level >= required);
                missing += required.saturating_sub(level);
            }
            let (competency, unit) = (pick(&self.competencies, competency), pick(&self.units, unit));
            vec![competency.into(), unit.into(), int(people), int(reaching), int(missing)]
        });
        Table {
            name: "competency_gap_figures",
            columns: &["competency_id", "unit_id", "people", "reaching", "missing_levels"],
            rows: Box::new(figures),
        }
    }

    /// Each person in turn, each time with the next competency.
    fn assessed(&self) -> impl Iterator<Item = Assessed> + '_ {
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

/// Ids of `count` assessments, spread over the table.
pub(super) fn assessment_ids(amount: Amount, count: usize) -> impl Iterator<Item = Uuid> {
    (0..count).map(move |index| id(7, scatter(index) % amount.assessments.max(1)))
}

/// The end of every row: made and last changed on the first day, in the first version.
fn rows<'a>(rows: impl Iterator<Item = Vec<Value>> + 'a) -> Box<dyn Iterator<Item = Vec<Value>> + 'a> {
    Box::new(rows.map(|mut row| {
        let made: Value = start_of(first_day()).into();
        row.extend([made.clone(), made, Value::Int(1)]);
        row
    }))
}
