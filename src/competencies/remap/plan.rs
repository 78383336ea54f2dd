//! What is carried over along the links, told the same way before and after it is done.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use data_encoding::HEXLOWER;
use uuid::Uuid;

use super::dto::{FrameworkRemap, RemappedCompetency, Successor};
use crate::competencies::frameworks::entity as framework;
use crate::competencies::items::entity::{CompetencyKind, Model};
use crate::competencies::items::service::all_of;
use crate::competencies::predecessors::service::{Successors, successors};
use crate::competencies::standards::dto::NewStandardEntry;
use crate::kernel::db::Reader;
use crate::kernel::error::{Error, Result};
use crate::kernel::secret::sha256;

/// The most that a position asks.
const LONGEST_STANDARD: usize = 500;

/// The units of two frameworks, and which take the place of which.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The older framework.
    pub from_id: Uuid,
    /// The framework to which everything is carried.
    pub to_id: Uuid,
    old: Vec<Model>,
    new: Vec<Model>,
    /// What takes the place of each unit that something takes the place of.
    pub successors: Successors,
}

impl Mapping {
    /// Reads the links between two frameworks.
    pub async fn of(reader: Reader<'_>, from: &framework::Model, to: &framework::Model) -> Result<Self> {
        let mut old = all_of(reader, from.id).await?;
        let mut new = all_of(reader, to.id).await?;
        old.retain(|row| row.kind == CompetencyKind::Unit);
        new.retain(|row| row.kind == CompetencyKind::Unit);
        let successors = successors(reader, &old, &new).await?;
        Ok(Self { from_id: from.id, to_id: to.id, old, new, successors })
    }

    /// What takes the place of a unit.
    pub fn successors_of(&self, competency_id: Uuid) -> impl Iterator<Item = Uuid> {
        self.successors.get(&competency_id).into_iter().flat_map(|of| of.keys().copied())
    }

    /// The standard of a position with the successors in the place of what it asks; `None` where nothing is to change. What it asks
    /// of a successor already stands; of several that are merged the highest level and the highest weight count.
    pub fn standard(&self, entries: &[NewStandardEntry]) -> Option<Vec<NewStandardEntry>> {
        let (replaced, kept): (Vec<_>, Vec<_>) =
            entries.iter().partition(|entry| self.successors.contains_key(&entry.competency_id));
        if replaced.is_empty() {
            return None;
        }
        let mut new: BTreeMap<Uuid, NewStandardEntry> = BTreeMap::new();
        for entry in replaced {
            for id in self.successors_of(entry.competency_id) {
                let merged = new.entry(id).or_insert_with(|| NewStandardEntry { competency_id: id, ..entry.clone() });
                merged.required_level = merged.required_level.max(entry.required_level);
                merged.weight = merged.weight.max(entry.weight);
            }
        }
        new.extend(kept.into_iter().map(|entry| (entry.competency_id, entry.clone())));
        (new.len() <= LONGEST_STANDARD).then(|| new.into_values().collect())
    }
}

/// An assessment that is carried over: of whom, and from which competency to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Carried {
    /// The person.
    pub librarian_id: Uuid,
    /// The competency of the old assessment.
    pub old: Uuid,
    /// The competency of the new one.
    pub new: Uuid,
}

/// What is carried over, and what is not.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// One for each new assessment.
    pub carried: Vec<Carried>,
    /// The positions whose standard changes, with the competencies that it no longer asks.
    pub positions: BTreeMap<Uuid, Vec<Uuid>>,
    /// How many had been carried over earlier.
    pub carried_before: usize,
    /// How many are not confirmed.
    pub open: usize,
    /// How many have a competency whose place nothing takes.
    pub stranded: usize,
}

/// Tells what a tally holds.
pub fn report(mapping: &Mapping, tally: &Tally) -> Result<FrameworkRemap> {
    let new: HashMap<Uuid, &Model> = mapping.new.iter().map(|row| (row.id, row)).collect();
    let mut predecessors: HashMap<Uuid, usize> = HashMap::new();
    for id in mapping.successors.values().flat_map(|of| of.keys()) {
        *predecessors.entry(*id).or_default() += 1;
    }
    let mut of_old: HashMap<Uuid, (usize, HashSet<Uuid>)> = HashMap::new();
    for carried in &tally.carried {
        let (count, people) = of_old.entry(carried.old).or_default();
        *count += 1;
        people.insert(carried.librarian_id);
    }
    let items = mapping.old.iter().map(|row| {
        let of = mapping.successors.get(&row.id).into_iter().flatten();
        let mut of: Vec<_> = of.filter_map(|(id, kind)| Some((*new.get(id)?, *kind))).collect();
        of.sort_by_key(|(row, _)| (row.sequence, row.id));
        let (assessment_count, people) = of_old.remove(&row.id).unwrap_or_default();
        RemappedCompetency {
            competency_id: row.id,
            code: row.code.clone(),
            title: row.title.clone(),
            is_split: of.len() > 1,
            is_merged: of.iter().any(|(row, _)| predecessors.get(&row.id).is_some_and(|count| *count > 1)),
            successors: of.into_iter().map(|(row, link)| successor(row, link)).collect(),
            assessment_count,
            person_count: people.len(),
            position_count: tally.positions.values().filter(|gone| gone.contains(&row.id)).count(),
        }
    });
    let mut remap = FrameworkRemap {
        from_id: mapping.from_id,
        framework_id: mapping.to_id,
        assessment_count: tally.carried.len(),
        level_count: tally.carried.iter().map(|one| (one.librarian_id, one.new)).collect::<HashSet<_>>().len(),
        person_count: tally.carried.iter().map(|one| one.librarian_id).collect::<BTreeSet<_>>().len(),
        position_count: tally.positions.len(),
        carried_before_count: tally.carried_before,
        open_count: tally.open,
        stranded_count: tally.stranded,
        items: items.collect(),
        fingerprint: String::new(),
    };
    remap.fingerprint = HEXLOWER.encode(&sha256(&serde_json::to_vec(&remap).map_err(Error::internal)?));
    Ok(remap)
}

fn successor(row: &Model, link: crate::competencies::items::entity::link::CompetencyLinkKind) -> Successor {
    Successor { competency_id: row.id, code: row.code.clone(), title: row.title.clone(), link }
}
