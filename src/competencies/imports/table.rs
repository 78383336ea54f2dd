//! A framework as a table: its first row is the framework, each further row a competency, in reading order.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveEnum;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::competencies::frameworks::dto::NewFramework;
use crate::competencies::frameworks::entity::{self as framework, LevelRule};
use crate::competencies::frameworks::service::rule_fault;
use crate::competencies::items::dto::NewCompetency;
use crate::competencies::items::entity::{self as competency, CompetencyKind};
use crate::competencies::items::service::{FIVE_LEVELS, descriptors_fit};
use crate::competencies::items::tree::{WRONG_PLACE, fits};
use crate::kernel::csv;
use crate::kernel::error::Result;
use crate::kernel::imports::{Cells, ImportFault, NO_SUCH_CODE, ONE_OF, SAME_AS_ROW, Table, TableColumn};
use crate::kernel::language::Localized;
use crate::kernel::validation::{Fault, Place, REQUIRED, Violation, violations_of};

/// The most competencies of a framework.
const MOST: usize = 10_000;

/// The first row is the framework.
pub const FRAMEWORK_FIRST: Fault = Fault {
    code: "framework_first",
    id: "Baris pertama, dan hanya baris pertama, memuat kerangkanya (kind framework)",
    en: "The first row, and no other, is the framework (kind framework)",
};

const TITLE: [&str; 2] = ["title_id", "title_en"];
const STATEMENT: [&str; 2] = ["statement_id", "statement_en"];
const LEVELS: [[&str; 2]; 5] = [
    ["level_1_id", "level_1_en"],
    ["level_2_id", "level_2_en"],
    ["level_3_id", "level_3_en"],
    ["level_4_id", "level_4_en"],
    ["level_5_id", "level_5_en"],
];

/// The columns; `version_label`, `level_rule` and `required_source` speak of the framework alone, whose statement is what it covers.
pub const COLUMNS: &[TableColumn] = &[
    TableColumn::required("kind"),
    TableColumn::required("code"),
    TableColumn::optional("parent_code"),
    TableColumn::optional("version_label"),
    TableColumn::required(TITLE[0]),
    TableColumn::optional(TITLE[1]),
    TableColumn::optional(STATEMENT[0]),
    TableColumn::optional(STATEMENT[1]),
    TableColumn::optional(LEVELS[0][0]),
    TableColumn::optional(LEVELS[0][1]),
    TableColumn::optional(LEVELS[1][0]),
    TableColumn::optional(LEVELS[1][1]),
    TableColumn::optional(LEVELS[2][0]),
    TableColumn::optional(LEVELS[2][1]),
    TableColumn::optional(LEVELS[3][0]),
    TableColumn::optional(LEVELS[3][1]),
    TableColumn::optional(LEVELS[4][0]),
    TableColumn::optional(LEVELS[4][1]),
    TableColumn::optional("field"),
    TableColumn::optional("cluster"),
    TableColumn::optional("source"),
    TableColumn::optional("provisional"),
    TableColumn::optional("level_rule"),
    TableColumn::optional("required_source"),
];

/// A framework with its competencies.
#[derive(Clone, Debug)]
pub struct FrameworkTable {
    /// The framework.
    pub head: NewFramework,
    /// Its competencies in reading order, each with the code of what it is part of.
    pub items: Vec<(NewCompetency, Option<String>)>,
}

/// What a row is.
enum TableRow {
    Framework(NewFramework),
    Competency(Box<NewCompetency>, Option<String>),
}

/// Reads a table; names everything that is wrong with it, and how many rows it has.
pub fn read(content: &[u8]) -> Result<FrameworkTable, (usize, Vec<ImportFault>)> {
    let mut table = Table::open(content, COLUMNS).map_err(|faults| (0, faults))?;
    let (mut head, mut items, mut rows) = (None, Vec::new(), Vec::new());
    let (mut faults, mut count) = (Vec::new(), 0);
    while let Some(next) = table.next(|cells, wrong| read_row(cells, count == 0, wrong)) {
        count += 1;
        match next.content {
            Ok(TableRow::Framework(row)) => head = Some(row),
            Ok(TableRow::Competency(row, parent)) => {
                rows.push(next.row);
                items.push((*row, parent));
            }
            Err(wrong) => faults.extend(wrong),
        }
        if count > MOST {
            let fault = Violation::field("", &crate::kernel::imports::TOO_MANY_ROWS).with("max", MOST);
            return Err((count, vec![ImportFault::in_row(next.row, &fault)]));
        }
    }
    if count == 0 {
        faults.push(ImportFault::in_row(2, &Violation::field("kind", &FRAMEWORK_FIRST)));
    }
    // What rows are to each other is looked at where every row is right by itself.
    if faults.is_empty() {
        faults = misplaced(&items, &rows);
    }
    match head.filter(|_| faults.is_empty()) {
        Some(head) => Ok(FrameworkTable { head, items }),
        None => Err((count, faults)),
    }
}

