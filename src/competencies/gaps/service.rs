use std::collections::{BTreeMap, HashMap};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::counts::{self, Counts, Scope};
use super::dto::{CompetencyGaps, GapCell, GapQuery, ReportedUnit, TrainingNeed};
use crate::competencies::items::entity as competency;
use crate::competencies::levels::service::refresh_due;
use crate::competencies::profiles::service::past_day;
use crate::competencies::standards::entity as standard;
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::decimal::decimal;
use crate::kernel::error::Result;
use crate::kernel::language::Language;
use crate::kernel::policy::{Access, Reach};
use crate::kernel::svg::{Caption, HeatCell, HeatMap, HeatRow, HeatScale};
use crate::staff::units::entity as unit;

/// Needs shown unless asked otherwise.
const DEFAULT_LIMIT: u32 = 100;
/// Rows and columns of the picture.
const PICTURE_ROWS: usize = 40;
const PICTURE_COLUMNS: usize = 16;

/// What is missing among the people within reach.
pub async fn read(db: &Db, access: &Access, query: &GapQuery) -> Result<CompetencyGaps> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let on = past_day(db, query.as_of)?;
    let ids =
        |given: &Option<crate::kernel::page::AnyOf<Uuid>>| given.as_ref().map(|ids| ids.0.clone()).unwrap_or_default();
    let scope = Scope { units: ids(&query.unit_id), positions: ids(&query.position_id) };
    let counts = if access.reach() == Reach::All && query.as_of.is_none() {
        refresh_due(db).await?;
        counts::kept(db, &scope).await?
    } else {
        counts::scanned(db, access, &scope, on).await?
    };
    let cells = cells(db, &counts).await?;
    let mut needs = needs(db, query, cells).await?;
    let need_count = needs.len();
    needs.truncate(limit);
    for (index, need) in needs.iter_mut().enumerate() {
        need.rank = index + 1;
    }
    let mut places: Vec<Uuid> = counts.staff.keys().map(|place| place.unit_id).collect();
    places.sort_unstable();
    places.dedup();
    let units = units(db, &places).await?;
    Ok(CompetencyGaps { as_of: on, people_count: counts.staff.values().sum(), need_count, units, needs })
}

/// The units of these ids, by code.
pub async fn units(db: &Db, ids: &[Uuid]) -> Result<Vec<ReportedUnit>> {
    let rows =
        unit::Entity::find().filter(unit::Column::Id.is_in(ids.iter().copied())).order_by_asc(unit::Column::Code);
    let rows = db.reader().all(rows).await?;
    Ok(rows.into_iter().map(|row| ReportedUnit { id: row.id, code: row.code, name: row.name }).collect())
}

/// By competency and unit: what the standards ask of the people there, and what they have.
async fn cells(db: &Db, counts: &Counts) -> Result<BTreeMap<Uuid, BTreeMap<Uuid, GapCell>>> {
    let mut standards: HashMap<Uuid, HashMap<Uuid, (i64, i64)>> = HashMap::new();
    for entry in db.reader().all(standard::Entity::find()).await? {
        let asked = (i64::from(entry.required_level), i64::from(entry.weight));
        standards.entry(entry.position_id).or_default().insert(entry.competency_id, asked);
    }
    let mut cells: BTreeMap<Uuid, BTreeMap<Uuid, GapCell>> = BTreeMap::new();
    for (place, people) in &counts.staff {
        for (competency, (required, weight)) in standards.get(&place.position_id).into_iter().flatten() {
            let cell = cell_of(&mut cells, *competency, place.unit_id);
            cell.required_count += people;
            cell.gap_sum += people * required;
            cell.weighted_gap += people * required * weight;
        }
    }
    for (competency, place, people) in &counts.levels {
        let asked = standards.get(&place.position_id).and_then(|standard| standard.get(competency));
        let Some((required, weight)) = asked else { continue };
        let cell = cell_of(&mut cells, *competency, place.unit_id);
        for (level, people) in (1_i64..).zip(people.map(i64::from)) {
            cell.assessed_count += people;
            cell.met_count += if level >= *required { people } else { 0 };
            cell.gap_sum -= people * level.min(*required);
            cell.weighted_gap -= people * level.min(*required) * weight;
        }
    }
    Ok(cells)
}

fn cell_of(cells: &mut BTreeMap<Uuid, BTreeMap<Uuid, GapCell>>, competency: Uuid, unit_id: Uuid) -> &mut GapCell {
    cells.entry(competency).or_default().entry(unit_id).or_insert(GapCell {
        unit_id,
        required_count: 0,
        assessed_count: 0,
        met_count: 0,
        gap_sum: 0,
        weighted_gap: 0,
    })
}

