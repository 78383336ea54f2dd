//! The kept figures, as writes through the service would have left them. `bench run` has the service compare them
//! with a full scan.

use std::collections::BTreeMap;

use super::{
    Table,
    draw::{int, pick},
    tables::{Assessed, Library, place_of},
};

impl Library {
    /// The latest confirmed assessment of each person and competency: the later day, on one day the greater id.
    pub(super) fn latest(&self) -> BTreeMap<(usize, usize), Assessed> {
        let mut latest: BTreeMap<(usize, usize), Assessed> = BTreeMap::new();
        for assessed in self.assessed().filter(|assessed| assessed.confirmed) {
            let key = (assessed.librarian, assessed.competency);
            if latest.get(&key).is_none_or(|known| (assessed.on, assessed.id) > (known.on, known.id)) {
                latest.insert(key, assessed);
            }
        }
        latest
    }

    /// The present levels, as writes through the service would have left them.
    pub(super) fn current_levels(&self) -> Table<'_> {
        let levels = self.latest().into_iter().map(|((librarian, competency), assessed)| {
            let (person, what) = (pick(&self.librarians, librarian), pick(&self.competencies, competency));
            vec![person.into(), what.into(), int(assessed.level), assessed.id.into()]
        });
        Table {
            name: "current_levels",
            columns: &["librarian_id", "competency_id", "level", "assessment_id"],
            rows: Box::new(levels),
        }
    }

    /// How many people of each unit and position there are.
    pub(super) fn staff_counts(&self) -> Table<'_> {
        let mut people: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for librarian in 0..self.librarians.len() {
            *people.entry(place_of(librarian)).or_default() += 1;
        }
        Table {
            name: "staff_counts",
            columns: &["unit_id", "position_id", "people"],
            rows: Box::new(people.into_iter().map(|((unit, position), people)| {
                vec![pick(&self.units, unit).into(), pick(&self.positions, position).into(), int(people)]
            })),
        }
    }

    /// How many people of each unit and position stand at each level.
    pub(super) fn level_counts(&self) -> Table<'_> {
        let mut people: BTreeMap<(usize, usize, usize), [usize; 5]> = BTreeMap::new();
        for ((librarian, competency), assessed) in self.latest() {
            let (unit, position) = place_of(librarian);
            let levels = people.entry((competency, unit, position)).or_default();
            levels.iter_mut().skip(assessed.level - 1).take(1).for_each(|people| *people += 1);
        }
        Table {
            name: "level_counts",
            columns: &[
                "competency_id",
                "unit_id",
                "position_id",
                "level_1",
                "level_2",
                "level_3",
                "level_4",
                "level_5",
            ],
            rows: Box::new(people.into_iter().map(|((competency, unit, position), levels)| {
                let what = pick(&self.competencies, competency);
                let mut row = vec![what.into(), pick(&self.units, unit).into(), pick(&self.positions, position).into()];
                row.extend(levels.map(int));
                row
            })),
        }
    }
}