/// Codes that come twice, and places that are none.
fn misplaced(items: &[(NewCompetency, Option<String>)], rows: &[i32]) -> Vec<ImportFault> {
    let mut known: HashMap<&str, (CompetencyKind, i32)> = HashMap::new();
    let mut faults = Vec::new();
    for ((item, _), row) in items.iter().zip(rows) {
        if let Some((_, first)) = known.get(item.code.as_str()) {
            faults.push(ImportFault::in_row(*row, &Violation::field("code", &SAME_AS_ROW).with("row", *first)));
        } else {
            known.insert(&item.code, (item.kind, *row));
        }
    }
    let mut above: HashSet<&str> = HashSet::new();
    for ((item, parent), row) in items.iter().zip(rows) {
        let kind = match parent {
            None => Ok(None),
            // What stands above comes before, so nothing is part of itself.
            Some(code) if above.contains(code.as_str()) => Ok(known.get(code.as_str()).map(|(kind, _)| *kind)),
            Some(code) => Err(code),
        };
        above.insert(&item.code);
        let violation = match kind {
            Ok(parent) if fits(item.kind, parent) => continue,
            Ok(_) => Violation::field("parent_code", &WRONG_PLACE),
            Err(code) => Violation::field("parent_code", &NO_SUCH_CODE).with("code", code.as_str()),
        };
        faults.push(ImportFault::in_row(*row, &violation));
    }
    faults.sort_by_key(|fault| fault.row);
    faults
}

fn read_row(cells: &Cells<'_>, is_first: bool, wrong: &mut Vec<Violation>) -> Option<TableRow> {
    let is_framework = cells.text("kind").is_some_and(|kind| kind.eq_ignore_ascii_case("framework"));
    if is_framework != is_first {
        wrong.push(Violation::field("kind", &FRAMEWORK_FIRST));
        return None;
    }
    // What is missing is said once; the rules of the other cells are told with it.
    let mut required = |column: &'static str| {
        let text = cells.text(column);
        if text.is_none() {
            wrong.push(Violation::field(column, &REQUIRED));
        }
        text.unwrap_or("0").to_owned()
    };
    let code = required("code");
    let title = Localized { id: required(TITLE[0]), en: owned(cells, TITLE[1]) };
    let version_label = if is_framework { required("version_label") } else { String::new() };
    let statement = localized(cells, STATEMENT, wrong);
    let source = owned(cells, "source");
    let provisional = flag(cells, wrong);
    if is_framework {
        let level_rule = word::<LevelRule>(cells, "level_rule", "latest, best, weighted, required_source", wrong);
        let allowed = "self, mentor, assessor, certification, test";
        let required_source = word(cells, "required_source", allowed, wrong);
        let head = NewFramework {
            code,
            version_label,
            title,
            description: statement,
            source,
            level_rule: level_rule.unwrap_or(LevelRule::Latest),
            required_source,
            provisional,
        };
        wrong.extend(violations_of(&head, "#").into_iter().map(renamed));
        wrong.extend(
            rule_fault(head.level_rule, required_source).map(|fault| Violation::field("required_source", fault)),
        );
        return Some(TableRow::Framework(head));
    }
    let kind = word(cells, "kind", "framework, area, unit, element", wrong);
    let level_descriptors: Vec<_> = LEVELS.iter().filter_map(|level| localized(cells, *level, wrong)).collect();
    let item = NewCompetency {
        parent_id: None,
        kind: kind.unwrap_or(CompetencyKind::Unit),
        code,
        title,
        statement,
        level_descriptors,
        field: word(
            cells,
            "field",
            "information_management, user_services, information_technology, managerial, sociocultural",
            wrong,
        ),
        cluster: owned(cells, "cluster"),
        source,
        provisional,
        sequence: None,
    };
    if !descriptors_fit(item.kind, &item.level_descriptors) {
        wrong.push(Violation::field(LEVELS[0][0], &FIVE_LEVELS));
    }
    wrong.extend(violations_of(&item, "#").into_iter().map(renamed));
    Some(TableRow::Competency(Box::new(item), owned(cells, "parent_code")))
}

fn owned(cells: &Cells<'_>, column: &str) -> Option<String> {
    cells.text(column).map(str::to_owned)
}

