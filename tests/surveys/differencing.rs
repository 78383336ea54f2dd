//! An attacker adds and subtracts everything that is told of 200 people, to the library and to the public, as data and as a table,
//! and never learns of fewer people than the threshold.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::asked::{Survey, question};
use crate::support::{Client, each_database, json};

/// The questions that tell people apart, with their options.
const DIMENSIONS: [(&str, &str, &[&str]); 5] = [
    ("sex", "SEX", &["F", "M"]),
    ("age_band", "AGE", &["CHILD", "TEEN", "ADULT", "OLDER", "OLD"]),
    ("occupation", "WORK", &["PUPIL", "STAFF", "TRADER", "FISHER", "OTHER"]),
    ("education", "SCHOOL", &["SD", "SMP", "SMA", "S1", "S2"]),
    ("service", "SERVICE", &["LOAN", "READING", "CHILDREN", "DIGITAL"]),
];
const QUESTIONS: [&str; 4] = ["Q1", "Q2", "RARE", "CHOICE"];

/// Numbers without order, the same each time (xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    /// A place by weight.
    fn by(&mut self, weights: &[u64]) -> usize {
        let mut drawn = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                let found = drawn < *weight;
                drawn = drawn.saturating_sub(*weight);
                found
            })
            .unwrap()
    }
}

/// Somebody: the option of each dimension (none where they said nothing), and what they answered.
#[derive(Clone)]
struct Person {
    options: Vec<Option<usize>>,
    answers: HashMap<&'static str, usize>,
}

/// People as readers are: pupils are young, but for one; a few say nothing; some groups are tiny.
fn people(draw: &mut Draw) -> Vec<Person> {
    let person = |place: u64, draw: &mut Draw| {
        let age = draw.by(&[20, 30, 90, 50, 3]);
        let work = if age < 2 && place != 7 { 0 } else { draw.by(&[0, 60, 40, 4, 30]) };
        let school = if age == 0 { 0 } else { draw.by(&[5, 20, 60, 30, 2]) };
        let options = [draw.by(&[55, 45]), age, work, school, draw.by(&[80, 60, 40, 12])];
        let options = options.map(|option| (draw.below(25) > 0).then_some(option)).to_vec();
        let mut answers = HashMap::new();
        for (code, often) in [("Q1", 100), ("Q2", 88), ("RARE", 15), ("CHOICE", 96)] {
            if draw.below(100) < often {
                answers.insert(code, draw.by(&[5, 10, 20, 40, 25]));
            }
        }
        Person { options, answers }
    };
    (0..200).map(|place| person(place, draw)).collect()
}

fn asked() -> Vec<Value> {
    let mut questions: Vec<Value> = DIMENSIONS
        .iter()
        .map(|(by, code, options)| question(code, "single", options, &[&format!("demographic_{by}")]))
        .collect();
    for code in &QUESTIONS[..3] {
        questions.push(question(code, "likert_5", &[], &["csat"]));
    }
    questions.push(question("CHOICE", "single", &["A", "B", "C", "D", "E"], &[]));
    questions
}

fn answers(person: &Person) -> Vec<(String, Value)> {
    let chosen = person.options.iter().zip(DIMENSIONS);
    let said = chosen.filter_map(|(option, (_, code, options))| Some((code.to_owned(), json!(options[(*option)?]))));
    let given = person.answers.iter().map(|(code, slot)| {
        let value = if *code == "CHOICE" { json!(["A", "B", "C", "D", "E"][*slot]) } else { json!(slot + 1) };
        ((*code).to_owned(), value)
    });
    said.chain(given).collect()
}

/// Who is in a group that was told: the people whose option is among its codes, or who said nothing. What a group holds besides
/// its codes is not said; it is known from the others of the same dimension.
type Group = BTreeSet<usize>;

