//! What is printed: one page in Indonesian, as official papers are, under the library's letterhead. Everything that people wrote is
//! escaped; nothing is fetched from elsewhere but the logo.

use std::fmt::Write;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::EntityTrait;

use super::sessions::dto::zone;
use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::kernel::http::Rendered;
use crate::kernel::text::escape_markup;
use crate::settings::library_settings::entity::{self as settings, Model as Library};

/// The media type of a page, as it is asked for.
pub const HTML: &str = "text/html";
/// The media type of a page, as it is given.
const HTML_UTF8: &str = "text/html; charset=utf-8";

const STYLE: &str = "\
@page{size:A4;margin:20mm}body{margin:0 auto;max-width:190mm;padding:1rem;color:#000;background:#fff;font:11pt/1.4 \"Times New Roman\",serif}\
header{display:flex;gap:1rem;align-items:center;justify-content:center;border-bottom:3px double #000;padding-bottom:.5rem;text-align:center}\
header img{height:22mm}header p{margin:0}.over{font-size:12pt;white-space:pre-line}.name{font-size:15pt;font-weight:bold}.under{font-size:10pt}\
h1{margin:1.25rem 0 0;text-align:center;font-size:14pt;text-decoration:underline}.number{margin:0 0 1rem;text-align:center}\
table{width:100%;border-collapse:collapse}.list th,.list td{border:1px solid #000;padding:.3rem .4rem;text-align:left;vertical-align:top}\
.list thead{display:table-header-group}.list tr{break-inside:avoid}.list .mark{text-align:center;min-width:24mm;height:9mm}\
.facts td{padding:.15rem .4rem;vertical-align:top;overflow-wrap:anywhere}.facts td:first-child{width:38mm}\
.signature{margin:2rem 0 0 auto;width:75mm;break-inside:avoid}.signature p{margin:0}.signature .room{height:22mm}.who{font-weight:bold;text-decoration:underline}";

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const WEEKDAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// The library, whose letterhead stands above.
pub async fn library(reader: Reader<'_>) -> Result<Option<Library>> {
    reader.one(settings::Entity::find()).await
}

/// A day in words: 10 Maret 2026.
pub fn day(day: NaiveDate) -> String {
    let month = usize::try_from(day.month0()).ok().and_then(|place| MONTHS.get(place)).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// A day with its weekday: Selasa, 10 Maret 2026.
pub fn long_day(on: NaiveDate) -> String {
    let place = usize::try_from(on.weekday().num_days_from_monday()).unwrap_or_default();
    format!("{}, {}", WEEKDAYS.get(place).copied().unwrap_or_default(), day(on))
}

/// The time zone of this IANA name, that of the library where there is none.
pub fn home_or(time_zone: &str) -> Tz {
    zone(time_zone).unwrap_or(Tz::Asia__Pontianak)
}

/// How people call a time zone: WIB.
pub fn zone_name(zone: Tz) -> String {
    match zone {
        Tz::Asia__Pontianak | Tz::Asia__Jakarta => "WIB".to_owned(),
        Tz::Asia__Makassar => "WITA".to_owned(),
        Tz::Asia__Jayapura => "WIT".to_owned(),
        other => format!("({})", other.name()),
    }
}

/// When something is, as it is announced: Selasa, 10 Maret 2026, 08.00-12.00 WIB.
pub fn time(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>, time_zone: &str) -> String {
    let zone = home_or(time_zone);
    let (from, until) = (starts_at.with_timezone(&zone), ends_at.with_timezone(&zone));
    let name = zone_name(zone);
    let last = if from.date_naive() == until.date_naive() {
        String::new()
    } else {
        format!("{}, ", long_day(until.date_naive()))
    };
    format!("{}, {}-{last}{} {name}", long_day(from.date_naive()), from.format("%H.%M"), until.format("%H.%M"))
}

/// Two columns: what, and what of it.
pub fn facts(rows: &[(&str, String)]) -> String {
    let rows =
        rows.iter().filter(|(_, content)| !content.is_empty()).fold(String::new(), |mut rows, (name, content)| {
            let _ = write!(rows, "<tr><td>{}</td><td>: {}</td></tr>", escape_markup(name), escape_markup(content));
            rows
        });
    format!("<table class=\"facts\">{rows}</table>")
}

/// Who signs, and where and when.
pub fn signature(library: Option<&Library>, on: NaiveDate) -> String {
    let of = |field: Option<&String>| field.map(|text| escape_markup(text)).unwrap_or_default();
    let city = of(library.and_then(|row| row.city.as_ref()));
    let place = if city.is_empty() { day(on) } else { format!("{city}, {}", day(on)) };
    let number = of(library.and_then(|row| row.signatory_number.as_ref()));
    let number = if number.is_empty() { String::new() } else { format!("<p>NIP {number}</p>") };
    format!(
        "<div class=\"signature\"><p>{place}</p><p>{}</p><p class=\"room\"></p><p class=\"who\">{}</p>{number}</div>",
        of(library.and_then(|row| row.signatory_position.as_ref())),
        of(library.and_then(|row| row.signatory_name.as_ref())),
    )
}

/// A page under the letterhead. The content is markup, the title is not.
pub fn page(library: Option<&Library>, title: &str, content: &str) -> Rendered {
    let head = library.map(letterhead).unwrap_or_default();
    let title = escape_markup(title);
    let page = format!(
        "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>{head}{content}</body></html>\n"
    );
    Rendered { media_type: HTML_UTF8, body: page.into_bytes(), file_name: None }
}

fn letterhead(library: &Library) -> String {
    let logo = library.logo_url.as_deref().map(|address| format!("<img src=\"{}\" alt=\"\">", escape_markup(address)));
    // Lines of the letterhead stay lines: each is escaped by itself.
    let over = library.letterhead.as_deref().unwrap_or_default();
    let over: Vec<String> = over.lines().map(escape_markup).collect();
    let under: Vec<String> =
        [&library.address, &library.city].into_iter().flatten().map(|text| escape_markup(text)).collect();
    let number = library.registration_number.as_deref().map(|number| format!(" · NPP {}", escape_markup(number)));
    format!(
        "<header>{}<div><p class=\"over\">{}</p><p class=\"name\">{}</p><p class=\"under\">{}{}</p></div></header>",
        logo.unwrap_or_default(),
        over.join("<br>"),
        escape_markup(&library.name),
        under.join(", "),
        number.unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_they_are_announced() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (from, until) = (at("2026-03-10T01:00:00Z"), at("2026-03-10T05:30:00Z"));
        assert_eq!(time(from, until, "Asia/Pontianak"), "Selasa, 10 Maret 2026, 08.00-12.30 WIB");
        assert_eq!(time(from, until, "Asia/Jayapura"), "Selasa, 10 Maret 2026, 10.00-14.30 WIT");
        let late = at("2026-03-10T18:00:00Z");
        assert_eq!(time(from, late, "Asia/Jakarta"), "Selasa, 10 Maret 2026, 08.00-Rabu, 11 Maret 2026, 01.00 WIB");
    }

    #[test]
    fn what_people_wrote_is_escaped() {
        assert_eq!(
            facts(&[("Untuk", "<b>&".to_owned()), ("Tempat", String::new())]),
            "<table class=\"facts\"><tr><td>Untuk</td><td>: &lt;b&gt;&amp;</td></tr></table>"
        );
    }
}
