use sea_orm::{EntityTrait, IntoActiveModel};

use super::dto::{LibrarySettings, LibrarySettingsChanges};
use super::entity::Entity;
use super::numbering::{self, NOT_A_NUMBERING};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::validation::{NOT_A_URL, Violation, web_address};

/// Reads the settings.
pub async fn read(db: &Db) -> Result<LibrarySettings> {
    db.reader().find(Entity::find()).await.map(LibrarySettings::from)
}

/// Changes the settings.
pub async fn update(
    db: &Db,
    access: &Access,
    expected: Precondition,
    changes: LibrarySettingsChanges,
) -> Result<LibrarySettings> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(Entity::find()).await?;
        let changes = changes.clone();
        if changes.logo_url.value().is_some_and(|address| web_address(address).is_err()) {
            return Err(Error::invalid(vec![Violation::field("logo_url", &NOT_A_URL)]));
        }
        if changes.certificate_numbering.as_deref().is_some_and(|pattern| !numbering::is_sound(pattern)) {
            return Err(Error::invalid(vec![Violation::field("certificate_numbering", &NOT_A_NUMBERING)]));
        }
        let mut row = before.clone().into_active_model();
        set(&mut row.name, changes.name);
        changes.registration_number.apply(&mut row.registration_number);
        changes.address.apply(&mut row.address);
        changes.city.apply(&mut row.city);
        changes.letterhead.apply(&mut row.letterhead);
        changes.logo_url.apply(&mut row.logo_url);
        changes.signatory_name.apply(&mut row.signatory_name);
        changes.signatory_position.apply(&mut row.signatory_position);
        changes.signatory_number.apply(&mut row.signatory_number);
        changes.siasn_agency_id.apply(&mut row.siasn_agency_id);
        changes.siasn_location_id.apply(&mut row.siasn_location_id);
        set(&mut row.time_zone, changes.time_zone);
        set(&mut row.certificate_numbering, changes.certificate_numbering);
        tx.update::<Entity>(&before, row, expected, "library_settings.updated").await.map(LibrarySettings::from)
    })
    .await
}
