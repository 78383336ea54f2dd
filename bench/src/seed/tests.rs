use std::collections::HashSet;

use super::*;

#[test]
fn rows_fit_their_columns_and_ids_are_unique_and_repeatable() {
    let amount = Amount { assessments: 500, librarians: 40, competencies: 12, registrations: 90, credits: 12 };
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
    // Of 90 registrations three activities with two sessions each; the reference tables are 1, 25, 25 and 2 rows.
    assert_eq!(ids.len(), 20 + 10 + 40 + 1 + 12 + 500 + 53 + 3 + 6 + 90 + 40 * 36);
    assert_eq!(ids, seed());
}

#[test]
fn kept_figures_count_everybody_and_every_level_once() {
    let library =
        Library::new(Amount { assessments: 500, librarians: 40, competencies: 12, registrations: 90, credits: 12 });
    let sum = |table: Table<'_>, from: usize| -> i64 {
        let figures = table.rows.flat_map(move |row| row.into_iter().skip(from));
        figures.map(|figure| if let Value::Int(people) = figure { people } else { panic!("{figure:?}") }).sum()
    };
    assert_eq!(sum(library.staff_counts(), 2), 40);
    // 500 assessments go round 40 people and 12 competencies; nine of ten are confirmed.
    assert_eq!(sum(library.level_counts(), 3), i64::try_from(library.latest().len()).unwrap());
}

fn column(table: Table<'_>, name: &str) -> Vec<Value> {
    let place = table.columns.iter().position(|column| *column == name).unwrap();
    table.rows.map(|row| row[place].clone()).collect()
}

fn sum(values: Vec<Value>) -> i64 {
    values.into_iter().map(|value| if let Value::Int(number) = value { number } else { panic!("{value:?}") }).sum()
}

#[test]
fn activities_and_years_keep_what_their_rows_add_up_to() {
    let library =
        Library::new(Amount { assessments: 0, librarians: 40, competencies: 12, registrations: 90, credits: 12 });
    let states = column(library.registrations(), "status");
    let count = |word: &str| {
        let so = |value: &&Value| matches!(value, Value::Text(text) if text == word);
        i64::try_from(states.iter().filter(so).count()).unwrap()
    };
    assert_eq!(sum(column(library.activities(), "seats_taken")), count("confirmed"));
    assert_eq!(sum(column(library.activities(), "waiting_count")), count("waitlisted"));
    assert!(count("waitlisted") > 0 && count("cancelled") > 0);
    assert_eq!(sum(column(library.credit_balances(), "credited")), sum(column(library.credit_entries(), "credited")));
    assert_eq!(sum(column(library.credit_balances(), "entry_count")), 40 * 36);
}
