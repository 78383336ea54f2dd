//! What follows of a citizen satisfaction survey (rencana tindak lanjut): worked out as results are read, so that it may become better
//! without touching what was frozen.

use serde::Serialize;
use utoipa::ToSchema;

use super::figures::SkmResult;
use crate::kernel::decimal::ten_thousandths;
use crate::kernel::language::Localized;
use crate::surveys::statistics::satisfaction::SkmGrade;

/// The elements that a report names as the lowest.
const LOWEST: usize = 3;
/// The elements that are about people: their competence (U6) and their behaviour (U7).
const ABOUT_STAFF: [i32; 2] = [6, 7];

/// What follows where an element came out low.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkmFollowUp {
    /// The staff is to learn something (kebutuhan pelatihan).
    TrainingNeed,
    /// The service is to change.
    ServiceImprovement,
}

/// An element of the citizen satisfaction survey (SKM) that came out low, and what follows.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({
    "element": 6, "question_code": "U6", "follow_up": "training_need",
    "text": {"id": "Kompetensi petugas dinilai rendah: catat sebagai kebutuhan pelatihan", "en": "Staff competence is rated low"}
}))]
pub struct SkmSuggestion {
    /// The element, 1 to 9 (U1 to U9).
    #[schema(minimum = 1, maximum = 9)]
    pub element: i32,
    /// The question that asks for it.
    #[schema(max_length = 40)]
    pub question_code: String,
    /// What follows.
    pub follow_up: SkmFollowUp,
    /// The same in words.
    pub text: Localized,
}

/// What follows of each element that is among the lowest three, or below B by the grades of the survey (the least indices in
/// hundredths, the highest first). Of an element that is A itself nothing follows.
pub fn suggestions(skm: &SkmResult, grades: &[(i64, SkmGrade)]) -> Vec<SkmSuggestion> {
    let grade = |average: f64| {
        // 25 times the average, in hundredths.
        let index = (ten_thousandths(average) + 2) / 4;
        grades.iter().find(|(least, _)| index >= *least).map(|(_, grade)| *grade)
    };
    let low = skm.elements.iter().filter(|element| match grade(element.average) {
        Some(SkmGrade::A) => false,
        Some(SkmGrade::B) | None => element.place <= LOWEST,
        Some(SkmGrade::C | SkmGrade::D) => true,
    });
    let suggested = low.map(|element| {
        let (follow_up, text) = if ABOUT_STAFF.contains(&element.element) {
            let id = "Catat sebagai kebutuhan pelatihan petugas layanan: petakan kesenjangan kompetensinya, lalu rencanakan kegiatan";
            let en = "Take it as a training need of those who serve readers: look at their gaps, then plan an activity";
            (SkmFollowUp::TrainingNeed, Localized::new(id, en))
        } else {
            let id = "Susun perbaikan layanan untuk unsur ini, dengan penanggung jawab dan tenggat";
            let en = "Plan an improvement of the service for this element, with somebody in charge and a due date";
            (SkmFollowUp::ServiceImprovement, Localized::new(id, en))
        };
        SkmSuggestion { element: element.element, question_code: element.question_code.clone(), follow_up, text }
    });
    suggested.collect()
}
