use std::collections::{BTreeMap, HashMap};

use futures_util::future::LocalBoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::dto::{FORMAT, ProgrammeTemplate, TemplateMilestone, TemplateTargetGroup};
use super::redaction::Redactor;
use super::references::{Found, tell, told};
use crate::kernel::db::{Context, Db, Reader, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{
    NO_SUCH_OBJECT, NOT_VALID, TAKEN, UNKNOWN_FIELD, Violation, WRONG_TYPE, violations_of,
};
use crate::programmes::copies::service::milestones_of;
use crate::programmes::milestones::dto::NewMilestone;
use crate::programmes::milestones::service as milestones;
use crate::programmes::programmes::content::NewProgramme;
use crate::programmes::programmes::entity::{Column, Entity, Model, TargetGroup};
use crate::programmes::programmes::service::{create_in, one};
use crate::staff::librarians::entity as librarian;
use crate::staff::positions::entity as position;

/// What a chapter above gives to templates, and takes from them.
pub struct TemplateSource {
    /// The name of its part.
    pub part: &'static str,
    /// What a programme has of it.
    pub export: for<'a> fn(Reader<'a>, Uuid, &'a Redactor) -> Exported<'a>,
    /// What is wrong with a part; pointers begin with the one given.
    pub check: for<'a> fn(Reader<'a>, &'a [Value], &'a str) -> Checked<'a>,
    /// Enters a part that was checked.
    pub write: for<'a> fn(&'a Tx<'a>, Uuid, &'a [Value]) -> LocalBoxFuture<'a, Result<()>>,
}

/// What a source is about to find wrong.
pub type Checked<'a> = LocalBoxFuture<'a, Result<Vec<Violation>>>;

/// What a source is about to give.
pub type Exported<'a> = LocalBoxFuture<'a, Result<Vec<Value>>>;

/// A programme for another library.
pub async fn export(db: &Db, access: &Access, id: Uuid) -> Result<ProgrammeTemplate> {
    let programme = db.reader().find(one(access, id)).await?;
    export_from(db.reader(), db.context(), &programme).await
}

async fn export_from(reader: Reader<'_>, context: &Context, programme: &Model) -> Result<ProgrammeTemplate> {
    let staff = reader.all(librarian::Entity::find()).await?;
    let redactor = Redactor::of(staff.into_iter().map(|person| person.name));
    let known = told(reader, programme.targets.0.iter().map(|aim| aim.competency_id)).await?;
    let group = &programme.target_group;
    let positions = position::Entity::find().filter(position::Column::Id.is_in(group.position_ids.iter().copied()));
    let codes: HashMap<Uuid, String> = reader.all(positions).await?.into_iter().map(|row| (row.id, row.code)).collect();
    let milestones = milestones_of(reader, programme.id).await?.into_iter().map(|row| TemplateMilestone {
        title: redactor.text(&row.title),
        description: redactor.maybe(row.description.as_deref()),
        due_on: row.due_on,
    });
    let mut parts = BTreeMap::new();
    // One turn for each chapter that has something to give.
    for source in context.contributions::<TemplateSource>() {
        parts.insert(source.part.to_owned(), (source.export)(reader, programme.id, &redactor).await?);
    }
    Ok(ProgrammeTemplate {
        format: FORMAT.to_owned(),
        year: programme.year,
        title: redactor.text(&programme.title),
        description: redactor.maybe(programme.description.as_deref()),
        objectives: programme.objectives.0.iter().map(|text| redactor.text(text)).collect(),
        targets: tell(&programme.targets.0, &known),
        target_group: TemplateTargetGroup {
            tags: group.tags.iter().map(|tag| redactor.text(tag)).collect(),
            position_codes: group.position_ids.iter().filter_map(|id| codes.get(id).cloned()).collect(),
        },
        milestones: milestones.collect(),
        parts,
    })
}

/// What becomes of a template.
#[derive(Clone, Debug)]
pub enum TemplateVerdict {
    /// It makes this programme.
    New(Box<NewProgramme>),
    /// Its programme is here already, just so.
    Known,
}

