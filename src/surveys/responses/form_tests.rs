use super::*;
use crate::kernel::validation::Place;
use crate::surveys::questionnaires::questions::QuestionOption;

fn form() -> Form {
    let question = |code: &str, kind, is_required| SurveyQuestion {
        code: code.to_owned(),
        kind,
        text: Localized::new("Apa?", "What?"),
        is_required,
        options: match kind {
            QuestionKind::Single | QuestionKind::Multiple => ["A", "B", "C"]
                .map(|code| QuestionOption { code: code.to_owned(), text: Localized::new("x", "y") })
                .to_vec(),
            _ => Vec::new(),
        },
        least: (kind == QuestionKind::Number).then_some(0),
        most: (kind == QuestionKind::Number).then_some(24),
        tags: Vec::new(),
    };
    let questions = vec![
        question("L", QuestionKind::Likert5, true),
        question("S", QuestionKind::Scale1To4, false),
        question("N", QuestionKind::Scale0To10, false),
        question("ONE", QuestionKind::Single, true),
        question("MANY", QuestionKind::Multiple, false),
        question("HOURS", QuestionKind::Number, false),
        question("WORDS", QuestionKind::Text, false),
    ];
    Form::new(None, questions)
}

fn answers(list: &[(&str, Value)]) -> Vec<SurveyAnswer> {
    let answer = |(question, value): &(&str, Value)| {
        serde_json::from_value(json!({"question": question, "value": value})).expect("an answer")
    };
    list.iter().map(answer).collect()
}

fn faults(list: &[(&str, Value)]) -> Vec<(String, &'static str)> {
    let Err(error) = form().written(&answers(list)) else { return Vec::new() };
    let place = |wrong: &Violation| match &wrong.place {
        Place::Pointer(at) => at.clone(),
        other => format!("{other:?}"),
    };
    error.refused().violations.iter().map(|wrong| (place(wrong), wrong.fault.code)).collect()
}

#[test]
fn what_is_answered_comes_back_as_it_was_said() {
    let all = answers(&[
        ("WORDS", json!("Terima kasih")),
        ("L", json!(5)),
        ("MANY", json!(["C", "A"])),
        ("HOURS", json!(1.5)),
        ("ONE", json!("B")),
        ("N", json!(0)),
    ]);
    let kept = form().written(&all).unwrap();
    assert_eq!(kept, r#"[5,null,0,1,[0,2],1.5,"Terima kasih"]"#);
    let again = form().read(&kept).unwrap();
    let codes: Vec<_> = again.iter().map(|answer| answer.question.as_str()).collect();
    assert_eq!(codes, ["L", "N", "ONE", "MANY", "HOURS", "WORDS"]);
    assert_eq!(again[3].value, AnswerValue::Choices(vec!["A".to_owned(), "C".to_owned()]));
    assert_eq!(form().written(&again).unwrap(), kept);
}

#[test]
fn every_fault_is_named_at_once() {
    let found = faults(&[
        ("L", json!(6)),
        ("S", json!(2.5)),
        ("N", json!("ten")),
        ("MANY", json!(["A", "A"])),
        ("HOURS", json!(25)),
        ("WORDS", json!("  ")),
        ("X", json!(1)),
        ("S", json!(1)),
    ]);
    let expected = [
        ("#/answers/0/value", "out_of_range"),
        ("#/answers/1/value", "wrong_type"),
        ("#/answers/2/value", "wrong_type"),
        ("#/answers/3/value/1", "repeated"),
        ("#/answers/4/value", "out_of_range"),
        ("#/answers/5/value", "blank"),
        ("#/answers/6/question", "no_such_question"),
        ("#/answers/7/question", "repeated"),
        ("#/answers", "answer_missing"),
    ];
    assert_eq!(found, expected.map(|(at, code)| (at.to_owned(), code)));
    let one = |value| faults(&[("L", json!(1)), ("ONE", value)]);
    assert_eq!(one(json!("D")), [("#/answers/1/value".to_owned(), "not_a_choice")]);
    assert_eq!(one(json!(["A"])), [("#/answers/1/value".to_owned(), "wrong_type")]);
    assert!(one(json!("A")).is_empty());
    assert_eq!(faults(&[("L", json!(1)), ("ONE", json!("A")), ("MANY", json!([]))])[0].1, "too_short");
    assert_eq!(faults(&[("L", json!(1)), ("ONE", json!("A")), ("HOURS", json!(0.125))])[0].1, "two_decimals");
}
