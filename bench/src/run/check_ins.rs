//! Batches of scans, as a device sends them that was without a network: everybody with a seat, at one session.

use std::fmt::Write;

use anyhow::{Context, ensure};
use chrono::{SecondsFormat, TimeDelta};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use uuid::Uuid;

use super::{
    cases::{Bench, Pair},
    report::{Case, Section},
};
use crate::{
    floor::check_ins::CHECK_INS,
    load::{self, Template},
    seed::{self, Door},
};

/// Scans of a batch: as many as the service takes at once.
const SCANS: usize = 1_000;
/// Batches to each of the two, the first of which is not counted.
const BATCHES: usize = 40;
/// How long a code is shown, in seconds.
const PERIOD: i64 = 30;

/// What a device downloads before it goes to the door.
#[derive(Deserialize)]
struct Verifiers {
    items: Vec<Verifier>,
}

#[derive(Deserialize)]
struct Verifier {
    registration_id: Uuid,
    secret: String,
}

impl Bench<'_> {
    /// Service and floor each get the people of other activities, so that every scan is a person's first.
    pub(super) async fn check_ins(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for (place, door) in seed::doors(self.options.amount, SCANS).take(2 * BATCHES).enumerate() {
            let path = Template::plain(&CHECK_INS.replace("{id}", &door.activity.to_string()));
            let body = Template::plain(&batch(pair, &door).await?);
            let [service, floor] = pair.requests("POST", &path, Some(&body));
            if place % 2 == 0 { ours.push(service) } else { theirs.push(floor) }
        }
        let name = "check-in of 1,000 scans";
        let expected = format!(r#"{{"applied":{SCANS},"#);
        let mut outcomes = Vec::new();
        for (requests, server) in [(&ours, &pair.service), (&theirs, &pair.floor)] {
            let (first, rest) = requests.split_first().context("no activity has 1,000 seats")?;
            ensure!(!rest.is_empty(), "no second activity has 1,000 seats");
            load::series(std::slice::from_ref(first), &expected, server.pid).await.context(name)?;
            let outcome = load::series(rest, &expected, server.pid).await.context(name)?;
            eprintln!("{}: {name}\n{outcome}", self.stage.database.name());
            outcomes.push(outcome);
        }
        let (floor, service) = (outcomes.pop(), outcomes.pop().context("nothing was measured")?);
        section.cases.push(Case { name, aim: None, service, floor });
        Ok(())
    }
}

/// The scans of everybody with a seat, one a second from the beginning of the session.
async fn batch(pair: &Pair, door: &Door) -> anyhow::Result<String> {
    let path = format!("/api/v1/activity-sessions/{}/verifiers", door.session);
    let [service, _] = pair.requests("GET", &Template::plain(&path), None);
    let answer = service.once(0).await?;
    ensure!(answer.status == 200, "verifiers: {}", String::from_utf8_lossy(&answer.body));
    let verifiers: Verifiers = serde_json::from_slice(&answer.body)?;
    let mut body = r#"{"items":["#.to_owned();
    for (verifier, second) in verifiers.items.iter().take(SCANS).zip(0..) {
        let at = door.starts_at + TimeDelta::seconds(second);
        let code = code(verifier, at.timestamp().div_euclid(PERIOD))?;
        let comma = if second > 0 { "," } else { "" };
        write!(
            body,
            r#"{comma}{{"session_id":"{}","code":"{code}","scanned_at":"{}","nonce":"{:012x}","device_id":"pintu-utama"}}"#,
            door.session,
            at.to_rfc3339_opts(SecondsFormat::Millis, true),
            verifier.registration_id.as_u128() % (1 << 48),
        )?;
    }
    body.push_str("]}");
    Ok(body)
}

/// The code that a person's app shows in a period.
fn code(verifier: &Verifier, step: i64) -> anyhow::Result<String> {
    let secret = BASE64URL_NOPAD.decode(verifier.secret.as_bytes())?;
    let text = format!("BP1.{}.{step}", verifier.registration_id.simple());
    let mut tag = Hmac::<Sha256>::new_from_slice(&secret)?;
    tag.update(text.as_bytes());
    let tag: String = BASE64URL_NOPAD.encode(&tag.finalize().into_bytes()).chars().take(12).collect();
    Ok(format!("{text}.{tag}"))
}
