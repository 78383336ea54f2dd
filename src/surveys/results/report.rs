//! The figures of what was counted, as far as they may be told.

use serde::{Deserialize, Serialize};

use super::counting::{Counting, Counts, SKM, Scale};
use super::dto::{ProfileGroup, RespondentProfile};
use super::figures::{
    AdkarElementResult, AdkarResult, AnswerCount, BarrierCount, QuestionResult, ReactionResult, ReadinessResult,
    ResultGroup, ScaleReliability, SkmElementResult, SkmResult,
};
use super::layout::{Layout, Measure, ResultDimension, values};
use super::release::Release;
use crate::kernel::decimal::{decimal, four_places};
use crate::kernel::language::Localized;
use crate::surveys::questionnaires::questions::{QuestionKind, QuestionTag};
use crate::surveys::statistics::change::{CHANGE_ELEMENTS, barrier, readiness, resistance};
use crate::surveys::statistics::disclosure::{Partition, groups};
use crate::surveys::statistics::exact::Fraction;
use crate::surveys::statistics::satisfaction::{SkmGrade, SkmWeightMode, score};
use crate::surveys::statistics::tally::Tally;

/// How the index of the SKM is made: the mode of weights, and the least indices of the grades in hundredths.
pub type SkmRule = (SkmWeightMode, Vec<(i64, SkmGrade)>);

/// Everything that is told of a campaign, as it is frozen. `G` is what is read of its groups: nothing, the text, or themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report<G = Vec<ResultGroup>> {
    /// What everybody answered.
    pub overall: ResultGroup,
    /// How well the scales hang together.
    pub reliability: Vec<ScaleReliability>,
    /// Who answered.
    pub profile: Vec<RespondentProfile>,
    /// What each group answered, by dimension.
    pub breakdowns: Vec<Breakdown<G>>,
}

/// What the groups of a dimension answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Breakdown<G = Vec<ResultGroup>> {
    /// The dimension.
    pub by: ResultDimension,
    /// Its groups.
    pub groups: G,
}

/// Works out everything that may be told.
pub fn report(counting: &Counting, release: &Release, rule: Option<&SkmRule>) -> Report {
    let layout = counting.layout();
    let everybody = counting.everybody();
    let tells = release.tells(everybody.people);
    let overall = |variable: usize| release.overall.get(variable) == Some(&true);
    let figures = Figures { layout, counts: &everybody, told: &overall, rule };
    let overall = figures.group(Vec::new(), Localized::new("Semua", "Everybody"), tells);
    let grouped = counting.grouped(&release.partitions);
    let mut profile = Vec::new();
    let mut breakdowns = Vec::new();
    for (number, ((by, place), partition)) in layout.dimensions.iter().zip(&release.partitions).enumerate() {
        let Some(question) = layout.questions.get(*place) else { continue };
        let mut told = RespondentProfile {
            by: *by,
            question_code: question.code.clone(),
            text: question.text.clone(),
            is_withheld: partition.is_none(),
            groups: Vec::new(),
        };
        let Some(partition) = partition else {
            profile.push(told);
            continue;
        };
        let may_tell = |variable: usize| release.by.get(variable).and_then(|by| by.get(number)) == Some(&true);
        let mut breakdown = Breakdown { by: *by, groups: Vec::new() };
        for group in 0..groups(partition) {
            let (codes, label) = named(layout, *place, partition, group);
            let counts = grouped.together(|class| class.get(number) == Some(&group));
            told.groups.push(ProfileGroup {
                codes: codes.clone(),
                label: label.clone(),
                answered_count: signed(counts.people),
            });
            let figures = Figures { layout, counts: &counts, told: &may_tell, rule };
            breakdown.groups.push(figures.group(codes, label, true));
        }
        profile.push(told);
        breakdowns.push(breakdown);
    }
    let scales = counting.scales.iter().zip(&release.scales).map(|(scale, tells)| reliability(layout, scale, *tells));
    Report { overall, reliability: scales.collect(), profile, breakdowns }
}

/// The codes and the name of a group.
fn named(layout: &Layout, place: usize, partition: &Partition, group: usize) -> (Vec<String>, Localized) {
    let options = layout.questions.get(place).map_or(&[][..], |question| &question.options);
    let of_group = |category: usize| partition.get(category).copied().flatten() == Some(group);
    let members: Vec<_> =
        options.iter().enumerate().filter(|(category, _)| of_group(*category)).map(|(_, option)| option).collect();
    let label = match (members.as_slice(), of_group(options.len())) {
        ([only], false) => only.text.clone(),
        ([], true) => Localized::new("Tidak menyebutkan", "Did not say"),
        _ => Localized::new("Kelompok kecil digabung", "Small groups together"),
    };
    (members.into_iter().map(|option| option.code.clone()).collect(), label)
}

