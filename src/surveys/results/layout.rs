//! How the answers to a questionnaire are counted: what is a figure, and by what people can be told apart.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::surveys::questionnaires::questions::{QuestionKind, QuestionTag, SurveyQuestion};
use crate::surveys::statistics::change::{CHANGE_ELEMENTS, barrier};
use crate::surveys::statistics::exact::Fraction;

/// What is said of a respondent, by which results can be broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResultDimension {
    /// Jenis kelamin.
    Sex,
    /// Kelompok usia.
    AgeBand,
    /// Pendidikan.
    Education,
    /// Pekerjaan.
    Occupation,
    /// Jenis layanan.
    Service,
    /// Kecamatan.
    District,
}

/// The tag of the question behind each dimension.
const DIMENSIONS: [(QuestionTag, ResultDimension); 6] = [
    (QuestionTag::DemographicSex, ResultDimension::Sex),
    (QuestionTag::DemographicAgeBand, ResultDimension::AgeBand),
    (QuestionTag::DemographicEducation, ResultDimension::Education),
    (QuestionTag::DemographicOccupation, ResultDimension::Occupation),
    (QuestionTag::DemographicService, ResultDimension::Service),
    (QuestionTag::DemographicDistrict, ResultDimension::District),
];

/// The tags of the elements of ADKAR, in their order.
const CHANGE_TAGS: [QuestionTag; 5] = [
    QuestionTag::AdkarAwareness,
    QuestionTag::AdkarDesire,
    QuestionTag::AdkarKnowledge,
    QuestionTag::AdkarAbility,
    QuestionTag::AdkarReinforcement,
];

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A question, by its place.
    Question(usize),
    /// The barrier that a person's answers to the questions on ADKAR show.
    Barrier,
}

/// Something that is counted, and how many counts it takes.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// What.
    pub measure: Measure,
    /// Where its counts begin.
    pub first: usize,
    /// How many counts it has: one for each value or option.
    pub slots: usize,
}

/// How somebody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Values or options, by their place.
    Slots(Vec<usize>),
    /// A number, in hundredths.
    Number(i64),
    /// Words.
    Words(String),
}

/// How the answers to a questionnaire are counted.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The questions.
    pub questions: Vec<SurveyQuestion>,
    /// The dimensions with their questions, in the order in which they are asked.
    pub dimensions: Vec<(ResultDimension, usize)>,
    /// What is counted. What is said of respondents is not: it tells them apart.
    pub variables: Vec<Variable>,
    /// All counts.
    pub slots: usize,
    /// The questions of each element of ADKAR; empty unless every element has one.
    change: Vec<Vec<usize>>,
}

impl Layout {
    /// The layout of these questions.
    pub fn of(questions: &[SurveyQuestion]) -> Self {
        let dimension = |question: &SurveyQuestion| {
            let tagged = DIMENSIONS.iter().find(|(tag, _)| question.tags.contains(tag));
            tagged.filter(|_| question.kind == QuestionKind::Single).map(|(_, dimension)| *dimension)
        };
        let places = || questions.iter().enumerate();
        let with = |tag: QuestionTag| places().filter(move |(_, question)| question.tags.contains(&tag));
        let change: Vec<Vec<usize>> = CHANGE_TAGS.map(|tag| with(tag).map(|(place, _)| place).collect()).into();
        let has_change = change.iter().all(|questions| !questions.is_empty());
        let mut layout = Self {
            questions: questions.to_vec(),
            dimensions: places().filter_map(|(place, asked)| Some((dimension(asked)?, place))).collect(),
            variables: Vec::new(),
            slots: 0,
            change: if has_change { change } else { Vec::new() },
        };
        let counted = places().filter(|(_, question)| dimension(question).is_none());
        let measures = counted.map(|(place, question)| (Measure::Question(place), values(question).len()));
        let barrier = has_change.then_some((Measure::Barrier, CHANGE_ELEMENTS.len() + 1));
        for (measure, slots) in measures.chain(barrier) {
            layout.variables.push(Variable { measure, first: layout.slots, slots });
            layout.slots += slots;
        }
        layout
    }

    /// How many categories each dimension has: its options, and those who said nothing.
    pub fn categories(&self) -> Vec<usize> {
        let options = |place: usize| self.questions.get(place).map_or(0, |question| question.options.len());
        self.dimensions.iter().map(|(_, place)| options(*place) + 1).collect()
    }

