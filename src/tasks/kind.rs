use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What waits. Later versions may know more kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// An assessment that was handed in, for whoever may decide on it (putuskan asesmen).
    AssessmentDecision,
    /// An assessment that came back to its author (perbaiki asesmen).
    AssessmentCorrection,
    /// A registration that waits for approval: the superior's first where two stages ask for it (putuskan pendaftaran).
    RegistrationDecision,
    /// A seat that is offered to the caller for a while (terima kursi).
    SeatOffer,
    /// A campaign that asks the caller by name and takes answers today (jawab survei).
    SurveyAnswer,
    /// What a reader said and nobody has yet, for admins (tugaskan masukan pemustaka).
    ReaderFeedbackAssignment,
    /// What a reader said and the caller is to answer (jawab masukan pemustaka).
    ReaderFeedbackAnswer,
    /// A mentoring request without a mentor, for admins (carikan mentor).
    MentoringRequest,
    /// A pair of an executed round on which nothing was decided, for admins (putuskan usulan pasangan).
    MatchingDecision,
    /// A mentorship that was proposed to the caller (jawab usulan pembimbingan).
    MentorshipAnswer,
    /// A meeting whose time has come, for its mentor (catat pertemuan terlaksana).
    MentoringMeetingCompletion,
    /// A meeting whose time has come and whose mentorships are over, for admins (putuskan pertemuan yang tertinggal).
    MentoringMeetingLeftOpen,
    /// What the caller, or everybody, is to do after a meeting (kerjakan tindak lanjut pertemuan).
    MeetingActionItem,
    /// The caller's feedback on a mentorship that is halfway, or on which the other side's is in (umpan balik tengah waktu).
    MidTermFeedback,
    /// The caller's feedback on a mentorship that is over (umpan balik akhir).
    FinalFeedback,
    /// A development plan that was handed in, for superiors, mentors and admins (putuskan rencana pengembangan).
    DevelopmentPlanDecision,
    /// A development plan that came back to the caller (perbaiki rencana pengembangan).
    DevelopmentPlanCorrection,
    /// A learning entry that was handed in, for mentors and admins (verifikasi catatan belajar).
    LearningEntryVerification,
    /// A learning entry that came back to the caller (perbaiki catatan belajar).
    LearningEntryCorrection,
    /// A review that was planned and whose day has come, for admins (laksanakan evaluasi).
    ReviewHolding,
    /// What the caller agreed to do (kerjakan tindak lanjut).
    ImprovementAction,
    /// What the caller has done and nobody has measured since (ukur ulang hasil tindak lanjut).
    ImprovementRecheck,
    /// What somebody else has done and was measured again, for admins (verifikasi tindak lanjut).
    ImprovementVerification,
    /// What the caller is asked about behaviour after a training (jawab evaluasi pascapelatihan).
    BehaviourEvaluation,
    /// A question about behaviour that nobody is asked yet, for admins (tentukan penjawab).
    BehaviourRespondent,
}