/// The competencies of the cells, the greatest needs first: by weighted gap, then by code.
async fn needs(
    db: &Db,
    query: &GapQuery,
    mut cells: BTreeMap<Uuid, BTreeMap<Uuid, GapCell>>,
) -> Result<Vec<TrainingNeed>> {
    let mut asked = competency::Entity::find().filter(competency::Column::Id.is_in(cells.keys().copied()));
    if let Some(field) = query.field {
        asked = asked.filter(competency::Column::Field.eq(field));
    }
    let mut needs: Vec<TrainingNeed> = Vec::new();
    for competency in db.reader().all(asked).await? {
        let units: Vec<GapCell> = cells.remove(&competency.id).unwrap_or_default().into_values().collect();
        let sum = |figure: fn(&GapCell) -> i64| units.iter().map(figure).sum::<i64>();
        let (required, met) = (sum(|cell| cell.required_count), sum(|cell| cell.met_count));
        needs.push(TrainingNeed {
            rank: 0,
            competency_id: competency.id,
            code: competency.code,
            title: competency.title,
            field: competency.field,
            required_count: required,
            assessed_count: sum(|cell| cell.assessed_count),
            met_count: met,
            met_share: if required > 0 { decimal((met * 20_000 + required) / (2 * required)) } else { 0.0 },
            gap_sum: sum(|cell| cell.gap_sum),
            weighted_gap: sum(|cell| cell.weighted_gap),
            units,
        });
    }
    needs.sort_by(|one, other| (-one.weighted_gap, &one.code).cmp(&(-other.weighted_gap, &other.code)));
    Ok(needs)
}

/// The report as a table: a row a competency, a column a unit with its missing levels.
pub fn table(gaps: &CompetencyGaps, language: Language) -> Result<Vec<u8>> {
    let mut header: Vec<String> = [
        "rank",
        "code",
        "title",
        "field",
        "required_count",
        "assessed_count",
        "met_count",
        "met_share",
        "gap_sum",
        "weighted_gap",
    ]
    .map(str::to_owned)
    .to_vec();
    header.extend(gaps.units.iter().map(|unit| format!("gap_sum {}", unit.code)));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = gaps.needs.iter().map(|need| {
        let field = need.field.and_then(|field| serde_json::to_value(field).ok());
        let mut row = vec![
            need.rank.to_string(),
            need.code.clone(),
            need.title.text(language).to_owned(),
            field.and_then(|field| field.as_str().map(str::to_owned)).unwrap_or_default(),
            need.required_count.to_string(),
            need.assessed_count.to_string(),
            need.met_count.to_string(),
            format!("{:.2}", need.met_share),
            need.gap_sum.to_string(),
            need.weighted_gap.to_string(),
        ];
        row.extend(gaps.units.iter().map(|unit| {
            let cell = need.units.iter().find(|cell| cell.unit_id == unit.id);
            cell.map(|cell| cell.gap_sum.to_string()).unwrap_or_default()
        }));
        row
    });
    csv::write(&header, rows)
}

/// The report as a heat map: the share of people who reach what is asked, the greatest needs first.
pub fn picture(gaps: &CompetencyGaps, language: Language) -> Vec<u8> {
    let units: Vec<&ReportedUnit> = gaps.units.iter().take(PICTURE_COLUMNS).collect();
    let rows = gaps.needs.iter().take(PICTURE_ROWS).map(|need| HeatRow {
        label: need.title.text(language).to_owned(),
        cells: units
            .iter()
            .map(|unit| match need.units.iter().find(|cell| cell.unit_id == unit.id && cell.required_count > 0) {
                Some(cell) => HeatCell::share(decimal(cell.met_count * 100) / decimal(cell.required_count * 100)),
                None => HeatCell::empty(),
            })
            .collect(),
    });
    let shown = language.pick("kompetensi dengan kebutuhan terbesar", "competencies with the greatest need");
    let map = HeatMap {
        caption: Caption {
            lang: language.tag().to_owned(),
            title: language.pick("Kesenjangan kompetensi per unit", "Competency gaps by unit").to_owned(),
            subtitle: format!("{} · {} {shown}", gaps.as_of, gaps.needs.len().min(PICTURE_ROWS)),
            description: language
                .pick(
                    "Bagian pegawai yang mencapai level yang diminta",
                    "Share of people who reach the level that is asked",
                )
                .to_owned(),
        },
        columns: units.iter().map(|unit| unit.code.clone()).collect(),
        rows: rows.collect(),
        scale: HeatScale::Share,
        low_label: language.pick("belum ada yang mencapai", "nobody reaches it").to_owned(),
        high_label: language.pick("semua mencapai", "all reach it").to_owned(),
        empty_label: language.pick("tidak diminta", "not asked for").to_owned(),
    };
    map.to_svg().into_bytes()
}
