//! What the questions of a questionnaire must be, beyond the limits of each field.

use std::collections::HashSet;

use super::questions::{QuestionKind, SurveyQuestion};
use crate::kernel::validation::{Fault, OUT_OF_RANGE, REPEATED, Violation};

/// The options do not suit the kind of question.
pub const WRONG_OPTIONS: Fault = Fault {
    code: "wrong_options",
    id: "Pilihan harus sesuai jenis pertanyaan: paling sedikit dua untuk pilihan, nilai skala untuk skala, kosong untuk lainnya",
    en: "Options must suit the kind: two or more for a choice, values of the scale for a scale, none for others",
};

/// What is said does not go with the kind of question.
pub const NOT_FOR_THIS_KIND: Fault = Fault {
    code: "not_for_this_kind",
    id: "Tidak berlaku untuk jenis pertanyaan ini",
    en: "Does not go with this kind of question",
};

/// Everything that is wrong with these questions.
pub fn wrong_questions(questions: &[SurveyQuestion]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let (mut codes, mut tags) = (HashSet::new(), HashSet::new());
    for (number, question) in questions.iter().enumerate() {
        let at = |rest: &str| format!("#/questions/{number}/{rest}");
        if !codes.insert(&question.code) {
            wrong.push(Violation::pointer(at("code"), &REPEATED));
        }
        if !options_fit(question) {
            wrong.push(Violation::pointer(at("options"), &WRONG_OPTIONS));
        }
        for (place, tag) in question.tags.iter().enumerate() {
            if !tag.fits(question.kind) {
                wrong.push(Violation::pointer(at(&format!("tags/{place}")), &NOT_FOR_THIS_KIND));
            } else if tag.stands_once() && !tags.insert(*tag) {
                wrong.push(Violation::pointer(at(&format!("tags/{place}")), &REPEATED));
            }
        }
        let limits = [("least", question.least), ("most", question.most)];
        let foreign = limits.iter().filter(|(_, limit)| limit.is_some() && question.kind != QuestionKind::Number);
        wrong.extend(foreign.map(|(name, _)| Violation::pointer(at(name), &NOT_FOR_THIS_KIND)));
        if let (Some(least), Some(most)) = (question.least, question.most)
            && most < least
        {
            wrong.push(Violation::pointer(at("most"), &OUT_OF_RANGE).with("min", least).with("max", 1_000_000_000));
        }
    }
    wrong
}

fn options_fit(question: &SurveyQuestion) -> bool {
    let codes: HashSet<&str> = question.options.iter().map(|option| option.code.as_str()).collect();
    if codes.len() < question.options.len() {
        return false;
    }
    match (question.kind, question.kind.scale()) {
        (_, Some((least, most))) => codes.iter().all(|code| {
            // Written as the value is: `01` is no value.
            code.parse().is_ok_and(|value: i32| (least..=most).contains(&value) && value.to_string() == *code)
        }),
        (QuestionKind::Single | QuestionKind::Multiple, None) => codes.len() >= 2,
        _ => codes.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::questions::{QuestionOption, QuestionTag};
    use super::*;
    use crate::kernel::language::Localized;
    use crate::kernel::validation::Place;

    fn question(code: &str, kind: QuestionKind, options: &[&str], tags: &[QuestionTag]) -> SurveyQuestion {
        let named = |code: &&str| QuestionOption { code: (*code).to_owned(), text: Localized::new("a", "b") };
        SurveyQuestion {
            code: code.to_owned(),
            kind,
            text: Localized::new("Apa?", "What?"),
            is_required: true,
            options: options.iter().map(named).collect(),
            least: None,
            most: None,
            tags: tags.to_vec(),
        }
    }

    fn places(questions: &[SurveyQuestion]) -> Vec<String> {
        let place = |wrong: Violation| match wrong.place {
            Place::Pointer(at) => format!("{at} {}", wrong.fault.code),
            other => format!("{other:?}"),
        };
        wrong_questions(questions).into_iter().map(place).collect()
    }

    #[test]
    fn options_suit_the_kind() {
        let fits = |kind, options: &[&str]| places(&[question("A", kind, options, &[])]).is_empty();
        assert!(fits(QuestionKind::Likert5, &[]) && fits(QuestionKind::Likert5, &["1", "5"]));
        assert!(fits(QuestionKind::Scale0To10, &["0", "10"]) && !fits(QuestionKind::Likert5, &["0"]));
        assert!(!fits(QuestionKind::Scale1To4, &["04"]) && !fits(QuestionKind::Scale1To4, &["5"]));
        assert!(fits(QuestionKind::Single, &["A", "B"]) && !fits(QuestionKind::Multiple, &["A"]));
        assert!(!fits(QuestionKind::Single, &["A", "A"]) && !fits(QuestionKind::Text, &["A", "B"]));
    }

    #[test]
    fn what_stands_once_stands_once_and_measures_suit_the_kind() {
        let element = question("U1", QuestionKind::Scale1To4, &[], &[QuestionTag::SkmU1]);
        let again = SurveyQuestion { code: "U1B".to_owned(), ..element.clone() };
        assert_eq!(places(&[element.clone(), again]), ["#/questions/1/tags/0 repeated"]);
        assert_eq!(
            places(&[element.clone(), element]),
            ["#/questions/1/code repeated", "#/questions/1/tags/0 repeated"]
        );
        let wrong = question("N", QuestionKind::Likert5, &[], &[QuestionTag::Nps, QuestionTag::Csat]);
        assert_eq!(places(&[wrong]), ["#/questions/0/tags/0 not_for_this_kind"]);
        let mut number = question("AGE", QuestionKind::Number, &[], &[]);
        (number.least, number.most) = (Some(10), Some(5));
        assert_eq!(places(&[number.clone()]), ["#/questions/0/most out_of_range"]);
        number.kind = QuestionKind::Text;
        number.most = None;
        assert_eq!(places(&[number]), ["#/questions/0/least not_for_this_kind"]);
    }
}
