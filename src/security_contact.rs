//! Whom to tell about a weakness of the service (security.txt, RFC 9116).

use actix_web::get;
use actix_web::web::Data;
use chrono::{DateTime, NaiveTime, SecondsFormat, TimeDelta, Utc};

use crate::kernel::db::Db;
use crate::kernel::error::{NOT_FOUND, Result};
use crate::kernel::http::Rendered;
use crate::kernel::policy::{Rule, open};
use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// How long what is said there may be believed; RFC 9116 wants less than a year.
const VALIDITY: TimeDelta = TimeDelta::days(180);

const READ_SECURITY_CONTACT: Rule = open("read_security_contact").also(&["text/plain"]);

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "security_contact",
    tags: &[],
    routes: |_| {},
    root_routes: Some(routes),
    rules: &[READ_SECURITY_CONTACT],
    refusals: &[],
    faults: &[],
    hooks: &[],
    contributions: &[],
};

fn routes(config: &mut ServiceConfig) {
    config.service(read_security_contact);
}

/// Whom to tell, as the configuration says.
pub struct SecurityContact {
    contact: Option<String>,
    canonical: String,
}

impl SecurityContact {
    /// A contact (`mailto:` or `https:`), if there is one, of the service at this address.
    pub fn new(contact: Option<String>, public_url: &str) -> Self {
        let canonical = format!("{}/.well-known/security.txt", public_url.trim_end_matches('/'));
        Self { contact, canonical }
    }

    fn text(&self, now: DateTime<Utc>) -> Option<String> {
        let contact = self.contact.as_deref()?;
        // Midnight, so that the text, and its ETag, stay the same all day.
        let expires = (now + VALIDITY).date_naive().and_time(NaiveTime::MIN).and_utc();
        let expires = expires.to_rfc3339_opts(SecondsFormat::Secs, true);
        Some(format!(
            "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: id, en\nCanonical: {}\n",
            self.canonical
        ))
    }
}

/// Whom to tell about a weakness
///
/// The file `security.txt` (RFC 9116); 404 where the library named no contact (`BINA_SECURITY_CONTACT`).
#[utoipa::path(responses((status = OK, description = "The contact", body = String, content_type = "text/plain")))]
#[get("/.well-known/security.txt", wrap = "READ_SECURITY_CONTACT")]
pub async fn read_security_contact(db: Data<Db>, contact: Data<SecurityContact>) -> Result<Rendered> {
    let text = contact.text(db.now()).ok_or(NOT_FOUND)?;
    Ok(Rendered { media_type: "text/plain; charset=utf-8", body: text.into_bytes(), file_name: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_has_what_rfc_9116_requires() {
        let contact = SecurityContact::new(Some("mailto:keamanan@demo.example".to_owned()), "https://bina.example/");
        let text = contact.text("2026-01-05T01:02:03Z".parse().unwrap()).unwrap();
        assert_eq!(
            text,
            "Contact: mailto:keamanan@demo.example\nExpires: 2026-07-04T00:00:00Z\nPreferred-Languages: id, en\n\
             Canonical: https://bina.example/.well-known/security.txt\n"
        );
        assert_eq!(SecurityContact::new(None, "https://bina.example").text(chrono::DateTime::UNIX_EPOCH), None);
    }
}
