//! What stood in the way of somebody who found no mentor, and what would change that at the least cost.

use std::cmp::Reverse;

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::kernel::language::Localized;

/// A rule that keeps people apart. In the order in which they are looked at: of several, the last tells how far one came.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BlockingRule {
    /// Nobody else mentors.
    NoMentor,
    /// Every goal is reached already.
    GoalsReached,
    /// No mentor offers what is wanted.
    NoCommonCompetency,
    /// Mentors offer it, but none above the person's level.
    NoLevelDistance,
    /// Who fits is the person's mentor already.
    AlreadyPaired,
    /// Who fits speaks none of the person's languages.
    NoCommonLanguage,
    /// Who fits is the person's direct superior (atasan langsung), or stands below them.
    Superior,
    /// An admin keeps the two apart.
    Excluded,
    /// An admin turned the pair down in this round.
    Rejected,
    /// Everybody who fits is full.
    Capacity,
}

impl BlockingRule {
    /// The rule in words.
    pub fn in_words(self) -> Localized {
        let (id, en) = match self {
            Self::NoMentor => ("Belum ada mentor lain yang menerima binaan", "Nobody else takes on mentees"),
            Self::GoalsReached => ("Semua sasaran sudah tercapai", "Every goal is reached already"),
            Self::NoCommonCompetency => {
                ("Tidak ada mentor yang menawarkan kompetensi ini", "No mentor offers what is wanted")
            }
            Self::NoLevelDistance => (
                "Tidak ada mentor yang membimbing sampai di atas level sekarang",
                "No mentor helps beyond the present level",
            ),
            Self::AlreadyPaired => ("Mentor yang cocok sudah menjadi pasangannya", "Who fits is the mentor already"),
            Self::NoCommonLanguage => {
                ("Tidak ada bahasa yang sama dengan mentor yang cocok", "No language in common with mentors who fit")
            }
            Self::Superior => (
                "Mentor yang cocok adalah atasan langsung atau bawahannya",
                "Who fits is the direct superior, or stands below the person",
            ),
            Self::Excluded => ("Pasangan yang cocok dikecualikan", "The pair that fits is kept apart"),
            Self::Rejected => ("Pasangan yang cocok ditolak pada putaran ini", "The pair that fits was turned down"),
            Self::Capacity => ("Semua mentor yang cocok sudah penuh", "Every mentor who fits is full"),
        };
        Localized::new(id, en)
    }

    /// What waiving it is called, where it can be waived.
    pub const fn relief(self) -> Option<ReliefKind> {
        match self {
            Self::NoCommonCompetency | Self::NoLevelDistance => Some(ReliefKind::Offer),
            Self::NoCommonLanguage => Some(ReliefKind::Language),
            Self::Superior => Some(ReliefKind::Superior),
            Self::Excluded => Some(ReliefKind::Exclusion),
            Self::Rejected => Some(ReliefKind::Rejection),
            Self::NoMentor | Self::GoalsReached | Self::AlreadyPaired | Self::Capacity => None,
        }
    }
}

/// A way to give somebody a mentor after all; the cheapest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReliefKind {
    /// A mentor takes one more mentee.
    Capacity,
    /// The pair is proposed although it was turned down.
    Rejection,
    /// The pair is no longer kept apart.
    Exclusion,
    /// The pair finds a language.
    Language,
    /// The mentor offers a competency at the level that they have.
    Offer,
    /// The direct superior may be the mentor.
    Superior,
}

impl ReliefKind {
    const fn is_confidential(self) -> bool {
        matches!(self, Self::Rejection | Self::Exclusion)
    }

    const fn in_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Capacity => ("Satu tempat lagi pada mentor ini", "One more place with this mentor"),
            Self::Rejection => {
                ("Pasangan dengan mentor ini diterima kembali", "The pair with this mentor, taken after all")
            }
            Self::Exclusion => {
                ("Pengecualian dengan mentor ini dicabut", "The pair with this mentor, no longer kept apart")
            }
            Self::Language => ("Bahasa lain dengan mentor ini", "Another language with this mentor"),
            Self::Offer => {
                ("Mentor ini menawarkan kompetensi pada levelnya", "This mentor offers a competency at their own level")
            }
            Self::Superior => ("Atasan atau bawahan ini menjadi mentor", "This superior or subordinate as the mentor"),
        }
    }
}

/// What would give somebody a mentor, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relief {
    /// How.
    pub kind: ReliefKind,
    /// What has to come with it, where it alone would not do; never cheaper.
    pub also: Option<ReliefKind>,
    /// With which mentor.
    pub mentor_id: Uuid,
    /// What the whole round would score then.
    pub total_score: i64,
}

impl Relief {
    /// What sorts the cheapest first: one thing before two, then their kinds, then the greatest score, then the smaller id.
    pub fn cost(self) -> impl PartialOrd {
        (self.also, self.kind, Reverse(self.total_score), self.mentor_id)
    }

    /// Whether it tells what an admin decided on people.
    pub fn is_confidential(self) -> bool {
        self.kind.is_confidential() || self.also.is_some_and(ReliefKind::is_confidential)
    }
}

/// What stood in somebody's way, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Obstacle {
    /// The rule.
    pub rule: BlockingRule,
    /// What would help at the least cost.
    pub relief: Option<Relief>,
}

/// What would give somebody a mentor at the least cost.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "kind": "capacity", "also": null, "mentor_id": "019a0000-0000-7000-8000-000000000001", "total_score": 91000,
    "explanation": {"id": "Satu tempat lagi pada mentor ini", "en": "One more place with this mentor"}
}))]
pub struct Relaxation {
    /// How.
    pub kind: ReliefKind,
    /// What has to come with it with the same mentor, where no single thing would help; null where one is enough.
    #[schema(required)]
    pub also: Option<ReliefKind>,
    /// With which mentor: the one who takes one more, or the one of the pair. Others may move, so the person's own may be another.
    pub mentor_id: Uuid,
    /// What the whole round would score then.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub total_score: i64,
    /// The same in words.
    pub explanation: Localized,
}

impl From<Relief> for Relaxation {
    fn from(relief: Relief) -> Self {
        let (id, en) = relief.kind.in_words();
        let explanation = match relief.also.map(ReliefKind::in_words) {
            Some((also_id, also_en)) => Localized::new(format!("{id}; {also_id}"), format!("{en}; {also_en}")),
            None => Localized::new(id, en),
        };
        Self {
            kind: relief.kind,
            also: relief.also,
            mentor_id: relief.mentor_id,
            total_score: relief.total_score,
            explanation,
        }
    }
}
