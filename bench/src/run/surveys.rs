//! Answers to a public survey, each with a one-time token, from many people at once.

use anyhow::{Context, ensure};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    cases::{Bench, Pair},
    report::{Case, Section},
};
use crate::{
    floor::surveys::{ANSWERS, SURVEY},
    load::{Request, Template},
    seed,
};

/// Connections that answer.
const CONNECTIONS: usize = 64;
/// Tokens that the service makes at once, at the most.
const PORTION: usize = 1_000;

/// New tokens.
#[derive(Deserialize)]
struct Issued {
    tokens: Vec<String>,
}

/// What became of a campaign's tokens.
#[derive(Deserialize)]
struct Campaign {
    response_count: u64,
    tokens_issued: u64,
    tokens_left: u64,
}

impl Bench<'_> {
    /// Service and floor each get the tokens of another campaign, since a token answers once.
    pub(super) async fn surveys(&self, pair: &Pair, section: &mut Section) -> anyhow::Result<()> {
        let name = "answer to a public survey";
        let campaigns = seed::waiting_campaigns();
        let mut requests = Vec::new();
        for (campaign, server) in campaigns.into_iter().zip([&pair.service, &pair.floor]) {
            let path = Template::new(&SURVEY.replace("{token}", "{next}"), self.tokens(pair, campaign).await?.into());
            // Who answers has no account.
            let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
            let body = Some(Template::plain(ANSWERS));
            requests.push((Request { path, headers, body, ..server.request("POST", "") }, server));
        }
        let mut outcomes = Vec::new();
        for (request, server) in requests {
            let outcome = self.load(name, &request, (CONNECTIONS, None), server).await?;
            ensure!(outcome.count() > 0, "all tokens were used before the counting began: --tokens");
            outcomes.push(outcome);
        }
        let (floor, service) = (outcomes.pop(), outcomes.pop().context("nothing was measured")?);
        section.cases.push(Case { name, aim: None, service, floor });
        for (campaign, whose) in campaigns.into_iter().zip(["the service", "the floor"]) {
            let path = format!("/api/v1/campaigns/{campaign}");
            let [read, _] = pair.requests("GET", &Template::plain(&path), None);
            let Campaign { response_count, tokens_issued, tokens_left } =
                serde_json::from_slice(&read.once(0).await?.body).context("the campaign")?;
            let figures = format!("{response_count} answers, {tokens_left} of {tokens_issued} tokens left");
            ensure!(response_count + tokens_left == tokens_issued, "an answer for each token of {whose}: {figures}");
            section.fact(format!("an answer for each used token: {whose}"), figures, "all");
        }
        Ok(())
    }

    /// Has the service make the tokens of a campaign.
    async fn tokens(&self, pair: &Pair, campaign: Uuid) -> anyhow::Result<Vec<String>> {
        let mut tokens = Vec::with_capacity(self.options.tokens);
        while tokens.len() < self.options.tokens {
            let path = Template::plain(&format!("/api/v1/campaigns/{campaign}/tokens"));
            let count = PORTION.min(self.options.tokens - tokens.len());
            let [issue, _] = pair.requests("POST", &path, Some(&Template::plain(&format!(r#"{{"count":{count}}}"#))));
            let answer = issue.once(0).await?;
            ensure!((200..300).contains(&answer.status), "tokens: {}", String::from_utf8_lossy(&answer.body));
            tokens.extend(serde_json::from_slice::<Issued>(&answer.body)?.tokens);
        }
        Ok(tokens)
    }
}
