//! The tree of a framework: area -> unit -> element.
//!
//! An area may stand in an area and an element in an element (kriteria unjuk kerja, KUK), a unit in no unit; what stands below is
//! never of a kind above. So a tree of another framework can be taken over whole.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entity::{Column, CompetencyKind, Entity, Model};
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::validation::{Fault, NO_SUCH_OBJECT, Violation};

/// A competency of this kind cannot stand there.
pub const WRONG_PLACE: Fault = Fault {
    code: "wrong_place",
    id: "Tidak dapat berada di sana: bidang memuat unit, unit memuat elemen",
    en: "Cannot stand there: an area holds units, a unit holds elements",
};

/// It would be part of itself.
pub const PART_OF_ITSELF: Fault = Fault {
    code: "part_of_itself",
    id: "Kompetensi akan menjadi bagian dari dirinya sendiri",
    en: "The competency would be part of itself",
};

/// Whether a competency of this kind may stand below one of that kind; none is the framework itself.
pub fn fits(kind: CompetencyKind, parent: Option<CompetencyKind>) -> bool {
    use CompetencyKind::{Area, Element, Unit};
    matches!((kind, parent), (Area | Unit, None | Some(Area)) | (Element, Some(Unit | Element)))
}

/// Checks a competency's new place. The framework's row is locked, so the tree stands still meanwhile.
pub async fn check_in(
    tx: &Tx<'_>,
    framework_id: Uuid,
    id: Option<Uuid>,
    kind: CompetencyKind,
    parent_id: Option<Uuid>,
) -> Result<()> {
    let wrong = |field: &str, fault| Err(Error::invalid(vec![Violation::field(field, fault)]));
    let parent = match parent_id {
        None => None,
        Some(parent) => match member(tx, framework_id, parent).await? {
            Some(parent) => Some(parent),
            None => return wrong("parent_id", &NO_SUCH_OBJECT),
        },
    };
    if !fits(kind, parent.as_ref().map(|parent| parent.kind)) {
        return wrong("parent_id", &WRONG_PLACE);
    }
    let Some(id) = id else { return Ok(()) };
    let mut above = parent;
    let mut seen = BTreeSet::new();
    while let Some(competency) = above {
        if competency.id == id {
            return wrong("parent_id", &PART_OF_ITSELF);
        }
        above = match competency.parent_id.filter(|_| seen.insert(competency.id)) {
            Some(parent) => member(tx, framework_id, parent).await?,
            None => None,
        };
    }
    let children = tx.reader().all(Entity::find().filter(Column::ParentId.eq(id))).await?;
    if children.iter().all(|child| fits(child.kind, Some(kind))) { Ok(()) } else { wrong("kind", &WRONG_PLACE) }
}

async fn member(tx: &Tx<'_>, framework_id: Uuid, id: Uuid) -> Result<Option<Model>> {
    tx.reader().one(Entity::find().filter(Column::Id.eq(id)).filter(Column::FrameworkId.eq(framework_id))).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use CompetencyKind::{Area, Element, Unit};

    #[test]
    fn kinds_stand_where_they_belong() {
        assert!(fits(Area, None) && fits(Area, Some(Area)) && fits(Unit, Some(Area)) && fits(Element, Some(Unit)));
        assert!(fits(Unit, None) && fits(Element, Some(Element)));
        assert!(!fits(Unit, Some(Unit)) && !fits(Area, Some(Unit)) && !fits(Unit, Some(Element)));
        assert!(!fits(Element, None) && !fits(Element, Some(Area)));
    }
}
