//! The gap report of everybody, from the kept figures: the counts by level are read once and added up.
//! The place to change when the service's `competencies::gaps` changes.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::rows::{Localized, Row};
use crate::clock::today;

/// Path of the report.
pub(crate) const GAPS: &str = "/api/v1/competency-gaps";
/// Needs that are shown.
const SHOWN: usize = 100;

/// People of each unit and position.
pub(crate) const SELECT_STAFF: &str = "SELECT unit_id, position_id, people FROM staff_counts WHERE people > 0";

/// What each position asks for.
pub(crate) const SELECT_STANDARDS: &str =
    "SELECT position_id, competency_id, required_level, weight FROM position_standard_entries";

/// People of each unit and position at each level.
pub(crate) const SELECT_LEVELS: &str = "SELECT competency_id, unit_id, position_id, level_1, level_2, level_3, \
    level_4, level_5 FROM level_counts";

/// The competencies.
pub(crate) const SELECT_COMPETENCIES: &str = "SELECT id, code, title, field FROM competencies";

/// The units, by code.
pub(crate) const SELECT_UNITS: &str = "SELECT id, code, name FROM units ORDER BY code";

/// The report.
#[derive(Serialize)]
pub(crate) struct GapReport {
    as_of: NaiveDate,
    people_count: i64,
    need_count: usize,
    units: Vec<Unit>,
    needs: Vec<Need>,
}

/// A unit of the report.
#[derive(Serialize)]
pub(crate) struct Unit {
    id: Uuid,
    code: String,
    name: String,
}

/// A competency of the report.
#[derive(Default, Serialize)]
pub(crate) struct Need {
    rank: usize,
    competency_id: Uuid,
    code: String,
    title: Localized,
    field: Option<String>,
    required_count: i64,
    assessed_count: i64,
    met_count: i64,
    met_share: f64,
    gap_sum: i64,
    weighted_gap: i64,
    units: Vec<Cell>,
}

/// A competency in a unit.
#[derive(Default, Serialize)]
pub(crate) struct Cell {
    unit_id: Uuid,
    required_count: i64,
    assessed_count: i64,
    met_count: i64,
    gap_sum: i64,
    weighted_gap: i64,
}

/// A row of [`SELECT_STAFF`]: unit, position, people.
pub(crate) fn read_staff(row: &impl Row) -> anyhow::Result<(Uuid, Uuid, i64)> {
    Ok((row.get(0)?, row.get(1)?, i64::from(row.get::<i32>(2)?)))
}

/// A row of [`SELECT_STANDARDS`]: position, competency, required level and weight.
pub(crate) fn read_standard(row: &impl Row) -> anyhow::Result<(Uuid, Uuid, [i64; 2])> {
    Ok((row.get(0)?, row.get(1)?, [row.get::<i32>(2)?, row.get::<i32>(3)?].map(i64::from)))
}

/// A row of [`SELECT_LEVELS`]: competency, unit, position, people by level.
pub(crate) fn read_levels(row: &impl Row) -> anyhow::Result<(Uuid, Uuid, Uuid, [i64; 5])> {
    let mut people = [0; 5];
    for (index, people) in people.iter_mut().enumerate() {
        *people = i64::from(row.get::<i32>(index + 3)?);
    }
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, people))
}

/// A row of [`SELECT_COMPETENCIES`], with the figures still to come.
pub(crate) fn read_need(row: &impl Row) -> anyhow::Result<Need> {
    Ok(Need {
        competency_id: row.get(0)?,
        code: row.get(1)?,
        title: row.json(2)?,
        field: row.get(3)?,
        ..Need::default()
    })
}

/// A row of [`SELECT_UNITS`].
pub(crate) fn read_unit(row: &impl Row) -> anyhow::Result<Unit> {
    Ok(Unit { id: row.get(0)?, code: row.get(1)?, name: row.get(2)? })
}

/// Cells by competency and unit.
#[derive(Default)]
pub(crate) struct Cells {
    asked: HashMap<Uuid, HashMap<Uuid, [i64; 2]>>,
    found: BTreeMap<Uuid, BTreeMap<Uuid, Cell>>,
    people: i64,
    units: HashSet<Uuid>,
}

impl Cells {
    /// What is asked of everybody.
    pub(crate) fn new(standards: Vec<(Uuid, Uuid, [i64; 2])>, staff: Vec<(Uuid, Uuid, i64)>) -> Self {
        let mut cells = Self::default();
        for (position, competency, asked) in standards {
            cells.asked.entry(position).or_default().insert(competency, asked);
        }
        for (unit, position, people) in staff {
            cells.people += people;
            cells.units.insert(unit);
            for (competency, [required, weight]) in cells.asked.get(&position).into_iter().flatten() {
                let cell = cells.found.entry(*competency).or_default().entry(unit).or_default();
                cell.unit_id = unit;
                cell.required_count += people;
                cell.gap_sum += people * required;
                cell.weighted_gap += people * required * weight;
            }
        }
        cells
    }

    /// Takes off what people have.
    pub(crate) fn take_off(&mut self, (competency, unit, position, people): (Uuid, Uuid, Uuid, [i64; 5])) {
        let asked = self.asked.get(&position).and_then(|asked| asked.get(&competency));
        let cell = self.found.get_mut(&competency).and_then(|cells| cells.get_mut(&unit));
        let (Some([required, weight]), Some(cell)) = (asked, cell) else { return };
        for (level, people) in (1..).zip(people) {
            cell.assessed_count += people;
            cell.met_count += if level >= *required { people } else { 0 };
            cell.gap_sum -= people * level.min(*required);
            cell.weighted_gap -= people * level.min(*required) * weight;
        }
    }
}

impl GapReport {
    /// The report that the cells make.
    pub(crate) fn new(mut cells: Cells, mut needs: Vec<Need>, mut units: Vec<Unit>) -> Self {
        needs.retain_mut(|need| match cells.found.remove(&need.competency_id) {
            Some(units) => {
                need.take(units.into_values().collect());
                true
            }
            None => false,
        });
        needs.sort_by(|one, other| (-one.weighted_gap, &one.code).cmp(&(-other.weighted_gap, &other.code)));
        let need_count = needs.len();
        needs.truncate(SHOWN);
        needs.iter_mut().zip(1..).for_each(|(need, rank)| need.rank = rank);
        units.retain(|unit| cells.units.contains(&unit.id));
        Self { as_of: today(), people_count: cells.people, need_count, units, needs }
    }
}

impl Need {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    fn take(&mut self, units: Vec<Cell>) {
        let sum = |figure: fn(&Cell) -> i64| units.iter().map(figure).sum::<i64>();
        let (required, met) = (sum(|cell| cell.required_count), sum(|cell| cell.met_count));
        self.required_count = required;
        self.assessed_count = sum(|cell| cell.assessed_count);
        self.met_count = met;
        self.met_share = ((met * 20_000 + required) / (2 * required).max(1)) as f64 / 100.0;
        self.gap_sum = sum(|cell| cell.gap_sum);
        self.weighted_gap = sum(|cell| cell.weighted_gap);
        self.units = units;
    }
}