/// A text in both languages; English alone is none.
fn localized(cells: &Cells<'_>, [id, en]: [&'static str; 2], wrong: &mut Vec<Violation>) -> Option<Localized> {
    let (id_text, en) = (owned(cells, id), owned(cells, en));
    if id_text.is_none() && en.is_some() {
        wrong.push(Violation::field(id, &REQUIRED));
    }
    id_text.map(|id| Localized { id, en })
}

/// A word of a closed list.
fn word<T: DeserializeOwned>(
    cells: &Cells<'_>,
    column: &'static str,
    allowed: &'static str,
    wrong: &mut Vec<Violation>,
) -> Option<T> {
    let text = cells.text(column)?;
    let word = serde_json::from_value(serde_json::Value::String(text.to_lowercase())).ok();
    if word.is_none() {
        wrong.push(Violation::field(column, &ONE_OF).with("allowed", allowed));
    }
    word
}

fn flag(cells: &Cells<'_>, wrong: &mut Vec<Violation>) -> bool {
    match cells.text("provisional").map(str::to_lowercase).as_deref() {
        None | Some("false" | "0" | "no" | "tidak") => false,
        Some("true" | "1" | "yes" | "ya") => true,
        Some(_) => {
            wrong.push(Violation::field("provisional", &ONE_OF).with("allowed", "true, false"));
            false
        }
    }
}

/// A rule of the object, told of the column that it stands in.
fn renamed(violation: Violation) -> Violation {
    let Place::Pointer(pointer) = &violation.place else { return violation };
    let mut parts = pointer.trim_start_matches("#/").split('/');
    let column = match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
        ("title", Some(language), _) => format!("title_{language}"),
        ("description" | "statement", Some(language), _) => format!("statement_{language}"),
        ("level_descriptors", Some(index), Some(language)) => {
            format!("level_{}_{language}", index.parse::<usize>().unwrap_or_default() + 1)
        }
        (field, ..) => field.to_owned(),
    };
    Violation { place: Place::Pointer(format!("#/{column}")), ..violation }
}

impl FrameworkTable {
    /// A framework that is here.
    pub fn of(head: framework::Model, rows: Vec<competency::Model>) -> Self {
        let codes: HashMap<Uuid, String> = rows.iter().map(|row| (row.id, row.code.clone())).collect();
        let items = rows.into_iter().map(|row| {
            let parent = row.parent_id.and_then(|parent| codes.get(&parent).cloned());
            let item = NewCompetency {
                parent_id: None,
                kind: row.kind,
                code: row.code,
                title: row.title,
                statement: row.statement,
                level_descriptors: row.level_descriptors.0,
                field: row.field,
                cluster: row.cluster,
                source: row.source,
                provisional: row.provisional,
                sequence: None,
            };
            (item, parent)
        });
        Self {
            items: items.collect(),
            head: NewFramework {
                code: head.code,
                version_label: head.version_label,
                title: head.title,
                description: head.description,
                source: head.source,
                level_rule: head.level_rule,
                required_source: head.required_source,
                provisional: head.provisional,
            },
        }
    }

    /// The table.
    pub fn write(&self) -> Result<Vec<u8>> {
        let header: Vec<_> = COLUMNS.iter().map(|column| column.name).collect();
        let head = &self.head;
        let mut first = texts(&[Some("framework"), Some(&head.code), None, Some(&head.version_label)]);
        first.extend(both(Some(&head.title)).into_iter().chain(both(head.description.as_ref())));
        first.extend(std::iter::repeat_n(String::new(), 12));
        let source = head.required_source.map(|source| source.to_value());
        first.extend(texts(&[head.source.as_deref(), Some(yes_or_no(head.provisional))]));
        first.extend([head.level_rule.to_value(), source.unwrap_or_default()]);
        let items = self.items.iter().map(|(item, parent)| {
            let mut row = texts(&[Some(&item.kind.to_value()), Some(&item.code), parent.as_deref(), None]);
            row.extend(both(Some(&item.title)).into_iter().chain(both(item.statement.as_ref())));
            row.extend((0..5).flat_map(|level| both(item.level_descriptors.get(level))));
            let field = item.field.map(|field| field.to_value());
            row.extend(texts(&[field.as_deref(), item.cluster.as_deref(), item.source.as_deref()]));
            row.extend(texts(&[Some(yes_or_no(item.provisional)), None, None]));
            row
        });
        csv::write(&header, std::iter::once(first).chain(items))
    }
}

fn texts(cells: &[Option<&str>]) -> Vec<String> {
    cells.iter().map(|cell| cell.unwrap_or_default().to_owned()).collect()
}

fn both(text: Option<&Localized>) -> [String; 2] {
    text.map_or_else(Default::default, |text| [text.id.clone(), text.en.clone().unwrap_or_default()])
}

const fn yes_or_no(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}
