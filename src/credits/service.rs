//! What the chapters above call, inside their transactions.
//!
//! Each call locks the professional record, so that two entries of one person that arrive at once are looked at one after the
//! other, whatever months, years and types they belong to. Who credits many people in one transaction goes by ascending
//! `librarian_id`, so that two such transactions do not wait for one another.

use chrono::{Datelike, NaiveDate};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::balances::service::recount_in;
use super::entries::certificate;
use super::entries::entity::{ActiveModel, Column, CreditSource, Entity, EntryKind, Model};
use super::rule::{self, Kept, Measure};
use super::year::{CreditYear, contract_start};
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::text::search_text;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};
use crate::settings::credit_rules::entity::Model as CreditRule;
use crate::settings::credit_rules::service::in_force;
use crate::settings::training_types::entity as training_type;
use crate::staff::librarians::entity as librarian;

/// The person has credit for this certificate.
pub const CERTIFICATE_CREDITED: Refusal = Refusal {
    code: "certificate_credited",
    status: 409,
    id: "Sertifikat dengan nomor dan penyelenggara ini sudah dihitung JP-nya",
    en: "The certificate of this number and organiser has been credited already",
};

/// Nothing says how the type becomes hours on that day.
pub const NO_CREDIT_RULE: Refusal = Refusal {
    code: "no_credit_rule",
    status: 409,
    id: "Tidak ada aturan konversi JP untuk jenis diklat ini pada tanggal itu",
    en: "No credit rule holds for this type of training on that day",
};

/// Something learned, to be credited.
#[derive(Clone, Debug)]
pub struct NewCredit {
    /// Who learned.
    pub librarian_id: Uuid,
    /// The type (jenis diklat).
    pub training_type_id: Uuid,
    /// The kind of what it was learned by.
    pub source_kind: CreditSource,
    /// The object it was learned by. It gives a person credit once.
    pub source_id: Uuid,
    /// What it was (nama kursus).
    pub title: String,
    /// Who held it (institusi penyelenggara).
    pub organiser: Option<String>,
    /// The certificate's number. Together with the organiser it gives a person credit once.
    pub certificate_number: Option<String>,
    /// Where the evidence is.
    pub evidence_url: Option<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day: the day that it counts on.
    pub ends_on: NaiveDate,
    /// How much it was. Days beyond those from first to last do not count; 0 stands for all of them.
    pub measure: Measure,
}

/// What the ledger holds for a source and person.
#[derive(Clone, Debug)]
pub struct Credited {
    /// The row.
    pub entry: Model,
    /// Whether this call wrote it; else it was there already.
    pub is_new: bool,
    /// Whether it has been taken back since.
    pub is_reversed: bool,
}

/// Credits something learned, once for each source and person: asked again it answers the row that is there, reversed or not.
pub async fn credit_in(tx: &Tx<'_>, new: NewCredit) -> Result<Credited> {
    let person = locked(tx, new.librarian_id).await?;
    if let Some(entry) = latest(tx, new.source_kind, new.source_id, person.id).await? {
        let is_reversed = is_reversed(tx, entry.id).await?;
        return Ok(Credited { entry, is_new: false, is_reversed });
    }
    grant(tx, &person, new, 1).await
}

/// Takes credit back, by a row of its own. Refused where that was done already.
pub async fn reverse_in(tx: &Tx<'_>, entry_id: Uuid, reason: &str) -> Result<Model> {
    let entry = tx.reader().find(Entity::find().filter(Column::Id.eq(entry_id))).await?;
    let person = locked(tx, entry.librarian_id).await?;
    if entry.kind == EntryKind::Reversal || is_reversed(tx, entry.id).await? {
        return Err(INVALID_TRANSITION.into());
    }
    take_back(tx, &person, &entry, reason).await
}

/// Puts other credit in the place of credit that was wrong: takes it back, unless that was done, and credits anew.
/// Person and source stay.
pub async fn correct_in(tx: &Tx<'_>, entry_id: Uuid, new: NewCredit, reason: &str) -> Result<Credited> {
    let entry = tx.reader().find(Entity::find().filter(Column::Id.eq(entry_id))).await?;
    let person = locked(tx, entry.librarian_id).await?;
    let latest = latest(tx, entry.source_kind, entry.source_id, person.id).await?;
    let same =
        (new.source_kind, new.source_id, new.librarian_id) == (entry.source_kind, entry.source_id, entry.librarian_id);
    if !same || latest.is_none_or(|latest| latest.id != entry.id) {
        return Err(INVALID_TRANSITION.into());
    }
    if !is_reversed(tx, entry.id).await? {
        take_back(tx, &person, &entry, reason).await?;
    }
    grant(tx, &person, new, entry.round + 1).await
}

