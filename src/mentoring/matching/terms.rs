//! What a pair is worth, term by term. Each term is worth 0 to 100, times its weight.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::decimal::decimal;
use crate::kernel::language::Localized;

/// The most that a term is worth before its weight.
pub const WHOLE: i32 = 100;

/// What each term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "need": 30, "strength": 20, "distance": 15, "availability": 15, "wish": 10, "load": 5, "earlier": 5
}))]
pub struct Weights {
    /// How much of what the mentee wants the mentor can help with.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    pub need: i32,
    /// The mentor's own level in it.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    pub strength: i32,
    /// How far the mentor is ahead: two levels are best.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    pub distance: i32,
    /// Time in the week that both have.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    pub availability: i32,
    /// Whether the mentee wishes for this mentor.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    pub wish: i32,
    /// How many of the mentor's places are left.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    pub load: i32,
    /// Whether the two were a pair before.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100)]
    pub earlier: i32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { need: 30, strength: 20, distance: 15, availability: 15, wish: 10, load: 5, earlier: 5 }
    }
}

/// A term of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// How much of what is wanted the mentor can help with (kebutuhan).
    Need,
    /// The mentor's own level (kekuatan).
    Strength,
    /// How far the mentor is ahead (jarak level).
    Distance,
    /// Time that both have (ketersediaan).
    Availability,
    /// A wish of the mentee (keinginan).
    Wish,
    /// Places that are left (beban).
    Load,
    /// A pair before (pasangan terdahulu).
    Earlier,
}

/// A term of a pair as it is kept: what it is worth, what it counts, and the figures behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// Which.
    pub term: Term,
    /// 0 to 100.
    pub value: i32,
    /// What it counts.
    pub weight: i32,
    /// Two figures that say why; which, is for the term to know.
    pub figures: [i32; 2],
}

impl Points {
    /// What it adds to the score.
    pub const fn points(&self) -> i32 {
        self.value * self.weight
    }

    /// Why, in words and numbers.
    pub fn in_words(&self) -> Localized {
        let [one, other] = self.figures;
        let said = |id: String, en: String| Localized::new(id, en);
        match self.term {
            Term::Need => said(
                format!("Membantu {one} dari {other} level yang ingin dicapai"),
                format!("Helps with {one} of the {other} levels that are wanted"),
            ),
            Term::Strength => said(
                format!("Level mentor rata-rata {} pada {other} kompetensi", decimal(one.into())),
                format!("The mentor's level is {} on average in {other} competencies", decimal(one.into())),
            ),
            Term::Distance => said(
                format!("Mentor rata-rata {} level di depan; dua level paling baik", decimal(one.into())),
                format!("The mentor is {} levels ahead on average; two are best", decimal(one.into())),
            ),
            Term::Availability if other == 0 => said(
                "Salah satu belum menyebutkan waktunya".to_owned(),
                "One of the two did not say when they have time".to_owned(),
            ),
            Term::Availability => said(
                format!("{one} menit seminggu yang sama; {other} sudah cukup"),
                format!("{one} minutes a week in common; {other} are enough"),
            ),
            Term::Wish if one == 1 => said("Mentor ini diinginkan".to_owned(), "This mentor was wished for".to_owned()),
            Term::Wish => said("Tidak ada keinginan khusus".to_owned(), "This mentor was not wished for".to_owned()),
            Term::Load => said(
                format!("{one} dari {other} tempat mentor masih kosong"),
                format!("{one} of the mentor's {other} places are left"),
            ),
            Term::Earlier if one == 1 => {
                said("Keduanya pernah berpasangan".to_owned(), "The two were a pair before".to_owned())
            }
            Term::Earlier => {
                said("Keduanya belum pernah berpasangan".to_owned(), "The two were never a pair before".to_owned())
            }
        }
    }
}

/// The terms of a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Terms(pub Vec<Points>);

impl Terms {
    /// The score of the pair.
    pub fn score(&self) -> i32 {
        score_of(&self.0)
    }
}

/// The score: the sum of what the terms add.
pub fn score_of(terms: &[Points]) -> i32 {
    terms.iter().map(Points::points).sum()
}
