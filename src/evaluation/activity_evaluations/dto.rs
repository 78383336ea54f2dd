use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::activities::scores::dto::PersonScore;
use crate::activities::scores::gain::{Effectiveness, GainBand};
use crate::evaluation::behaviour_evaluations::figures::BehaviourFigures;
use crate::evaluation::improvement_actions::effect::EffectVerdict;
use crate::evaluation::indicators::entity::IndicatorDirection;
use crate::kernel::language::Localized;

/// What a closed survey says of an activity.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "campaign_id": "019a0000-0000-7000-8000-000000000042", "title": {"id": "Evaluasi Bimtek SLiMS 9", "en": null},
    "closed_on": "2026-06-19", "answered_count": 12, "asked_count": 12, "response_rate": 100.0, "is_withheld": false,
    "mean": 4.33, "csat": 91.67, "nps": 50.0
}))]
pub struct ReactionSurvey {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its title.
    pub title: Localized,
    /// The day on which it closed.
    pub closed_on: NaiveDate,
    /// How many answered; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100_000_000)]
    pub answered_count: Option<i64>,
    /// How many could answer: what the campaign says, else the participants.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub asked_count: i64,
    /// Their share in percent with two decimals, at most 100; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100)]
    pub response_rate: Option<f64>,
    /// Whether its figures are withheld because too few answered.
    pub is_withheld: bool,
    /// The mean of the answers on the reaction.
    #[schema(required, minimum = 1, maximum = 5)]
    pub mean: Option<f64>,
    /// The share of 4 and 5 (CSAT), in percent.
    #[schema(required, minimum = 0, maximum = 100)]
    pub csat: Option<f64>,
    /// The net promoter score.
    #[schema(required, minimum = -100, maximum = 100)]
    pub nps: Option<f64>,
}

/// Level 1, reaction (reaksi): how it was received.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"surveys": []}))]
pub struct ReactionLevel {
    /// The closed surveys about it, the first first; who is no admin sees those that are published.
    #[schema(max_items = 100)]
    pub surveys: Vec<ReactionSurvey>,
}

/// How a group did in the tests.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "mean_pre_test": 52.0, "mean_post_test": 78.0, "n_gain": 0.5417, "n_gain_band": "medium", "mean_n_gain": 0.5374,
    "effectiveness": "less_effective", "post_tested_count": 12, "passed_count": 10, "pass_rate": 83.33
}))]
pub struct LearningFigures {
    /// The mean before.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub mean_pre_test: Option<f64>,
    /// The mean after.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub mean_post_test: Option<f64>,
    /// The gain of the means (N-gain, Hake).
    #[schema(required, minimum = -1_000_000, maximum = 1)]
    pub n_gain: Option<f64>,
    /// Its band.
    #[schema(required)]
    pub n_gain_band: Option<GainBand>,
    /// The mean of each person's gain.
    #[schema(required, minimum = -1_000_000, maximum = 1)]
    pub mean_n_gain: Option<f64>,
    /// How well the training worked.
    #[schema(required)]
    pub effectiveness: Option<Effectiveness>,
    /// How many have a score after it.
    #[schema(minimum = 0, maximum = 10_000)]
    pub post_tested_count: usize,
    /// How many of them reached the pass mark.
    #[schema(minimum = 0, maximum = 10_000)]
    pub passed_count: usize,
    /// Their share in percent with two decimals.
    #[schema(required, minimum = 0, maximum = 100)]
    pub pass_rate: Option<f64>,
}

/// Level 2, learning (pembelajaran): what was learned.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "pass_mark": 70.0, "tested_count": 12, "is_suppressed": false, "figures": null, "people": []
}))]
pub struct LearningLevel {
    /// The least score to pass (KKM): what the activity asks, else 70 percent of the best.
    #[schema(minimum = 0, maximum = 10_000)]
    pub pass_mark: f64,
    /// How many have both scores.
    #[schema(minimum = 0, maximum = 10_000)]
    pub tested_count: usize,
    /// Whether the group's figures are held back, from all but admins: until the activity is completed, and of fewer than five people.
    pub is_suppressed: bool,
    /// The group's figures.
    #[schema(required)]
    pub figures: Option<LearningFigures>,
    /// Each person's scores: one's own; to admins everybody's.
    #[schema(max_items = 10_000)]
    pub people: Vec<PersonScore>,
}

