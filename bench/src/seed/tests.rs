use std::collections::HashSet;

use super::*;

#[test]
fn rows_fit_their_columns_and_ids_are_unique_and_repeatable() {
    let amount = Amount { assessments: 500, librarians: 40, competencies: 12 };
    let seed = || {
        let library = Library::new(amount);
        let mut ids = HashSet::new();
        for table in library.tables() {
            for row in table.rows {
                assert_eq!(row.len(), table.columns.len(), "{}", table.name);
                if let (Some(&"id"), Some(Value::Id(id))) = (table.columns.first(), row.first()) {
                    assert!(ids.insert(*id), "{id} twice");
                }
            }
        }
        ids
    };
    let ids = seed();
    assert_eq!(ids.len(), 20 + 10 + 40 + 1 + 12 + 500);
    assert_eq!(ids, seed());
}

#[test]
fn kept_figures_count_everybody_and_every_level_once() {
    let library = Library::new(Amount { assessments: 500, librarians: 40, competencies: 12 });
    let sum = |table: Table<'_>, from: usize| -> i64 {
        let figures = table.rows.flat_map(move |row| row.into_iter().skip(from));
        figures.map(|figure| if let Value::Int(people) = figure { people } else { panic!("{figure:?}") }).sum()
    };
    assert_eq!(sum(library.staff_counts(), 2), 40);
    // 500 assessments go round 40 people and 12 competencies; nine of ten are confirmed.
    assert_eq!(sum(library.level_counts(), 3), i64::try_from(library.latest().len()).unwrap());
}