/// Says what becomes of a template; all mistakes at once.
pub async fn judge(reader: Reader<'_>, context: &Context, template: &ProgrammeTemplate) -> Result<TemplateVerdict> {
    let mut wrong = violations_of(template, "#");
    if template.format != FORMAT {
        wrong.push(Violation::field("format", &NOT_VALID));
    }
    let meant: Vec<_> = template.targets.iter().map(|aim| aim.competency.clone()).collect();
    let found = Found::load(reader, &meant).await?;
    let targets = found.aims(&template.targets, "#/targets", &mut wrong);
    let position_ids = positions(reader, &template.target_group.position_codes, &mut wrong).await?;
    let content = NewProgramme {
        year: template.year,
        title: template.title.clone(),
        description: template.description.clone(),
        objectives: template.objectives.clone(),
        targets,
        target_group: TargetGroup { tags: template.target_group.tags.clone(), unit_ids: Vec::new(), position_ids },
        responsible_id: None,
    };
    // Year and title were looked at above, under the same names.
    let rest = violations_of(&content, "#").into_iter().filter(|violation| !wrong.contains(violation));
    let rest: Vec<_> = rest.collect();
    wrong.extend(rest);
    for (name, items) in &template.parts {
        let pointer = format!("#/parts/{}", name.replace('~', "~0").replace('/', "~1"));
        match context.contributions::<TemplateSource>().find(|source| source.part == name.as_str()) {
            Some(source) => wrong.extend((source.check)(reader, items, &pointer).await?),
            None => wrong.push(Violation::pointer(pointer, &UNKNOWN_FIELD)),
        }
    }
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let same = Entity::find()
        .filter(Column::Year.eq(template.year))
        .filter(Column::Title.eq(template.title.as_str()))
        .filter(Column::ArchivedAt.is_null());
    match reader.one(same).await? {
        None => Ok(TemplateVerdict::New(Box::new(content))),
        Some(row) if export_from(reader, context, &row).await? == *template => Ok(TemplateVerdict::Known),
        Some(_) => Err(Error::invalid(vec![Violation::field("title", &TAKEN)])),
    }
}

async fn positions(reader: Reader<'_>, codes: &[String], wrong: &mut Vec<Violation>) -> Result<Vec<Uuid>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let rows = position::Entity::find().filter(position::Column::Code.is_in(codes.iter().map(String::as_str)));
    let known: HashMap<String, Uuid> = reader.all(rows).await?.into_iter().map(|row| (row.code, row.id)).collect();
    let mut ids = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        if let Some(id) = known.get(code) {
            ids.push(*id);
        } else {
            let place = format!("#/target_group/position_codes/{index}");
            wrong.push(Violation::pointer(place, &NO_SUCH_OBJECT));
        }
    }
    Ok(ids)
}

/// Makes the programme of a template, as a draft.
pub async fn write_in(tx: &Tx<'_>, template: &ProgrammeTemplate, content: &NewProgramme) -> Result<Model> {
    let row = create_in(tx, content, None).await?;
    // Each is an object with its own event.
    for milestone in &template.milestones {
        let new = NewMilestone {
            strategic_goal_id: None,
            programme_id: Some(row.id),
            title: milestone.title.clone(),
            description: milestone.description.clone(),
            owner_id: None,
            partner: None,
            due_on: milestone.due_on,
        };
        milestones::create_in(tx, &new).await?;
    }
    for source in tx.context().contributions::<TemplateSource>() {
        let items = template.parts.get(source.part).map(Vec::as_slice).unwrap_or_default();
        (source.write)(tx, row.id, items).await?;
    }
    Ok(row)
}

/// How many objects a template has.
pub fn size(template: &ProgrammeTemplate) -> usize {
    1 + template.milestones.len() + template.parts.values().map(Vec::len).sum::<usize>()
}

/// An item of a part, or what is wrong with its form.
pub fn read<T: DeserializeOwned>(item: &Value, pointer: &str) -> std::result::Result<T, Violation> {
    serde_path_to_error::deserialize(item).map_err(|error| {
        let path = error.path().to_string().replace(['[', ']'], ".");
        let path: String =
            path.split('.').filter(|part| !part.is_empty() && *part != "?").flat_map(|part| ["/", part]).collect();
        Violation::pointer(format!("{pointer}{path}"), &WRONG_TYPE).with("reason", error.inner().to_string())
    })
}
