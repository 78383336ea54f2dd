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
    assert_eq!(ids.len(), 20 + 10 + 40 + 1 + 12 + 120 + 500);
    assert_eq!(ids, seed());
}

#[test]
fn kept_figures_count_everybody_once() {
    let library = Library::new(Amount { assessments: 500, librarians: 40, competencies: 12 });
    let people: i64 = library
        .gap_figures()
        .rows
        .map(|row| match row.get(2) {
            Some(Value::Int(people)) => *people,
            other => panic!("{other:?}"),
        })
        .sum();
    assert_eq!(people, 40 * 12);
}
