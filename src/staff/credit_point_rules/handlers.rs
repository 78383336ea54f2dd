use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{CreditPointRule, CreditPointRuleFilter, CreditPointRulePage, NewCreditPointRule};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_credit_point_rules)
        .service(create_credit_point_rule)
        .service(read_credit_point_rule)
        .service(update_credit_point_rule)
        .service(delete_credit_point_rule);
}

/// List credit point rules
///
/// What each predicate (predikat kinerja) gives of a year's points, and what a promotion asks; what holds on a day with `on`.
#[utoipa::path(params(Listing<CreditPointRuleFilter>), responses((status = OK, description = "A page of rules", body = CreditPointRulePage)))]
#[get("/credit-point-rules", wrap = "policy::LIST_CREDIT_POINT_RULES")]
pub async fn list_credit_point_rules(
    _access: Access,
    db: Data<Db>,
    list: Listing<CreditPointRuleFilter>,
) -> Result<CreditPointRulePage> {
    service::list(&db, &list).await
}

/// Read a credit point rule
///
/// With its legal basis, and whether somebody compared it with the official text.
#[utoipa::path(responses((status = OK, description = "The rule", body = CreditPointRule)))]
#[get("/credit-point-rules/{credit_point_rule_id}", wrap = "policy::READ_CREDIT_POINT_RULE")]
pub async fn read_credit_point_rule(
    _access: Access,
    db: Data<Db>,
    credit_point_rule_id: Path<Uuid>,
) -> Result<Tagged<CreditPointRule>> {
    service::read(&db, *credit_point_rule_id).await.map(Tagged)
}

/// Enter a credit point rule
///
/// It begins on a later day and ends the rule before it. Points of earlier appraisals stay as they are.
#[utoipa::path(responses((status = CREATED, description = "The new rule", body = CreditPointRule)))]
#[post("/credit-point-rules", wrap = "policy::CREATE_CREDIT_POINT_RULE")]
pub async fn create_credit_point_rule(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewCreditPointRule>,
) -> Result<Created<CreditPointRule>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a credit point rule
///
/// Where it comes from and whether it was checked. What it says never changes: enter a new one.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The rule", body = CreditPointRule)))]
#[patch("/credit-point-rules/{credit_point_rule_id}", wrap = "policy::UPDATE_CREDIT_POINT_RULE")]
pub async fn update_credit_point_rule(
    access: Access,
    db: Data<Db>,
    credit_point_rule_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<Provenance>,
) -> Result<Tagged<CreditPointRule>> {
    service::update(&db, &access, *credit_point_rule_id, expected, changes).await.map(Tagged)
}

/// Delete a credit point rule
///
/// Before its first day only; the rule before it goes on.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The rule is gone")))]
#[delete("/credit-point-rules/{credit_point_rule_id}", wrap = "policy::DELETE_CREDIT_POINT_RULE")]
pub async fn delete_credit_point_rule(
    access: Access,
    db: Data<Db>,
    credit_point_rule_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *credit_point_rule_id, expected).await.map(|()| NoContent)
}