fn reliability(layout: &Layout, scale: &Scale, tells: bool) -> ScaleReliability {
    let code = |place: &usize| layout.questions.get(*place).map(|question| question.code.clone());
    ScaleReliability {
        scale: scale.name,
        question_codes: scale.questions.iter().filter_map(code).collect(),
        answered_count: tells.then(|| signed(scale.sums.people())),
        alpha: scale.sums.alpha().filter(|_| tells).map(|alpha| four(&alpha)),
    }
}

/// The figures of one group.
struct Figures<'a> {
    layout: &'a Layout,
    counts: &'a Counts,
    /// Which variables may be told of it.
    told: &'a dyn Fn(usize) -> bool,
    rule: Option<&'a SkmRule>,
}

impl Figures<'_> {
    fn group(&self, codes: Vec<String>, label: Localized, tells: bool) -> ResultGroup {
        let questions =
            self.layout.variables.iter().enumerate().filter_map(|(number, variable)| match variable.measure {
                Measure::Question(place) => self.question(number, place),
                Measure::Barrier => None,
            });
        ResultGroup {
            codes,
            label,
            answered_count: tells.then(|| signed(self.counts.people)),
            questions: questions.collect(),
            skm: self.satisfaction(),
            adkar: self.change(),
            readiness: self.readiness(),
            reaction: self.reaction(),
        }
    }

    fn question(&self, number: usize, place: usize) -> Option<QuestionResult> {
        let question = self.layout.questions.get(place)?;
        let mut result = QuestionResult {
            code: question.code.clone(),
            kind: question.kind,
            text: question.text.clone(),
            is_withheld: true,
            answered_count: None,
            answers: Vec::new(),
            mean: None,
            median: None,
            csat: None,
            nps: None,
        };
        if !(self.told)(number) {
            return Some(result);
        }
        let answered = self.counts.answered(number);
        result.is_withheld = false;
        result.answered_count = Some(signed(answered));
        let named = |code: &String| question.options.iter().find(|option| option.code == *code);
        let counted = values(question).into_iter().zip(self.slots(number));
        result.answers = counted
            .map(|(code, count)| AnswerCount {
                text: named(&code).map(|option| option.text.clone()),
                count: signed(count),
                share: percent(count, answered),
                code,
            })
            .collect();
        if let Some(tally) = self.tally(place) {
            result.mean = tally.mean().map(|mean| four(&mean));
            result.median = tally.median().map(|median| decimal(median.rounded(100)));
            result.csat = tally.satisfied(4).filter(|_| question.kind == QuestionKind::Likert5).map(|csat| two(&csat));
            result.nps =
                tally.net_promoters().filter(|_| question.kind == QuestionKind::Scale0To10).map(|nps| two(&nps));
        } else if question.kind == QuestionKind::Number {
            let sum = self.counts.sums.get(number).copied().unwrap_or_default();
            result.mean = Fraction::new(sum, 100 * answered).map(|mean| four(&mean));
        }
        Some(result)
    }

    fn slots(&self, number: usize) -> Vec<u64> {
        let Some(variable) = self.layout.variables.get(number) else { return Vec::new() };
        let all = self.counts.slots.iter().skip(variable.first).take(variable.slots);
        all.map(|count| u64::from(*count)).collect()
    }

    /// The answers to a question on a scale.
    fn tally(&self, place: usize) -> Option<Tally> {
        let (least, _) = self.layout.questions.get(place)?.kind.scale()?;
        let counts = self.slots(self.layout.variable_of(place)?);
        Some(Tally((least..).zip(counts).collect()))
    }

    /// The answers to questions on scales, where all of them may be told.
    fn tallies(&self, places: &[usize]) -> Option<Vec<Tally>> {
        let may_tell = |place: &usize| self.layout.variable_of(*place).is_some_and(self.told);
        let tallies = places.iter().map(|place| self.tally(*place).filter(|_| may_tell(place)));
        tallies.collect::<Option<Vec<_>>>().filter(|tallies| !tallies.is_empty())
    }

    fn satisfaction(&self) -> Option<SkmResult> {
        let (mode, grades) = self.rule?;
        let asked = SKM
            .iter()
            .zip(1..)
            .filter_map(|(tag, element)| self.layout.tagged(&[*tag]).first().map(|place| (element, *place)));
        let asked: Vec<(i32, usize)> = asked.collect();
        let places: Vec<usize> = asked.iter().map(|(_, place)| *place).collect();
        let tallies = self.tallies(&places)?;
        let found = score(&tallies, *mode, grades)?;
        let elements = asked.iter().zip(&tallies).zip(found.elements).map(|(((element, place), tally), score)| {
            let question_code = self.layout.questions.get(*place).map(|question| question.code.clone());
            SkmElementResult {
                element: *element,
                question_code: question_code.unwrap_or_default(),
                answered_count: signed(tally.answered()),
                average: four_places(score.average),
                weighted_average: four_places(score.weighted),
                place: score.place,
            }
        });
        Some(SkmResult {
            elements: elements.collect(),
            value: four_places(found.value),
            ikm: decimal(found.index),
            grade: found.grade,
        })
    }

    fn change(&self) -> Option<AdkarResult> {
        let mut means = Vec::new();
        for places in self.layout.change() {
            means.push(together(&self.tallies(places)?).mean()?);
        }
        let means: [Fraction; 5] = means.try_into().ok()?;
        let number = self.layout.barrier_variable()?;
        let people: Option<[u64; 6]> =
            (self.told)(number).then(|| self.slots(number)).and_then(|counts| counts.try_into().ok());
        let all = people.map(|people| people.iter().sum::<u64>());
        let elements = CHANGE_ELEMENTS.into_iter().map(Some).chain([None]);
        let counted = people.into_iter().flatten().zip(elements).map(|(count, element)| BarrierCount {
            element,
            count: signed(count),
            share: percent(count, all.unwrap_or_default()),
        });
        let scored = CHANGE_ELEMENTS.into_iter().zip(&means);
        Some(AdkarResult {
            elements: scored.map(|(element, mean)| AdkarElementResult { element, mean: four(mean) }).collect(),
            barrier: barrier(&means),
            answered_count: all.map(signed),
            people: counted.collect(),
            resistance_share: people.and_then(|people| resistance(&people)).map(|share| two(&share)),
        })
    }

    fn readiness(&self) -> Option<ReadinessResult> {
        let places = self.layout.tagged(&[QuestionTag::ReadinessCommitment, QuestionTag::ReadinessEfficacy]);
        let (index, band) = readiness(&together(&self.tallies(&places)?))?;
        Some(ReadinessResult { index: decimal(index), band })
    }

    fn reaction(&self) -> Option<ReactionResult> {
        let reaction = [
            QuestionTag::ReactionMaterial,
            QuestionTag::ReactionSpeaker,
            QuestionTag::ReactionOrganisation,
            QuestionTag::ReactionFacilities,
        ];
        let alike = |places: &[usize]| {
            let kinds: Vec<_> = places.iter().filter_map(|place| self.layout.questions.get(*place)).collect();
            kinds.windows(2).all(|pair| pair.first().map(|one| one.kind) == pair.last().map(|one| one.kind))
        };
        let of = |tags: &[QuestionTag]| {
            let places = self.layout.tagged(tags);
            self.tallies(&places).filter(|_| alike(&places)).map(|tallies| (places, together(&tallies)))
        };
        let on_five = |found: &(Vec<usize>, Tally)| {
            let kind =
                found.0.first().and_then(|place| self.layout.questions.get(*place)).map(|question| question.kind);
            kind == Some(QuestionKind::Likert5)
        };
        let received = of(&reaction);
        let satisfied = of(&[QuestionTag::Csat]).or_else(|| received.clone()).filter(on_five);
        let result = ReactionResult {
            mean: received.and_then(|(_, tally)| tally.mean()).map(|mean| four(&mean)),
            csat: satisfied.and_then(|(_, tally)| tally.satisfied(4)).map(|csat| two(&csat)),
            nps: of(&[QuestionTag::Nps]).and_then(|(_, tally)| tally.net_promoters()).map(|nps| two(&nps)),
        };
        (result.mean.is_some() || result.csat.is_some() || result.nps.is_some()).then_some(result)
    }
}

/// The answers to several questions as if they were one.
fn together(tallies: &[Tally]) -> Tally {
    let mut counts = std::collections::BTreeMap::new();
    for (value, count) in tallies.iter().flat_map(|tally| &tally.0) {
        *counts.entry(*value).or_insert(0) += count;
    }
    Tally(counts.into_iter().collect())
}

fn percent(count: u64, all: u64) -> f64 {
    Fraction::new(100 * count, all).map_or(0.0, |share| two(&share))
}

fn two(fraction: &Fraction) -> f64 {
    decimal(fraction.rounded(100))
}

fn four(fraction: &Fraction) -> f64 {
    four_places(fraction.rounded(10_000))
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
