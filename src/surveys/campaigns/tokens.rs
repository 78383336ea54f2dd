//! Secrets that let people without an account answer: one-time tokens, and the open link of a campaign.
//!
//! A one-time token says which campaign it is for and carries a tag that only this instance can make, so that a used one is known
//! again although no row tells of it. What is kept of an unused one is made under the instance's secret too: whoever has the database,
//! its journals or an old copy of it, and even a list of who got which token, cannot say which row was whose. An open link is random;
//! its campaign keeps its SHA-256.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{CampaignLink, CampaignTokens, SurveyToken};
use super::entity::{CampaignStatus, Column, Entity, Model, token};
use super::service::CAMPAIGN_CLOSED;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Refusal, Result};
use crate::kernel::policy::Access;
use crate::kernel::secret::{Secrets, base32, from_base32, random_bytes, sha256};

/// Tokens and links belong to anonymous campaigns.
pub const BY_NAME: Refusal = Refusal {
    code: "answered_by_name",
    status: 409,
    id: "Survei ini dijawab dengan nama; token dan tautan hanya untuk survei anonim",
    en: "This campaign is answered by name; tokens and links are for anonymous ones",
};

/// A campaign has a limited number of tokens.
pub const TOO_MANY_TOKENS: Refusal = Refusal {
    code: "too_many_tokens",
    status: 409,
    id: "Satu survei mempunyai paling banyak 100.000 token",
    en: "A campaign has at most 100,000 tokens",
};

/// The most tokens of a campaign.
const MOST_TOKENS: i32 = 100_000;
/// Random bytes of a one-time token.
const NONCE: usize = 16;
/// Bytes of the tag by which a used token is known again.
const TAG: usize = 8;
/// Bytes of an open link: 160 bits.
const LINK: usize = 20;

/// What somebody holds who answers without an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A one-time token of this campaign, as it is kept.
    Once(Uuid, Vec<u8>),
    /// An open link, by its hash.
    Link(Vec<u8>),
}

/// Reads a token as people write it; nothing where it cannot be one of ours.
pub fn read(secrets: &Secrets, typed: &str) -> Option<Key> {
    let bytes = from_base32(typed)?;
    if bytes.len() == LINK {
        return Some(Key::Link(sha256(&bytes).to_vec()));
    }
    let (id, rest) = bytes.split_at_checked(16)?;
    let (nonce, tag) = rest.split_at_checked(NONCE)?;
    let campaign_id = Uuid::from_slice(id).ok()?;
    let tagged = tag_of(secrets, campaign_id, nonce).is_ok_and(|expected| tag == expected);
    let kept = tagged.then(|| kept_of(secrets, campaign_id, nonce).ok()).flatten()?;
    Some(Key::Once(campaign_id, kept))
}

fn tag_of(secrets: &Secrets, campaign_id: Uuid, nonce: &[u8]) -> Result<Vec<u8>> {
    let purpose = format!("a survey token {}", base32(nonce)?);
    Ok(secrets.printed(&purpose, campaign_id).into_iter().take(TAG).collect())
}

fn kept_of(secrets: &Secrets, campaign_id: Uuid, nonce: &[u8]) -> Result<Vec<u8>> {
    let purpose = format!("what is kept of a survey token {}", base32(nonce)?);
    Ok(secrets.printed(&purpose, campaign_id).to_vec())
}

fn new_token(secrets: &Secrets, campaign_id: Uuid) -> Result<(String, Vec<u8>)> {
    let nonce = random_bytes::<NONCE>()?;
    let bytes = [campaign_id.as_bytes().as_slice(), &nonce, &tag_of(secrets, campaign_id, &nonce)?].concat();
    Ok((base32(&bytes)?, kept_of(secrets, campaign_id, &nonce)?))
}

