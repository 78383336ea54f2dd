//! The page that a browser shows: both languages, nothing from elsewhere, no script.

use std::fmt::Write;

use chrono::NaiveDate;

use super::dto::Verification;
use crate::certificates::certificates::entity::CertificateStatus;
use crate::certificates::words;
use crate::kernel::language::Language;
use crate::kernel::text::escape_markup;

/// The media type of a page.
pub const MEDIA_TYPE: &str = "text/html; charset=utf-8";

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6775;--paper:#fff;--ground:#f3f1ec;--line:#ddd6c8;--good:#0b6b4f;--bad:#a4262c}\
@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--soft:#a7b0ba;--paper:#1b222b;--ground:#12171d;--line:#38424e;--good:#5fd0a6;--bad:#ff8f8f}}\
*{box-sizing:border-box}body{margin:0;padding:1.5rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}\
main{max-width:40rem;margin:2rem auto;padding:2rem;background:var(--paper);border:1px solid var(--line);border-radius:.75rem}\
.state{margin:0 0 1.5rem;padding:.75rem 1rem;border-left:.35rem solid;border-radius:.25rem;background:var(--ground);font-weight:600}\
.good{border-color:var(--good);color:var(--good)}.bad{border-color:var(--bad);color:var(--bad)}\
.state p{margin:.25rem 0 0;color:var(--ink);font-weight:400}\
h1{margin:0 0 .25rem;font:600 1.6rem/1.25 Georgia,serif;overflow-wrap:anywhere}.for{margin:0 0 1.5rem;color:var(--soft);overflow-wrap:anywhere}\
dl{margin:0}dt{margin-top:1rem;color:var(--soft);font-size:.875rem}dd{margin:0;overflow-wrap:anywhere}\
i{font-style:normal;color:var(--soft)}ul{margin:0;padding-left:1.1rem}footer{margin-top:2rem;color:var(--soft);font-size:.875rem}";

/// The page of a certificate.
pub fn of(found: &Verification) -> String {
    let mut main = state(found);
    let _ = write!(
        main,
        "<h1>{}</h1><p class=\"for\">{}</p><dl>",
        escape_markup(&found.recipient_name),
        escape_markup(&found.title)
    );
    let mut term = |id: &str, en: &str, content: String| {
        let _ = write!(main, "<dt>{id} <i lang=\"en\">/ {en}</i></dt><dd>{content}</dd>");
    };
    term("Nomor", "Number", escape_markup(&found.number));
    term("Penyelenggara", "Organiser", escape_markup(&found.organiser));
    term("Tanggal", "Dates", days(found.starts_on, found.ends_on));
    if let Some(hours) = found.credit_hours {
        term("Jam pelajaran", "Credit hours", format!("{hours} JP"));
    }
    if !found.competencies.is_empty() {
        let items = found.competencies.iter().fold(String::new(), |mut items, entry| {
            let title = escape_markup(entry.title.text(Language::Indonesian));
            let english = escape_markup(entry.title.text(Language::English));
            let _ = write!(
                items,
                "<li>{title} <i lang=\"en\">/ {english}</i>, tingkat <i lang=\"en\">/ level</i> {}</li>",
                entry.level
            );
            items
        });
        term("Kompetensi", "Competencies", format!("<ul>{items}</ul>"));
    }
    term("Diterbitkan", "Issued", day(found.issued_on));
    main.push_str("</dl>");
    shell("Verifikasi sertifikat", &main)
}

fn state(found: &Verification) -> String {
    if found.status == CertificateStatus::Issued {
        return "<div class=\"state good\">Sertifikat ini sah dan berlaku. \
                <span lang=\"en\">This certificate is genuine and holds.</span></div>"
            .to_owned();
    }
    let mut text = "<div class=\"state bad\">Sertifikat ini telah dicabut. \
                    <span lang=\"en\">This certificate was revoked.</span>"
        .to_owned();
    if let Some(reason) = &found.revocation_reason {
        let _ = write!(text, "<p>Alasan <i lang=\"en\">/ Reason</i>: {}</p>", escape_markup(reason));
    }
    if found.is_replaced {
        text.push_str("<p>Sertifikat lain menggantikannya. <i lang=\"en\">Another took its place.</i></p>");
    }
    text + "</div>"
}

/// The page where there is no such certificate.
pub fn unknown() -> String {
    let main = "<div class=\"state bad\">Sertifikat tidak ditemukan. <span lang=\"en\">There is no such certificate.</span></div>\
                <p>Periksa kembali kode pada sertifikat. <i lang=\"en\">Check the code on the certificate.</i></p>";
    shell("Sertifikat tidak ditemukan", main)
}

fn shell(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main>{main}<footer>Bina Pustaka</footer></main></body></html>"
    )
}

/// Days as people read them, with their machine form beside where it is one.
fn days(from: NaiveDate, until: NaiveDate) -> String {
    if from == until { day(from) } else { words::days(from, until, Language::Indonesian) }
}

fn day(on: NaiveDate) -> String {
    format!("<time datetime=\"{on}\">{}</time>", words::day(on, Language::Indonesian))
}