    /// The category of a respondent in each dimension; the last is of those who said nothing.
    pub fn class(&self, answers: &[Value]) -> Vec<usize> {
        let options = |place: usize| self.questions.get(place).map_or(0, |question| question.options.len());
        let chosen = |place: usize| option(answers.get(place)?, options(place));
        self.dimensions.iter().map(|(_, place)| chosen(*place).unwrap_or(options(*place))).collect()
    }

    /// What somebody answered to something that is counted; nothing where they left it out.
    pub fn given(&self, variable: Variable, answers: &[Value]) -> Option<Given> {
        match variable.measure {
            Measure::Question(place) => given(self.questions.get(place)?, answers.get(place)?),
            Measure::Barrier => self.barrier(answers).map(|slot| Given::Slots(vec![slot])),
        }
    }

    fn barrier(&self, answers: &[Value]) -> Option<usize> {
        let mut scores = Vec::new();
        for questions in &self.change {
            let mut sum = 0;
            for place in questions {
                sum += i64::from(self.value(*place, answers)?);
            }
            scores.push(Fraction::new(sum, questions.len())?);
        }
        let found = barrier(&scores.try_into().ok()?);
        let place = |element| CHANGE_ELEMENTS.iter().position(|other| *other == element);
        Some(found.and_then(place).unwrap_or(CHANGE_ELEMENTS.len()))
    }

    /// What somebody answered on a scale.
    pub fn value(&self, place: usize, answers: &[Value]) -> Option<i32> {
        let (least, most) = self.questions.get(place)?.kind.scale()?;
        let value = i32::try_from(answers.get(place)?.as_i64()?).ok()?;
        (least..=most).contains(&value).then_some(value)
    }

    /// The variable of a question.
    pub fn variable_of(&self, place: usize) -> Option<usize> {
        self.variables.iter().position(|variable| variable.measure == Measure::Question(place))
    }

    /// The variable of the barrier, where ADKAR is asked.
    pub fn barrier_variable(&self) -> Option<usize> {
        self.variables.iter().position(|variable| variable.measure == Measure::Barrier)
    }

    /// The questions that measure any of these.
    pub fn tagged(&self, tags: &[QuestionTag]) -> Vec<usize> {
        let measures = |question: &SurveyQuestion| question.tags.iter().any(|tag| tags.contains(tag));
        let places = self.questions.iter().enumerate();
        places.filter(|(_, question)| measures(question)).map(|(place, _)| place).collect()
    }

    /// The questions of each element of ADKAR, in order; empty unless every element has one.
    pub fn change(&self) -> &[Vec<usize>] {
        &self.change
    }
}

/// The codes of the values or options that can be chosen.
pub fn values(question: &SurveyQuestion) -> Vec<String> {
    match question.kind.scale() {
        Some((least, most)) => (least..=most).map(|value| value.to_string()).collect(),
        None => question.options.iter().map(|option| option.code.clone()).collect(),
    }
}

/// The place of an option that was chosen among so many.
fn option(chosen: &Value, count: usize) -> Option<usize> {
    usize::try_from(chosen.as_u64()?).ok().filter(|place| *place < count)
}

fn given(question: &SurveyQuestion, answer: &Value) -> Option<Given> {
    let option = |chosen: &Value| option(chosen, question.options.len());
    match question.kind {
        QuestionKind::Likert5 | QuestionKind::Scale1To4 | QuestionKind::Scale0To10 => {
            let (least, most) = question.kind.scale()?;
            let value = i32::try_from(answer.as_i64()?).ok().filter(|value| (least..=most).contains(value))?;
            Some(Given::Slots(vec![usize::try_from(value - least).ok()?]))
        }
        QuestionKind::Single => Some(Given::Slots(vec![option(answer)?])),
        QuestionKind::Multiple => {
            let chosen: Vec<usize> = answer.as_array()?.iter().filter_map(option).collect();
            (!chosen.is_empty()).then_some(Given::Slots(chosen))
        }
        QuestionKind::Number => {
            let hundredths = (answer.as_f64()? * 100.0).round();
            #[expect(clippy::cast_possible_truncation, reason = "a number lies within a thousand million")]
            Some(Given::Number(hundredths as i64))
        }
        QuestionKind::Text => Some(Given::Words(answer.as_str()?.to_owned())),
    }
}