/// Everything that was told of a question: of how many people of which group.
#[derive(Default)]
struct Told {
    groups: BTreeMap<(String, Vec<String>), Group>,
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// The people of a told group, by what is said of it and by its count: those who said nothing are in the group without codes, or else
/// in the one that needs them.
fn members(everybody: &[Person], by: &str, group: &Value) -> Group {
    let (place, (_, _, options)) = DIMENSIONS.iter().enumerate().find(|(_, (name, ..))| *name == by).unwrap();
    let codes: Vec<&str> = group["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    let chose = |person: &Person| person.options[place].is_some_and(|option| codes.contains(&options[option]));
    let chosen: Group = (0..everybody.len()).filter(|one| chose(&everybody[*one])).collect();
    let count = number(&group["answered_count"]);
    if chosen.len() == count {
        return chosen;
    }
    let silent = (0..everybody.len()).filter(|one| everybody[*one].options[place].is_none());
    let all: Group = chosen.into_iter().chain(silent).collect();
    assert_eq!(all.len(), count, "a group is of those who chose its options, and maybe of those who said nothing");
    all
}

/// Reads everything that a caller can read, and checks each figure against the answers themselves.
async fn read(caller: &Client, path: &str, everybody: &[Person], least: usize, told: &mut HashMap<String, Told>) {
    for by in std::iter::once(None).chain(DIMENSIONS.iter().map(|(by, ..)| Some(*by))) {
        let query = by.map(|by| format!("?by={by}")).unwrap_or_default();
        let results = caller.get(&format!("{path}{query}")).await.ok().json;
        let whole = (String::new(), results["overall"].clone(), (0..everybody.len()).collect::<Group>());
        let groups = results["groups"].as_array().unwrap().iter().map(|group| {
            let by = by.unwrap();
            (by.to_owned(), group.clone(), members(everybody, by, group))
        });
        let seen: Vec<_> = std::iter::once(whole).chain(groups).collect();
        for (by, group, people) in &seen {
            assert!(people.len() >= least, "{by} tells of {}", people.len());
            let codes: Vec<String> =
                group["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
            let key = (by.clone(), codes);
            told.entry("people".to_owned()).or_default().groups.insert(key.clone(), people.clone());
            for question in group["questions"].as_array().unwrap() {
                let code = question["code"].as_str().unwrap();
                let answered: Group =
                    people.iter().copied().filter(|one| everybody[*one].answers.contains_key(code)).collect();
                if question["is_withheld"] == true {
                    assert_eq!(
                        (&question["answered_count"], &question["answers"], &question["mean"]),
                        (&Value::Null, &json!([]), &Value::Null)
                    );
                    continue;
                }
                assert_eq!(number(&question["answered_count"]), answered.len());
                for (slot, answer) in question["answers"].as_array().unwrap().iter().enumerate() {
                    let chose = answered.iter().filter(|one| everybody[**one].answers[code] == slot).count();
                    assert_eq!(number(&answer["count"]), chose);
                }
                told.entry(code.to_owned()).or_default().groups.insert(key.clone(), answered);
            }
        }
        // The table tells of the same groups and questions, and of no other.
        let table = caller.get(&format!("{path}.csv{query}")).await.ok();
        let mut reader = csv::Reader::from_reader(table.body.as_slice());
        let rows: BTreeSet<(String, String, String, String)> = reader
            .records()
            .map(|row| {
                row.map(|row| (row[0].to_owned(), row[2].to_owned(), row[3].to_owned(), row[6].to_owned())).unwrap()
            })
            .collect();
        let text = |value: &Value| value.as_u64().map(|count| count.to_string()).unwrap_or_default();
        let expected = seen.iter().flat_map(|(_, group, _)| {
            let codes: Vec<&str> =
                group["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
            let (codes, count) = (codes.join(" "), text(&group["answered_count"]));
            group["questions"].as_array().unwrap().iter().map(move |question| {
                (
                    codes.clone(),
                    count.clone(),
                    question["code"].as_str().unwrap().to_owned(),
                    text(&question["answered_count"]),
                )
            })
        });
        assert_eq!(rows, expected.collect());
    }
}

/// A large prime: what is zero modulo it is zero, but for a chance that nobody meets.
const PRIME: u128 = (1 << 61) - 1;

fn inverse(value: u128) -> u128 {
    let (mut power, mut result, mut exponent) = (value, 1, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * power % PRIME;
        }
        power = power * power % PRIME;
        exponent >>= 1;
    }
    result
}

/// Rows in echelon form; says whether a row is independent of those before it.
#[derive(Default)]
struct Echelon(Vec<(usize, Vec<u128>)>);

impl Echelon {
    fn take(&mut self, row: &[u128]) -> bool {
        let mut row = row.to_vec();
        for (pivot, other) in &self.0 {
            let factor = row[*pivot];
            if factor > 0 {
                for (value, other) in row.iter_mut().zip(other) {
                    *value = (*value + (PRIME - factor) * other) % PRIME;
                }
            }
        }
        let Some(pivot) = row.iter().position(|value| *value > 0) else { return false };
        let scale = inverse(row[pivot]);
        for value in &mut row {
            *value = *value * scale % PRIME;
        }
        self.0.push((pivot, row));
        true
    }

    /// Weights of the publications whose sum is zero for each row that was taken: the first column that is no pivot is 1.
    fn vanishing(&self, columns: usize) -> Option<Vec<u128>> {
        let free = (0..columns).find(|column| self.0.iter().all(|(pivot, _)| pivot != column))?;
        let mut weights = vec![0; columns];
        weights[free] = 1;
        for (pivot, row) in self.0.iter().rev() {
            let sum = (0..columns)
                .filter(|column| column != pivot)
                .fold(0, |sum, column| (sum + row[column] * weights[column]) % PRIME);
            weights[*pivot] = (PRIME - sum) % PRIME;
        }
        Some(weights)
    }
}

/// The fewest people that some combination of these groups is about, as far as `tries` attempts find: each takes people in a random
/// order until all but one of the combinations are fixed, makes the last one zero on them, and counts on whom it is not. Whatever
/// is about few people is zero on nearly all others, so that nearly every attempt finds it.
fn fewest(groups: &[Group], count: usize, draw: &mut Draw, tries: usize) -> usize {
    let row = |one: usize| groups.iter().map(|group| u128::from(group.contains(&one))).collect::<Vec<_>>();
    let rows: Vec<Vec<u128>> = (0..count).map(row).filter(|row| row.iter().any(|value| *value > 0)).collect();
    // Publications that follow from others add nothing; without them each combination has one form.
    let mut kept: Vec<usize> = Vec::new();
    let mut independent = Echelon::default();
    for column in 0..groups.len() {
        if independent.take(&rows.iter().map(|row| row[column]).collect::<Vec<_>>()) {
            kept.push(column);
        }
    }
    let rows: Vec<Vec<u128>> = rows.iter().map(|row| kept.iter().map(|column| row[*column]).collect()).collect();
    let mut fewest = usize::MAX;
    for _ in 0..tries {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        for place in (1..order.len()).rev() {
            order.swap(place, usize::try_from(draw.below(place as u64 + 1)).unwrap());
        }
        let mut fixed = Echelon::default();
        for one in order {
            if fixed.0.len() + 1 == kept.len() {
                break;
            }
            fixed.take(&rows[one]);
        }
        let weights = fixed.vanishing(kept.len()).unwrap();
        let on = |row: &Vec<u128>| {
            row.iter().zip(&weights).fold(0, |sum, (value, weight)| (sum + value * weight) % PRIME) > 0
        };
        fewest = fewest.min(rows.iter().filter(|row| on(row)).count());
    }
    fewest
}

/// Every pair of groups: their difference, and what only one of them has.
fn pairs_tell_of(groups: &[Group]) -> usize {
    let pairs =
        groups.iter().enumerate().flat_map(|(place, one)| groups[..place].iter().map(move |other| (one, other)));
    pairs
        .map(|(one, other)| one.symmetric_difference(other).count())
        .filter(|count| *count > 0)
        .min()
        .unwrap_or(usize::MAX)
}

#[actix_web::test]
async fn nobody_can_work_out_what_fewer_people_answered() {
    each_database(async |app| {
        let admin = app.admin().await;
        let mut draw = Draw(0x5EED_0001_2026_0511);
        let everybody = people(&mut draw);
        let given: Vec<_> = everybody.iter().map(answers).collect();
        let survey = Survey::of(&app, &admin, "DIFFERENCES", asked()).await.answered(&given).await;
        survey.publish().await;
        let (mut library, mut public) = (HashMap::new(), HashMap::new());
        read(&admin, &survey.results(), &everybody, 5, &mut library).await;
        read(&app.anonymous(), &survey.published(), &everybody, 10, &mut public).await;

        // It is of use: several dimensions, and some questions broken down by them.
        let dimensions = |told: &HashMap<String, Told>, code: &str| {
            told[code]
                .groups
                .keys()
                .map(|(by, _)| by.clone())
                .filter(|by| !by.is_empty())
                .collect::<BTreeSet<_>>()
                .len()
        };
        assert!(dimensions(&library, "people") >= 4, "{:?}", library["people"].groups.keys());
        assert!(dimensions(&library, "Q1") >= 4 && dimensions(&public, "people") >= 2);

        let mut tried = 0;
        for (told, least) in [(&library, 5), (&public, 10)] {
            for (code, told) in told {
                let groups: Vec<Group> = told.groups.values().cloned().collect();
                tried += groups.len() * (groups.len() - 1) / 2;
                let pair = pairs_tell_of(&groups);
                assert!(pair >= least, "two groups of {code} tell of {pair}");
                let found = fewest(&groups, everybody.len(), &mut draw, 300);
                assert!(found >= least, "a combination of groups of {code} tells of {found}");
            }
        }
        assert!(tried > 100, "{tried} pairs");
        // Who reads both learns no more than from the library's alone.
        for (code, told) in &public {
            let both: Vec<Group> = told.groups.values().chain(library[code].groups.values()).cloned().collect();
            assert!(pairs_tell_of(&both) >= 5 && fewest(&both, everybody.len(), &mut draw, 300) >= 5, "{code}");
        }
    })
    .await;
}

#[test]
fn the_attacker_finds_what_plain_tables_give_away() {
    let mut draw = Draw(0x5EED_0001_2026_0511);
    let everybody = people(&mut draw);
    let plain: Vec<Group> = (0..DIMENSIONS.len())
        .flat_map(|place| {
            let of = |option: Option<usize>| {
                (0..200).filter(|one| everybody[*one].options[place] == option).collect::<Group>()
            };
            (0..DIMENSIONS[place].2.len()).map(|option| of(Some(option))).chain([of(None)]).collect::<Vec<_>>()
        })
        // As many surveys do it: groups below five are left out, and nothing else.
        .filter(|group| group.len() >= 5)
        .collect();
    let all: Vec<Group> = plain.into_iter().chain([(0..200).collect()]).collect();
    assert!(fewest(&all, 200, &mut draw, 300) < 5);
}