/// The campaign, held, if it may have tokens and links.
async fn anonymous_in(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let row = tx.lock(Entity::find().filter(Column::Id.eq(id))).await?;
    if !row.is_anonymous {
        return Err(BY_NAME.into());
    }
    match row.status {
        CampaignStatus::Draft | CampaignStatus::Open => Ok(row),
        CampaignStatus::Closed | CampaignStatus::Cancelled => Err(CAMPAIGN_CLOSED.into()),
    }
}

/// Makes one-time tokens. Nobody but who asked ever sees them, and nothing says who gets which.
pub async fn issue(db: &Db, access: &Access, id: Uuid, count: i32) -> Result<CampaignTokens> {
    let secrets = &db.context().secrets;
    let mut made = (0..count).map(|_| new_token(secrets, id)).collect::<Result<Vec<_>>>()?;
    let tokens = made.iter().map(|(token, _)| SurveyToken(token.clone())).collect();
    // In the order of what is kept of them, which says nothing of the order in which they are handed out.
    made.sort_by(|one, other| one.1.cmp(&other.1));
    let tokens_issued = db
        .run(access.clone(), async move |tx: &Tx<'_>| {
            let before = anonymous_in(tx, id).await?;
            let tokens_issued = before.tokens_issued + count;
            if tokens_issued > MOST_TOKENS {
                return Err(TOO_MANY_TOKENS.into());
            }
            let rows =
                made.iter().map(|(_, hash)| token::ActiveModel { hash: Set(hash.clone()), campaign_id: Set(id) });
            tx.put_all::<token::Entity>(rows).await?;
            let mut row = before.clone().into_active_model();
            row.tokens_issued = Set(tokens_issued);
            tx.update::<Entity>(&before, row, Precondition::default(), "campaign.tokens_issued").await?;
            Ok(tokens_issued)
        })
        .await?;
    Ok(CampaignTokens { tokens, tokens_issued })
}

/// Makes the campaign's open link; one that was there before leads nowhere from now on.
pub async fn renew_link(db: &Db, access: &Access, id: Uuid) -> Result<CampaignLink> {
    link_to(db, access, id, random_bytes::<LINK>()?).await
}

/// Makes these bytes the campaign's open link.
pub async fn link_to(db: &Db, access: &Access, id: Uuid, link: [u8; 20]) -> Result<CampaignLink> {
    let hash = sha256(&link).to_vec();
    db.run(access.clone(), async move |tx: &Tx<'_>| {
        let before = anonymous_in(tx, id).await?;
        let mut row = before.clone().into_active_model();
        row.link_hash = Set(Some(hash.clone()));
        tx.update::<Entity>(&before, row, Precondition::default(), "campaign.link_renewed").await
    })
    .await?;
    Ok(CampaignLink::new(base32(&link)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_again_by_this_instance_alone() {
        let secrets = Secrets::derive("one secret");
        let campaign = Uuid::from_u128(7);
        let (token, hash) = new_token(&secrets, campaign).unwrap();
        assert_eq!(token.len(), 64);
        assert_eq!(read(&secrets, &token), Some(Key::Once(campaign, hash.clone())));
        assert_eq!(read(&secrets, &token.to_lowercase().replace('0', "o")), Some(Key::Once(campaign, hash)));
        assert_eq!(read(&Secrets::derive("another"), &token), None);
        for place in 0..token.len() {
            let mut forged = token.clone().into_bytes();
            forged[place] = if forged[place] == b'7' { b'8' } else { b'7' };
            assert_eq!(read(&secrets, &String::from_utf8(forged).unwrap()), None, "changed at {place}");
        }
        assert_eq!(read(&secrets, &token[..62]), None);
        assert_eq!(read(&secrets, ""), None);
    }

    #[test]
    fn an_open_link_is_known_by_its_length() {
        let secrets = Secrets::derive("one secret");
        let link = base32(&[9; LINK]).unwrap();
        assert_eq!((link.len(), read(&secrets, &link)), (32, Some(Key::Link(sha256(&[9; LINK]).to_vec()))));
    }
}
