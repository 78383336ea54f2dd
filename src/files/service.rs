use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{File, FileFilter, FilePage, NewFile};
use super::entity::{ActiveModel, Column, Entity, FileStatus, MediaType};
use super::references::FileUse;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation::{Fault, Violation};

/// The name would be a path, or fool whoever sees it.
pub const NOT_A_FILE_NAME: Fault = Fault {
    code: "not_a_file_name",
    id: "Bukan nama berkas: tanpa folder, tanpa titik atau spasi di tepi, tanpa / \\ : * ? \" < > | dan tanpa penanda arah tulisan",
    en: "Not a file name: no folders, no dots or spaces at the edges, none of / \\ : * ? \" < > | and no marks of writing direction",
};

/// The name belongs to another type.
pub const OTHER_EXTENSION: Fault = Fault {
    code: "other_extension",
    id: "Nama berkas jenis ini berakhir dengan: {allowed}",
    en: "The name of such a file ends with: {allowed}",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

/// The caller's own files; for admins all.
pub(super) fn owned(access: &Access) -> Result<Select<Entity>> {
    Ok(match access.reach() {
        Reach::All => Entity::find(),
        _ => Entity::find().filter(Column::OwnerId.eq(access.signed_in()?.user_id)),
    })
}

/// A file that the caller may read: their own, or one that something refers to which they may read.
pub(super) fn readable(db: &Db, access: &Access, id: Uuid) -> Result<Select<Entity>> {
    let file = Entity::find().filter(Column::Id.eq(id));
    if access.reach() == Reach::All {
        return Ok(file);
    }
    let mut ways = Condition::any().add(Column::OwnerId.eq(access.signed_in()?.user_id));
    for way in db.context().contributions::<FileUse>() {
        ways = ways.add(Expr::exists((way.readable)(access, db.today(), id)));
    }
    Ok(file.filter(ways))
}

/// Lists files.
pub async fn list(db: &Db, access: &Access, list: &Listing<FileFilter>) -> Result<FilePage> {
    let rows = owned(access)?.filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(File::from))
}

/// Reads a file.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<File> {
    db.reader().find(readable(db, access, id)?).await.map(File::from)
}

/// Announces a file.
pub async fn create(db: &Db, access: &Access, new: NewFile) -> Result<File> {
    if let Some(violation) = wrong_name(&new.name, new.media_type) {
        return Err(Error::invalid(vec![violation]));
    }
    db.create(access, async move |tx: &Tx<'_>| {
        let row = ActiveModel {
            owner_id: Set(tx.access().signed_in()?.user_id),
            name: Set(new.name.clone()),
            media_type: Set(new.media_type),
            size: Set(new.size.into()),
            status: Set(FileStatus::Pending),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "file.announced").await.map(File::from)
    })
    .await
}

fn wrong_name(name: &str, media_type: MediaType) -> Option<Violation> {
    // With a mark of direction in it a name reads otherwise than it ends.
    let hidden = |letter: char| matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let edge = |letter: char| letter == '.' || letter.is_whitespace();
    if name.starts_with(edge)
        || name.ends_with(edge)
        || name.contains(|letter| hidden(letter) || "/\\:*?\"<>|".contains(letter))
    {
        return Some(Violation::field("name", &NOT_A_FILE_NAME));
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let known = media_type.extensions();
    let fits = extension.is_some_and(|extension| known.contains(&extension.as_str()));
    (!fits).then(|| Violation::field("name", &OTHER_EXTENSION).with("allowed", known.join(", ")))
}

/// Removes a file for good, with its content. One that something refers to stays: the database says so.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    let gone = db.run(access.clone(), async move |tx: &Tx<'_>| {
        let before = tx.lock(owned(tx.access())?.filter(Column::Id.eq(id))).await?;
        tx.delete::<Entity>(&before, expected, "file.deleted").await?;
        Ok(before.storage_key)
    });
    if let Some(key) = gone.await? {
        discard(db, &key).await;
    }
    Ok(())
}

/// Removes content that no row speaks of. Where that fails, the chore does it later.
pub(super) async fn discard(db: &Db, key: &str) {
    if let Err(error) = db.context().store.remove(key).await {
        tracing::warn!(%error, "the content of a file waits to be cleared away");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_elsewhere_or_deceives_is_none() {
        let code = |name: &str, kind| wrong_name(name, kind).map(|violation| violation.fault.code);
        for name in
            ["a/b.pdf", "..\\b.pdf", ".b.pdf", "b.pdf ", "b.pdf.", "lap\u{202e}fdp.pdf", "a:b.pdf", "a\u{200b}.pdf"]
        {
            assert_eq!(code(name, MediaType::Pdf), Some("not_a_file_name"), "{name:?}");
        }
        for name in ["b", "b.exe", "b.pdf.exe", "pdf", "b.png"] {
            assert_eq!(code(name, MediaType::Pdf), Some("other_extension"), "{name:?}");
        }
        for name in ["b.PDF", "Laporan akhir (revisi 2).pdf", "研修.pdf", "a.b.pdf"] {
            assert_eq!(code(name, MediaType::Pdf), None, "{name:?}");
        }
        assert_eq!(code("foto.JPG", MediaType::Jpeg), None);
    }
}
