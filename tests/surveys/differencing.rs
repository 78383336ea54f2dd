//! An attacker adds and subtracts everything that is told of 200 people, to the library and to the public, as data and as a table,
//! and never learns of fewer people than the threshold.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::asked::{Survey, question};
use super::attacker::{Draw, Group, fewest, pairs_tell_of};
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
/// The elements of ADKAR. Six in ten answer them, and here and there somebody leaves one out.
const CHANGE: [&str; 5] = ["AWARENESS", "DESIRE", "KNOWLEDGE", "ABILITY", "REINFORCEMENT"];

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
    let mut everybody: Vec<Person> = (0..200).map(|place| person(place, draw)).collect();
    for person in &mut everybody {
        if draw.below(10) < 6 {
            let said = CHANGE.iter().filter(|_| draw.below(60) > 0).copied().collect::<Vec<_>>();
            person.answers.extend(said.into_iter().map(|code| (code, draw.by(&[5, 10, 20, 40, 25]))));
        }
    }
    everybody
}

/// Where somebody who answered all elements meets their barrier.
fn barrier(person: &Person) -> Option<usize> {
    let scores: Vec<usize> = CHANGE.iter().map(|code| person.answers.get(code).copied()).collect::<Option<_>>()?;
    Some(scores.iter().position(|slot| *slot < 3).unwrap_or(CHANGE.len()))
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
    for code in CHANGE {
        questions.push(question(code, "likert_5", &[], &[&format!("adkar_{}", code.to_lowercase())]));
    }
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
            if group["adkar"]["answered_count"].is_u64() {
                let all: Group = people.iter().copied().filter(|one| barrier(&everybody[*one]).is_some()).collect();
                assert_eq!(number(&group["adkar"]["answered_count"]), all.len());
                for (place, met) in group["adkar"]["people"].as_array().unwrap().iter().enumerate() {
                    let meet = all.iter().filter(|one| barrier(&everybody[**one]) == Some(place)).count();
                    assert_eq!(number(&met["count"]), meet);
                }
                told.entry("barrier".to_owned()).or_default().groups.insert(key.clone(), all);
            }
        }
        reliable(&results["reliability"], everybody, least);
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

/// Alpha is of those who answered all questions of a scale: it is told where leaving one out is nobody's, or enough people's.
fn reliable(scales: &Value, everybody: &[Person], least: usize) {
    for scale in scales.as_array().unwrap() {
        let codes: Vec<&str> =
            scale["question_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        let all = |person: &&Person| codes.iter().all(|code| person.answers.contains_key(code));
        let complete = everybody.iter().filter(all).count();
        let rests = codes
            .iter()
            .map(|code| everybody.iter().filter(|person| person.answers.contains_key(code)).count() - complete);
        let told = complete >= least && rests.clone().all(|rest| rest == 0 || rest >= least);
        assert_eq!((scale["answered_count"].is_u64(), scale["alpha"].is_f64()), (told, told), "{rests:?}");
    }
}

/// What is told of an element of ADKAR and of the barrier is of the same answers: both are held against one another.
fn across(told: &[&HashMap<String, Told>], code: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    for told in told {
        for code in [code, "barrier"] {
            groups.extend(told.get(code).into_iter().flat_map(|told| told.groups.values().cloned()));
        }
    }
    groups
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
        for code in CHANGE {
            for (told, least) in [(&[&library][..], 5), (&[&public], 10), (&[&library, &public], 5)] {
                let groups = across(told, code);
                let found = pairs_tell_of(&groups).min(fewest(&groups, everybody.len(), &mut draw, 300));
                assert!(found >= least, "the barrier and {code} tell of {found}");
            }
        }
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
