use std::collections::HashSet;

use super::*;

/// A small library; each test says what it asks of it.
const NOTHING: Amount = Amount {
    assessments: 0,
    librarians: 40,
    competencies: 12,
    registrations: 0,
    credits: 0,
    answers: 0,
    indicators: 0,
};

#[test]
fn rows_fit_their_columns_and_ids_are_unique_and_repeatable() {
    let amount = Amount { assessments: 500, registrations: 90, credits: 12, answers: 70, indicators: 4, ..NOTHING };
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
    let people = 20 + 10 + 40 + 1 + 12 + 500 + 53 + 3 + 6 + 90 + 40 * 36;
    // Settings, formula, six questionnaires and three campaigns; of four indicators one has no targets.
    assert_eq!(ids.len(), people + 1 + 1 + 6 + 3 + 4 + 4 + 3 * 120 + 4 * 120);
    assert_eq!(ids, seed());
}

#[test]
fn kept_figures_count_everybody_and_every_level_once() {
    let library = Library::new(Amount { assessments: 500, ..NOTHING });
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
    let library = Library::new(Amount { registrations: 90, credits: 12, ..NOTHING });
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

#[test]
fn answers_fit_the_questions_and_no_two_share_an_id() {
    let library = Library::new(Amount { answers: 300, ..NOTHING });
    let responses = || library.tables().find(|table| table.name == "survey_responses").unwrap();
    let ids: HashSet<_> = column(responses(), "id").into_iter().map(|id| format!("{id:?}")).collect();
    assert_eq!(ids.len(), 300);
    let (mut written, mut left_out) = (0, 0);
    for kept in column(responses(), "answers") {
        let Value::Text(kept) = kept else { panic!("{kept:?}") };
        let kept: Vec<serde_json::Value> = serde_json::from_str(&kept).unwrap();
        // Nine elements from 1 to 4, six questions with up to six options, and a few words.
        let limits = [(9, 1, 4), (6, 0, 5)].into_iter().flat_map(|(count, least, most)| vec![(least, most); count]);
        for (value, (least, most)) in kept.iter().zip(limits) {
            left_out += usize::from(value.is_null());
            assert!(value.is_null() || (least..=most).contains(&value.as_i64().unwrap()), "{kept:?}");
        }
        written += usize::from(kept[15].is_string());
        assert_eq!(kept.len(), 16);
    }
    assert!((50..200).contains(&left_out) && (5..40).contains(&written), "{left_out} {written}");
}

#[test]
fn indicators_show_the_last_twelve_of_their_months() {
    let library = Library::new(Amount { indicators: 2, ..NOTHING });
    let table = |name: &str| library.tables().find(|table| table.name == name).unwrap();
    let from = format!("{:?}", column(table("indicators"), "shown_from")[0]);
    let starts = column(table("measurements"), "starts_on");
    let shown = starts.iter().filter(|day| format!("{day:?}") >= from).count();
    assert_eq!((starts.len(), shown), (2 * 120, 2 * 12));
    assert!(matches!(&column(table("measurements"), "period")[..2], [Value::Text(first), Value::Text(second)]
        if first == "2014-01" && second == "2014-02"));
}
