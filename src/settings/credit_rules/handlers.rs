use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{CreditRule, CreditRuleFilter, CreditRulePage, NewCreditRule};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::routes::ServiceConfig;
use crate::settings::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_credit_rules)
        .service(create_credit_rule)
        .service(read_credit_rule)
        .service(update_credit_rule)
        .service(delete_credit_rule);
}

/// List credit rules
///
/// How training becomes credit hours (JP), the newest first; what holds on a day with `on`.
#[utoipa::path(params(Listing<CreditRuleFilter>), responses((status = OK, description = "A page of rules", body = CreditRulePage)))]
#[get("/credit-rules", wrap = "policy::LIST_CREDIT_RULES")]
pub async fn list_credit_rules(
    _access: Access,
    db: Data<Db>,
    list: Listing<CreditRuleFilter>,
) -> Result<CreditRulePage> {
    service::list(&db, &list).await
}

/// Read a credit rule
///
/// With its legal basis, and whether somebody compared it with the official text.
#[utoipa::path(responses((status = OK, description = "The rule", body = CreditRule)))]
#[get("/credit-rules/{credit_rule_id}", wrap = "policy::READ_CREDIT_RULE")]
pub async fn read_credit_rule(_access: Access, db: Data<Db>, credit_rule_id: Path<Uuid>) -> Result<Tagged<CreditRule>> {
    service::read(&db, *credit_rule_id).await.map(Tagged)
}

/// Enter a credit rule
///
/// It begins on a later day and ends the rule before it. Credit that was given stays as it is.
#[utoipa::path(responses((status = CREATED, description = "The new rule", body = CreditRule)))]
#[post("/credit-rules", wrap = "policy::CREATE_CREDIT_RULE")]
pub async fn create_credit_rule(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewCreditRule>,
) -> Result<Created<CreditRule>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a credit rule
///
/// Where it comes from and whether it was checked. What it says never changes: enter a new one.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The rule", body = CreditRule)))]
#[patch("/credit-rules/{credit_rule_id}", wrap = "policy::UPDATE_CREDIT_RULE")]
pub async fn update_credit_rule(
    access: Access,
    db: Data<Db>,
    credit_rule_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<Provenance>,
) -> Result<Tagged<CreditRule>> {
    service::update(&db, &access, *credit_rule_id, expected, changes).await.map(Tagged)
}

/// Delete a credit rule
///
/// Before its first day only; the rule before it goes on.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The rule is gone")))]
#[delete("/credit-rules/{credit_rule_id}", wrap = "policy::DELETE_CREDIT_RULE")]
pub async fn delete_credit_rule(
    access: Access,
    db: Data<Db>,
    credit_rule_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *credit_rule_id, expected).await.map(|()| NoContent)
}
