//! What an Open Badge says (1EdTech Open Badges 3.0, AchievementCredential).

use chrono::{NaiveDate, NaiveTime, SecondsFormat};
use serde_json::{Value, json};

use super::status_list;
use crate::certificates::entity::{CertifiedCompetency, Model};
use crate::certificates::words::{days, hours};
use crate::kernel::decimal::decimal;
use crate::kernel::language::Language::{English, Indonesian};

/// The contexts of an Open Badge: the data model of verifiable credentials, and that of badges.
pub const CONTEXTS: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];
const SCHEMA: &str = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";
/// The version of CASE whose addresses name competencies.
const CASE: &str = "ims/case/v1p1/CFItems";

/// The address of a certificate as a credential.
pub fn address(row: &Model, base: &str) -> String {
    format!("{base}/api/v1/credentials/{}", row.credential_id)
}

/// The address of the library as an issuer.
pub fn issuer_address(base: &str) -> String {
    format!("{base}/api/v1/credential-issuer")
}

/// The library as an issuer: a Profile, with what a certificate said of it.
pub fn issuer(name: &str, base: &str) -> Value {
    json!({"id": issuer_address(base), "type": ["Profile"], "name": name, "url": base})
}

/// A certificate as a credential, without its proof.
pub fn of(row: &Model, verification: &str, base: &str) -> Value {
    let subject = subject_id(row);
    json!({
        "@context": CONTEXTS,
        "id": address(row, base),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": row.title,
        "description": description(row),
        "issuer": issuer(&row.organiser, base),
        "validFrom": instant(row),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject", "hashed": false, "identityHash": row.recipient_name, "identityType": "name",
            }],
            "activityStartDate": midnight(row.starts_on),
            "activityEndDate": midnight(row.ends_on),
            "creditsEarned": row.credit_hundredths.map_or(0.0, |hours| decimal(hours.into())),
            "achievement": achievement(row, base),
        },
        "credentialStatus": status_list::entry(row.status_index, base),
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "evidence": [{"id": verification, "type": ["Evidence"], "name": format!("Verifikasi sertifikat {}", row.number)}],
    })
}

/// The claims of a credential as a JWT: the credential itself, and the registered claims that say the same (RFC 7519).
pub fn claims(row: &Model, verification: &str, base: &str) -> Value {
    let mut claims = of(row, verification, base);
    if let Some(fields) = claims.as_object_mut() {
        fields.insert("iss".to_owned(), json!(issuer_address(base)));
        fields.insert("jti".to_owned(), json!(address(row, base)));
        fields.insert("sub".to_owned(), json!(subject_id(row)));
        fields.insert("nbf".to_owned(), json!(row.created_at.timestamp()));
        fields.insert("iat".to_owned(), json!(row.created_at.timestamp()));
    }
    claims
}

fn subject_id(row: &Model) -> String {
    format!("urn:uuid:{}", row.librarian_id)
}

fn instant(row: &Model) -> String {
    row.created_at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn midnight(on: NaiveDate) -> String {
    on.and_time(NaiveTime::MIN).and_utc().to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn description(row: &Model) -> String {
    let said = days(row.starts_on, row.ends_on, Indonesian);
    let hours = row.credit_hundredths.map(|hundredths| format!(", {} JP", hours(hundredths, Indonesian)));
    format!("{} ({said}{})", row.title, hours.unwrap_or_default())
}

fn achievement(row: &Model, base: &str) -> Value {
    let narrative = "Peserta memenuhi syarat kehadiran dan nilai kegiatan. / The participant reached the attendance and the score \
                     that the activity asks for.";
    json!({
        "id": format!("urn:uuid:{}", row.activity_id),
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": row.title,
        "description": description(row),
        "criteria": {"narrative": narrative},
        "inLanguage": "id",
        "creditsAvailable": row.credit_hundredths.map_or(0.0, |hours| decimal(hours.into())),
        "alignment": row.competencies.0.iter().map(|entry| alignment(entry, base)).collect::<Vec<_>>(),
    })
}

/// A competency by its address in CASE, where the whole framework can be read.
fn alignment(entry: &CertifiedCompetency, base: &str) -> Value {
    json!({
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetName": entry.title.text(Indonesian),
        "targetDescription": format!("{}, tingkat/level {}", entry.title.text(English), entry.level),
        "targetCode": entry.code,
        "targetUrl": format!("{base}/{CASE}/{}", entry.competency_id),
    })
}
