use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Framework, FrameworkChanges, FrameworkFilter, FrameworkPage, NewFramework};
use super::entity::{ActiveModel, Column, Entity, FrameworkStatus, LevelRule, Model};
use crate::competencies::assessments::entity::AssessmentMethod;
use crate::competencies::items::entity::{self as competency, CompetencyKind};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::{Patch, set};
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation::{self, Fault, REQUIRED, Violation};

/// Another framework has this code and version.
pub const FRAMEWORK_VERSION_TAKEN: Refusal = Refusal {
    code: "framework_version_taken",
    status: 409,
    id: "Kode dan versi kerangka ini sudah dipakai",
    en: "Another framework has this code and version",
};

/// What is published never changes.
pub const FRAMEWORK_CLOSED: Refusal = Refusal {
    code: "framework_closed",
    status: 409,
    id: "Kerangka yang sudah diterbitkan tidak dapat diubah; buat versi baru",
    en: "A framework that was published can no longer change; make a new version",
};

/// Nothing in it can be assessed.
pub const FRAMEWORK_EMPTY: Refusal = Refusal {
    code: "framework_empty",
    status: 409,
    id: "Kerangka belum memuat unit kompetensi",
    en: "The framework has no unit of competency yet",
};

/// Only the rule `required_source` names a method.
pub const NOT_WITH_THIS_RULE: Fault = Fault {
    code: "not_with_this_rule",
    id: "Hanya diisi bila level_rule bernilai required_source",
    en: "Only with the level_rule required_source",
};

const SORTABLE: &Sortable<Entity> = &[("code", Column::Code), ("created_at", Column::CreatedAt)];

/// The frameworks this caller may know of: drafts are the admins' own.
pub fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    let admin = access.is_admin();
    let mut condition = Condition::all();
    if !admin {
        condition = condition.add(Column::Status.ne(FrameworkStatus::Draft));
    }
    if !(admin && include_archived) {
        condition = condition.add(Column::ArchivedAt.is_null());
    }
    Entity::find().filter(condition)
}

fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// The framework, in which no other transaction changes anything until this one ends.
pub async fn lock_in(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.lock(one(tx.access(), id)).await
}

/// The draft, in which no other transaction changes anything until this one ends; what was published is refused.
pub async fn lock_draft_in(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let framework = lock_in(tx, id).await?;
    if framework.status == FrameworkStatus::Draft && framework.archived_at.is_none() {
        Ok(framework)
    } else {
        Err(FRAMEWORK_CLOSED.into())
    }
}

/// Lists frameworks.
pub async fn list(db: &Db, access: &Access, list: &Listing<FrameworkFilter>) -> Result<FrameworkPage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "code").await?;
    Ok(page.map(|row| Framework::seen(row, access)))
}

/// Reads a framework's row.
pub async fn row(db: &Db, access: &Access, id: Uuid) -> Result<Model> {
    db.reader().find(one(access, id)).await
}

/// Reads a framework.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Framework> {
    row(db, access, id).await.map(|row| Framework::seen(row, access))
}

/// What a search looks through.
pub fn searched(code: &str, version_label: &str, title: &Localized) -> String {
    search_text(&[code, version_label, &title.id, title.en.as_deref().unwrap_or_default()])
}

/// What is wrong with the method that alone counts, under this rule.
pub fn rule_fault(level_rule: LevelRule, source: Option<AssessmentMethod>) -> Option<&'static Fault> {
    match (level_rule, source) {
        (LevelRule::RequiredSource, None) => Some(&REQUIRED),
        (LevelRule::Latest | LevelRule::Best | LevelRule::Weighted, Some(_)) => Some(&NOT_WITH_THIS_RULE),
        _ => None,
    }
}

fn rule(level_rule: LevelRule, source: Option<AssessmentMethod>) -> Result<()> {
    let fault = rule_fault(level_rule, source).map(|fault| Violation::field("required_source", fault));
    fault.map_or(Ok(()), |fault| Err(Error::invalid(vec![fault])))
}

/// Enters a framework, as a draft.
pub async fn create(db: &Db, access: &Access, new: NewFramework) -> Result<Framework> {
    rule(new.level_rule, new.required_source)?;
    db.create(access, async move |tx: &Tx<'_>| {
        let row = ActiveModel {
            code: Set(new.code.clone()),
            version_label: Set(new.version_label.clone()),
            title: Set(new.title.clone()),
            description: Set(new.description.clone()),
            source: Set(new.source.clone()),
            status: Set(FrameworkStatus::Draft),
            level_rule: Set(new.level_rule),
            required_source: Set(new.required_source),
            provisional: Set(new.provisional),
            search_text: Set(searched(&new.code, &new.version_label, &new.title)),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "framework.created").await;
        let row = row.on_duplicate_of("version_label", FRAMEWORK_VERSION_TAKEN, "version_label")?;
        Ok(Framework::seen(row, tx.access()))
    })
    .await
}

/// Changes a draft.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: FrameworkChanges,
) -> Result<Framework> {
    if let Patch::Set(description) = &changes.description {
        let wrong = validation::violations_of(description, "#/description");
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
    }
    db.write(access, async move |tx: &Tx<'_>| {
        let before = lock_draft_in(tx, id).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        row.search_text = Set(searched(
            changes.code.as_ref().unwrap_or(&before.code),
            changes.version_label.as_ref().unwrap_or(&before.version_label),
            changes.title.as_ref().unwrap_or(&before.title),
        ));
        rule(changes.level_rule.unwrap_or(before.level_rule), changes.required_source.or(before.required_source))?;
        set(&mut row.code, changes.code);
        set(&mut row.version_label, changes.version_label);
        set(&mut row.title, changes.title);
        changes.description.apply(&mut row.description);
        changes.source.apply(&mut row.source);
        set(&mut row.level_rule, changes.level_rule);
        changes.required_source.apply(&mut row.required_source);
        set(&mut row.provisional, changes.provisional);
        let row = tx.update::<Entity>(&before, row, expected, "framework.updated").await;
        let row = row.on_duplicate_of("version_label", FRAMEWORK_VERSION_TAKEN, "version_label")?;
        Ok(Framework::seen(row, tx.access()))
    })
    .await
}

/// Puts a draft aside.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        if before.status != FrameworkStatus::Draft {
            return Err(FRAMEWORK_CLOSED.into());
        }
        tx.archive::<Entity>(&before, expected, "framework.archived").await
    })
    .await
}

/// Takes a draft back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Framework> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = lock_in(tx, id).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "framework.restored").await?;
        Ok(Framework::seen(row, tx.access()))
    })
    .await
}

/// Puts a draft into use.
pub async fn publish(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Framework> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = lock_in(tx, id).await?;
        if before.status != FrameworkStatus::Draft || before.archived_at.is_some() {
            return Err(INVALID_TRANSITION.into());
        }
        let units = competency::Entity::find()
            .filter(competency::Column::FrameworkId.eq(id))
            .filter(competency::Column::Kind.eq(CompetencyKind::Unit));
        if !tx.reader().exists(units).await? {
            return Err(FRAMEWORK_EMPTY.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(FrameworkStatus::Published);
        row.published_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "framework.published").await?;
        Ok(Framework::seen(row, tx.access()))
    })
    .await
}

/// Takes a framework out of use.
pub async fn retire(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Framework> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = lock_in(tx, id).await?;
        if before.status != FrameworkStatus::Published {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(FrameworkStatus::Retired);
        row.retired_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "framework.retired").await?;
        Ok(Framework::seen(row, tx.access()))
    })
    .await
}
