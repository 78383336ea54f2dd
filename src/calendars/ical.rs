//! iCalendar as text (RFC 5545).

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};

/// The media type of a calendar.
pub(crate) const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";
/// The longest line in bytes (3.1).
const LINE: usize = 75;

/// The zones of Indonesia, which have had one offset for decades: name, abbreviation, hours.
const ZONES: [(&str, &str, u8); 4] = [
    ("Asia/Jakarta", "WIB", 7),
    ("Asia/Pontianak", "WIB", 7),
    ("Asia/Makassar", "WITA", 8),
    ("Asia/Jayapura", "WIT", 9),
];

/// Whether something takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// It does.
    Confirmed,
    /// It may.
    Tentative,
    /// It does not.
    Cancelled,
}

/// An entry of a calendar.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The same for ever.
    pub uid: String,
    /// Grows with each change.
    pub sequence: i32,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// Where the clock hangs that people look at (IANA).
    pub time_zone: String,
    /// What it is.
    pub summary: String,
    /// More of it.
    pub description: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// Where on the web.
    pub url: Option<String>,
    /// Whether it takes place.
    pub status: Status,
}

/// Writes a calendar of this name.
pub(crate) fn calendar(name: &str, entries: &[Entry]) -> String {
    let mut text = Text(String::new());
    text.line("BEGIN", "VCALENDAR");
    text.line("VERSION", "2.0");
    text.line("PRODID", "-//Bina Pustaka//Kalender kegiatan//ID");
    text.line("CALSCALE", "GREGORIAN");
    text.line("METHOD", "PUBLISH");
    text.line("NAME", &escaped(name));
    text.line("X-WR-CALNAME", &escaped(name));
    text.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    text.line("X-PUBLISHED-TTL", "PT1H");
    let used: BTreeSet<_> = entries.iter().filter_map(|entry| zone(&entry.time_zone)).collect();
    for (name, abbreviation, hours) in used {
        text.zone(name, abbreviation, hours);
    }
    for entry in entries {
        text.entry(entry);
    }
    text.line("END", "VCALENDAR");
    text.0
}

fn zone(name: &str) -> Option<(&'static str, &'static str, u8)> {
    ZONES.into_iter().find(|(known, ..)| *known == name)
}

struct Text(String);

impl Text {
    /// A content line, folded where it is too long; no letter is cut in two.
    fn line(&mut self, name: &str, value: &str) {
        let whole = format!("{name}:{value}");
        let mut room = LINE;
        for letter in whole.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    fn zone(&mut self, name: &str, abbreviation: &str, hours: u8) {
        self.line("BEGIN", "VTIMEZONE");
        self.line("TZID", name);
        self.line("BEGIN", "STANDARD");
        self.line("DTSTART", "19880101T000000");
        let offset = format!("+{hours:02}00");
        self.line("TZOFFSETFROM", &offset);
        self.line("TZOFFSETTO", &offset);
        self.line("TZNAME", abbreviation);
        self.line("END", "STANDARD");
        self.line("END", "VTIMEZONE");
    }

    /// An instant by the clock of its zone; in UTC where that is none of Indonesia's.
    fn instant(&mut self, name: &str, instant: DateTime<Utc>, time_zone: &str) {
        match zone(time_zone) {
            Some((zone, _, hours)) => {
                let local = instant + TimeDelta::hours(i64::from(hours));
                self.line(&format!("{name};TZID={zone}"), &local.format("%Y%m%dT%H%M%S").to_string());
            }
            None => self.line(name, &utc(instant)),
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.line("BEGIN", "VEVENT");
        self.line("UID", &entry.uid);
        self.line("DTSTAMP", &utc(entry.changed_at));
        self.line("LAST-MODIFIED", &utc(entry.changed_at));
        self.line("SEQUENCE", &entry.sequence.to_string());
        self.instant("DTSTART", entry.starts_at, &entry.time_zone);
        self.instant("DTEND", entry.ends_at, &entry.time_zone);
        self.line("SUMMARY", &escaped(&entry.summary));
        for (name, value) in [("DESCRIPTION", &entry.description), ("LOCATION", &entry.location)] {
            if let Some(value) = value {
                self.line(name, &escaped(value));
            }
        }
        // An address holds nothing that could end its line.
        if let Some(url) = entry.url.as_ref().filter(|url| !url.contains(char::is_control)) {
            self.line("URL", url);
        }
        self.line(
            "STATUS",
            match entry.status {
                Status::Confirmed => "CONFIRMED",
                Status::Tentative => "TENTATIVE",
                Status::Cancelled => "CANCELLED",
            },
        );
        self.line("TRANSP", if entry.status == Status::Confirmed { "OPAQUE" } else { "TRANSPARENT" });
        self.line("END", "VEVENT");
    }
}

fn utc(instant: DateTime<Utc>) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text without what would end it (3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{letter}");
            }
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            control if control.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str, time_zone: &str) -> Entry {
        Entry {
            uid: "019a0000-0000-7000-8000-000000000000".to_owned(),
            sequence: 3,
            changed_at: "2026-03-02T01:00:00.123Z".parse().unwrap(),
            starts_at: "2026-03-02T18:30:00Z".parse().unwrap(),
            ends_at: "2026-03-02T20:00:00Z".parse().unwrap(),
            time_zone: time_zone.to_owned(),
            summary: summary.to_owned(),
            description: None,
            location: None,
            url: None,
            status: Status::Confirmed,
        }
    }

    #[test]
    fn an_evening_in_utc_is_the_next_morning_in_singkawang() {
        let text = calendar("Kegiatan", &[entry("Bimtek", "Asia/Pontianak"), entry("Webinar", "Europe/Paris")]);
        assert!(text.contains("DTSTART;TZID=Asia/Pontianak:20260303T013000\r\n") && text.contains("TZOFFSETTO:+0700"));
        assert!(text.contains("DTSTART:20260302T183000Z\r\n"));
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    }

    #[test]
    fn texts_end_where_they_end() {
        let text = calendar("A;B,C\\D\nE\r\nATTACH:x", &[]);
        assert!(text.contains("\r\nNAME:A\\;B\\,C\\\\D\\nE\\nATTACH:x\r\n"), "{text}");
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_longer_than_75_bytes_and_unfolding_gives_the_text_back(summary in ".{0,300}") {
            let text = calendar("K", &[entry(&summary, "Asia/Pontianak")]);
            proptest::prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE));
            let unfolded = text.replace("\r\n ", "");
            let wanted = format!("SUMMARY:{}\r\n", escaped(&summary));
            proptest::prop_assert!(unfolded.contains(&wanted));
        }
    }
}