/// Level 3, behaviour (perilaku): what has changed at work since.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "due_on": "2026-09-16", "late_after": "2026-12-15", "asked_count": 34, "answered_count": 21, "late_count": 0,
    "rated_count": 11, "is_suppressed": false, "figures": null
}))]
pub struct BehaviourLevel {
    /// From when on it is asked: 90 days after the end; null before the activity is completed.
    #[schema(required)]
    pub due_on: Option<NaiveDate>,
    /// The last day before an answer is late: 180 days after the end, or 90 after a later completion.
    #[schema(required)]
    pub late_after: Option<NaiveDate>,
    /// How many questions have somebody to answer them.
    #[schema(minimum = 0, maximum = 100_000)]
    pub asked_count: usize,
    /// How many are answered. Null, but for admins, until every question is answered or `late_after` is past; what is answered later
    /// is told to admins alone.
    #[schema(required, minimum = 0, maximum = 100_000)]
    pub answered_count: Option<usize>,
    /// How many are late; null as long as `answered_count`.
    #[schema(required, minimum = 0, maximum = 100_000)]
    pub late_count: Option<usize>,
    /// How many participants there is an answer about; null as long as `answered_count`.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub rated_count: Option<usize>,
    /// Whether the figures are held back, from all but admins: as long as `answered_count`, and of fewer than five participants.
    pub is_suppressed: bool,
    /// What the answers come to.
    #[schema(required)]
    pub figures: Option<BehaviourFigures>,
}

/// A linked indicator before an activity and since.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator_id": "019a0000-0000-7000-8000-000000000030", "code": "IKM", "name": {"id": "Indeks kepuasan", "en": null},
    "unit": {"id": "indeks", "en": "index"}, "direction": "higher_is_better", "expectation": null,
    "period_before": "2026-S1", "value_before": 80.1, "period_after": "2026-S2", "value_after": 82.22, "change": 2.12,
    "verdict": "improved"
}))]
pub struct LinkedIndicator {
    /// The indicator.
    pub indicator_id: Uuid,
    /// Its code.
    #[schema(max_length = 60)]
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// The unit of its values.
    pub unit: Localized,
    /// Which way is good.
    pub direction: IndicatorDirection,
    /// What was expected.
    #[schema(required, max_length = 1000)]
    pub expectation: Option<String>,
    /// The last period that was over when the activity began, and is measured.
    #[schema(required, max_length = 20)]
    pub period_before: Option<String>,
    /// Its value.
    #[schema(required, minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64)]
    pub value_before: Option<f64>,
    /// The last period that began after its end, and is measured.
    #[schema(required, max_length = 20)]
    pub period_after: Option<String>,
    /// Its value.
    #[schema(required, minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64)]
    pub value_after: Option<f64>,
    /// After less before.
    #[schema(required, minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64)]
    pub change: Option<f64>,
    /// How it moved, by the direction that is better.
    #[schema(required)]
    pub verdict: Option<EffectVerdict>,
}

/// Level 4, results (hasil): linked indicators before and since.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicators": [], "note": {"id": "Sejalan dalam waktu, bukan bukti sebab akibat.", "en": "Together in time, no proof of cause."}
}))]
pub struct ResultLevel {
    /// The linked indicators.
    #[schema(max_items = 20)]
    pub indicators: Vec<LinkedIndicator>,
    /// How to read it.
    pub note: Localized,
}

/// The evaluation of an activity on four levels (evaluasi empat tingkat, Kirkpatrick).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "activity_id": "019a0000-0000-7000-8000-000000000010", "title": "Bimtek SLiMS 9 dan Analitik Kunjungan",
    "participant_count": 12,
    "reaction": {"surveys": []},
    "learning": {"pass_mark": 70.0, "tested_count": 12, "is_suppressed": false, "figures": null, "people": []},
    "behaviour": {"due_on": "2026-09-16", "late_after": "2026-12-15", "asked_count": 34, "answered_count": 21, "late_count": 0,
        "rated_count": 11, "is_suppressed": false, "figures": null},
    "results": {"indicators": [], "note": {"id": "Sejalan dalam waktu, bukan bukti sebab akibat.", "en": "Together in time, no proof of cause."}}
}))]
pub struct ActivityEvaluation {
    /// The activity.
    pub activity_id: Uuid,
    /// Its title.
    #[schema(max_length = 200)]
    pub title: String,
    /// How many have a seat, or came.
    #[schema(minimum = 0, maximum = 10_000)]
    pub participant_count: usize,
    /// Level 1.
    pub reaction: ReactionLevel,
    /// Level 2.
    pub learning: LearningLevel,
    /// Level 3.
    pub behaviour: BehaviourLevel,
    /// Level 4.
    pub results: ResultLevel,
}
