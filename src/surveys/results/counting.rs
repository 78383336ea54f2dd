//! Counting answers, one at a time: the memory it takes grows with the kinds of respondents, not with their number.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::layout::{Given, Layout, Measure};
use crate::surveys::questionnaires::questions::{QuestionKind, QuestionTag};
use crate::surveys::statistics::disclosure::{Class, Partition};
use crate::surveys::statistics::reliability::Reliability;

/// What people of one kind answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many people.
    pub people: u64,
    /// How many of them answered each variable.
    pub answered: Vec<u32>,
    /// How many chose each value or option.
    pub slots: Vec<u32>,
    /// The sum of the numbers given to each variable, in hundredths.
    pub sums: Vec<i64>,
    /// How many of them answered all questions of each scale.
    pub complete: Vec<u32>,
}

impl Counts {
    fn of(layout: &Layout, scales: usize) -> Self {
        let variables = layout.variables.len();
        Self {
            people: 0,
            answered: vec![0; variables],
            slots: vec![0; layout.slots],
            sums: vec![0; variables],
            complete: vec![0; scales],
        }
    }

    /// How many answered this variable.
    pub fn answered(&self, variable: usize) -> u64 {
        self.answered.get(variable).copied().unwrap_or_default().into()
    }

    /// How many answered all questions of this scale.
    pub fn complete(&self, scale: usize) -> u64 {
        self.complete.get(scale).copied().unwrap_or_default().into()
    }

    fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.answered.iter_mut().zip(&other.answered).for_each(|(mine, more)| *mine += more);
        self.slots.iter_mut().zip(&other.slots).for_each(|(mine, more)| *mine += more);
        self.sums.iter_mut().zip(&other.sums).for_each(|(mine, more)| *mine += more);
        self.complete.iter_mut().zip(&other.complete).for_each(|(mine, more)| *mine += more);
    }
}

/// Questions that belong to one scale, whose reliability is of interest.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The name.
    pub name: ScaleName,
    /// Its questions, by their place.
    pub questions: Vec<usize>,
    /// Sums over those who answered all of them.
    pub sums: Reliability,
}

/// A scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScaleName {
    /// The elements of the citizen satisfaction survey (SKM).
    Skm,
    /// The elements of ADKAR.
    Adkar,
    /// Readiness for change.
    Readiness,
    /// Reaction to a training.
    Reaction,
    /// Satisfaction.
    Csat,
}

/// Which tags make a scale.
pub const SCALES: [(ScaleName, &[QuestionTag]); 5] = [
    (ScaleName::Skm, &SKM),
    (
        ScaleName::Adkar,
        &[
            QuestionTag::AdkarAwareness,
            QuestionTag::AdkarDesire,
            QuestionTag::AdkarKnowledge,
            QuestionTag::AdkarAbility,
            QuestionTag::AdkarReinforcement,
        ],
    ),
    (ScaleName::Readiness, &[QuestionTag::ReadinessCommitment, QuestionTag::ReadinessEfficacy]),
    (
        ScaleName::Reaction,
        &[
            QuestionTag::ReactionMaterial,
            QuestionTag::ReactionSpeaker,
            QuestionTag::ReactionOrganisation,
            QuestionTag::ReactionFacilities,
        ],
    ),
    (ScaleName::Csat, &[QuestionTag::Csat]),
];

/// The elements of the SKM, in order.
pub const SKM: [QuestionTag; 9] = [
    QuestionTag::SkmU1,
    QuestionTag::SkmU2,
    QuestionTag::SkmU3,
    QuestionTag::SkmU4,
    QuestionTag::SkmU5,
    QuestionTag::SkmU6,
    QuestionTag::SkmU7,
    QuestionTag::SkmU8,
    QuestionTag::SkmU9,
];

/// Everything that was answered, by the kinds of respondents.
#[derive(Clone, Debug)]
pub struct Counting {
    layout: Arc<Layout>,
    classes: HashMap<Vec<usize>, Counts>,
    /// The scales of the questionnaire.
    pub scales: Vec<Scale>,
}