/// The credit of a source and person that stands, if there is one.
pub async fn standing_in(
    tx: &Tx<'_>,
    source_kind: CreditSource,
    source_id: Uuid,
    librarian_id: Uuid,
) -> Result<Option<Model>> {
    let Some(entry) = latest(tx, source_kind, source_id, librarian_id).await? else { return Ok(None) };
    Ok(if is_reversed(tx, entry.id).await? { None } else { Some(entry) })
}

/// The last credit of a source and person, taken back or not.
pub async fn latest_in(
    tx: &Tx<'_>,
    source_kind: CreditSource,
    source_id: Uuid,
    librarian_id: Uuid,
) -> Result<Option<Model>> {
    latest(tx, source_kind, source_id, librarian_id).await
}

/// Whoever changes the ledger of one person waits here for the other.
async fn locked(tx: &Tx<'_>, librarian_id: Uuid) -> Result<librarian::Model> {
    tx.lock(librarian::Entity::find().filter(librarian::Column::Id.eq(librarian_id))).await
}

async fn latest(tx: &Tx<'_>, source_kind: CreditSource, source_id: Uuid, librarian_id: Uuid) -> Result<Option<Model>> {
    let credits = Entity::find()
        .filter(Column::SourceId.eq(source_id))
        .filter(Column::LibrarianId.eq(librarian_id))
        .filter(Column::SourceKind.eq(source_kind))
        .filter(Column::Kind.eq(EntryKind::Credit))
        .order_by_desc(Column::Round);
    tx.reader().one(credits).await
}

async fn is_reversed(tx: &Tx<'_>, entry_id: Uuid) -> Result<bool> {
    tx.reader().exists(Entity::find().filter(Column::ReversalOf.eq(entry_id))).await
}

async fn grant(tx: &Tx<'_>, person: &librarian::Model, new: NewCredit, round: i32) -> Result<Credited> {
    let known = training_type::Entity::find().filter(training_type::Column::Id.eq(new.training_type_id));
    let unknown = || Error::invalid(vec![Violation::field("training_type_id", &NO_SUCH_OBJECT)]);
    let training_type = tx.reader().one(known).await?.ok_or_else(unknown)?;
    let holding = in_force(tx.reader(), new.training_type_id, new.ends_on).await?;
    let holding = holding.ok_or_else(|| Error::from(NO_CREDIT_RULE))?;
    let year = CreditYear::of(contract_start(tx.reader(), person, new.ends_on).await?, new.ends_on);
    let measure = new.measure.between(new.starts_on, new.ends_on);
    let worth = rule::apply(&holding, measure, kept(tx, &new, &holding, year).await?);
    let certificate = new.certificate_number.clone().map(|number| (number, new.organiser.clone()));
    let row = ActiveModel {
        librarian_id: Set(person.id),
        kind: Set(EntryKind::Credit),
        year: Set(year.year),
        starts_on: Set(new.starts_on),
        counted_on: Set(new.ends_on),
        recorded_on: Set(tx.today()),
        training_type_id: Set(training_type.id),
        bucket: Set(training_type.bucket),
        source_kind: Set(new.source_kind),
        source_id: Set(new.source_id),
        round: Set(round),
        title: Set(new.title),
        organiser: Set(new.organiser),
        certificate_number: Set(new.certificate_number),
        evidence_url: Set(new.evidence_url),
        is_international: Set(measure.is_international),
        days: Set(measure.days),
        sessions: Set(measure.sessions),
        minutes: Set(measure.minutes),
        claimed: Set(measure.claimed),
        rule_id: Set(Some(holding.id)),
        computed: Set(worth.computed),
        cap: Set(worth.cap),
        credited: Set(worth.credited),
        verifier_id: Set(tx.access().caller().map(|caller| caller.user_id)),
        ..Default::default()
    };
    let entry = tx.insert::<Entity>(row, "credit_entry.credited").await?;
    if let Some((number, organiser)) = certificate {
        take_certificate(tx, &entry, &number, organiser.as_deref()).await?;
    }
    recount_in(tx, person.id, year).await?;
    Ok(Credited { entry, is_new: true, is_reversed: false })
}