impl Counting {
    /// Nothing yet.
    pub fn of(layout: Layout) -> Self {
        let scales = SCALES.into_iter().filter_map(|(name, tags)| {
            let kind = |place: &usize| layout.questions.get(*place).map(|question| question.kind);
            let questions = layout.tagged(tags);
            // Answers of different lengths of scale cannot be added up.
            let alike = questions.windows(2).all(|pair| pair.first().and_then(kind) == pair.last().and_then(kind));
            let scored = questions.first().and_then(kind).and_then(QuestionKind::scale).is_some();
            let sums = Reliability::of(questions.len());
            (questions.len() > 1 && alike && scored).then_some(Scale { name, questions, sums })
        });
        let scales = scales.collect();
        Self { layout: Arc::new(layout), classes: HashMap::new(), scales }
    }

    /// Takes in one respondent's answers.
    pub fn add(&mut self, answers: &[Value]) {
        let (layout, scales) = (&*self.layout, self.scales.len());
        let counts = self.classes.entry(layout.class(answers)).or_insert_with(|| Counts::of(layout, scales));
        counts.people += 1;
        for (number, variable) in layout.variables.iter().enumerate() {
            let Some(given) = layout.given(*variable, answers) else { continue };
            if let Some(answered) = counts.answered.get_mut(number) {
                *answered += 1;
            }
            match given {
                Given::Slots(slots) => {
                    for slot in slots {
                        if let Some(count) = counts.slots.get_mut(variable.first + slot) {
                            *count += 1;
                        }
                    }
                }
                Given::Number(number_given) => {
                    if let Some(sum) = counts.sums.get_mut(number) {
                        *sum += number_given;
                    }
                }
                Given::Words(_) => {}
            }
        }
        for (scale, complete) in self.scales.iter_mut().zip(&mut counts.complete) {
            *complete += u32::from(scale.sums.add(scale.questions.iter().map(|place| layout.value(*place, answers))));
        }
    }

    /// All of them together.
    pub fn everybody(&self) -> Counts {
        self.together(|_| true)
    }

    /// Those whose class fits.
    pub fn together(&self, fits: impl Fn(&[usize]) -> bool) -> Counts {
        let mut sum = Counts::of(&self.layout, self.scales.len());
        self.classes.iter().filter(|(class, _)| fits(class)).for_each(|(_, counts)| sum.add(counts));
        sum
    }

    /// The kinds of respondents, and how many of each are counted.
    pub fn classes(&self, count: impl Fn(&Counts) -> u64) -> Vec<Class> {
        self.classes.iter().map(|(class, counts)| (class.clone(), count(counts))).collect()
    }

    /// The same answers with the groups of these partitions for categories; all in one where a dimension has none.
    #[must_use]
    pub fn grouped(&self, partitions: &[Option<Partition>]) -> Self {
        let mut classes: HashMap<Vec<usize>, Counts> = HashMap::new();
        for (class, counts) in &self.classes {
            let group = |(category, partition): (&usize, &Option<Partition>)| {
                partition.as_ref().and_then(|partition| partition.get(*category).copied().flatten()).unwrap_or_default()
            };
            let key = class.iter().zip(partitions).map(group).collect();
            classes.entry(key).or_insert_with(|| Counts::of(&self.layout, self.scales.len())).add(counts);
        }
        Self { layout: Arc::clone(&self.layout), classes, scales: self.scales.clone() }
    }

    /// How the answers are counted.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
}

/// The words that were given to questions for words, each with the question's place.
pub fn words(layout: &Layout, answers: &[Value]) -> Vec<(usize, String)> {
    let given =
        layout.variables.iter().filter_map(|variable| match (variable.measure, layout.given(*variable, answers)) {
            (Measure::Question(place), Some(Given::Words(words))) => Some((place, words)),
            _ => None,
        });
    given.collect()
}