async fn take_certificate(tx: &Tx<'_>, entry: &Model, number: &str, organiser: Option<&str>) -> Result<()> {
    let row = certificate::ActiveModel {
        librarian_id: Set(entry.librarian_id),
        number_key: Set(search_text(&[number])),
        organiser_key: Set(search_text(&[organiser.unwrap_or_default()])),
        entry_id: Set(entry.id),
    };
    tx.put::<certificate::Entity>(row).await.map(|_| ()).on_duplicate(CERTIFICATE_CREDITED)
}

/// What of this type counts already, where a cap asks.
async fn kept(tx: &Tx<'_>, new: &NewCredit, holding: &CreditRule, year: CreditYear) -> Result<Kept> {
    if [holding.cap_per_day, holding.cap_per_month, holding.cap_per_year].iter().all(Option::is_none) {
        return Ok(Kept::default());
    }
    let counted = || Expr::col(Column::CountedOn);
    let month_start = new.ends_on.with_day(1).unwrap_or(new.ends_on);
    let next_month = month_start + chrono::Months::new(1);
    // Entries of several days lie on any of them: what shares a day with this one counts as a whole.
    let shares_a_day = counted().gte(new.starts_on).and(Expr::col(Column::StartsOn).lte(new.ends_on));
    let within_month = counted().gte(month_start).and(counted().lt(next_month));
    let within_year = Expr::col(Column::Year).eq(year.year);
    let sum = |within: SimpleExpr| {
        Func::sum(Expr::case(Condition::all().add(within), Expr::col(Column::Credited)).finally(Expr::val(0)))
    };
    let earliest = std::cmp::min(new.starts_on, std::cmp::min(month_start, year.starts_on));
    let sums = Query::select()
        .expr(sum(shares_a_day))
        .expr(sum(within_month))
        .expr(sum(within_year))
        .from(Entity)
        .and_where(Expr::col(Column::LibrarianId).eq(new.librarian_id))
        .and_where(Expr::col(Column::TrainingTypeId).eq(new.training_type_id))
        .and_where(counted().gte(earliest))
        .to_owned();
    let read = tx.reader().rows(&sums, |row| {
        let sum = |index| Ok::<_, Error>(row.get::<Option<i64>>(index)?.unwrap_or_default());
        Ok(Kept { days: sum(0)?, month: sum(1)?, year: sum(2)? })
    });
    Ok(read.await?.into_iter().next().unwrap_or_default())
}

async fn take_back(tx: &Tx<'_>, person: &librarian::Model, entry: &Model, reason: &str) -> Result<Model> {
    let row = ActiveModel {
        kind: Set(EntryKind::Reversal),
        recorded_on: Set(tx.today()),
        credited: Set(-entry.credited),
        verifier_id: Set(tx.access().caller().map(|caller| caller.user_id)),
        reversal_of: Set(Some(entry.id)),
        reason: Set(Some(reason.to_owned())),
        ..copy(entry)
    };
    let reversal = tx.insert::<Entity>(row, "credit_entry.reversed").await.on_duplicate(INVALID_TRANSITION)?;
    let free = Query::delete()
        .from_table(certificate::Entity)
        .and_where(Expr::col(certificate::Column::EntryId).eq(entry.id))
        .to_owned();
    tx.execute(&free).await?;
    // The year of the entry, by the contract of its day.
    let year = CreditYear::beginning(contract_start(tx.reader(), person, entry.counted_on).await?, entry.year);
    recount_in(tx, person.id, year).await?;
    Ok(reversal)
}

/// All that a reversal says alike.
fn copy(entry: &Model) -> ActiveModel {
    let entry = entry.clone();
    ActiveModel {
        librarian_id: Set(entry.librarian_id),
        year: Set(entry.year),
        starts_on: Set(entry.starts_on),
        counted_on: Set(entry.counted_on),
        training_type_id: Set(entry.training_type_id),
        bucket: Set(entry.bucket),
        source_kind: Set(entry.source_kind),
        source_id: Set(entry.source_id),
        round: Set(entry.round),
        title: Set(entry.title),
        organiser: Set(entry.organiser),
        certificate_number: Set(entry.certificate_number),
        evidence_url: Set(entry.evidence_url),
        is_international: Set(entry.is_international),
        days: Set(entry.days),
        sessions: Set(entry.sessions),
        minutes: Set(entry.minutes),
        claimed: Set(entry.claimed),
        rule_id: Set(entry.rule_id),
        computed: Set(entry.computed),
        cap: Set(entry.cap),
        ..Default::default()
    }
}
