//! What a write leaves behind: its event, and what other chapters do about it.

use uuid::Uuid;

use super::tx::{Record, Tx, id_of, is_archived, version_of};
use crate::kernel::error::Result;
use crate::kernel::event::{self, Event, Subject};
use crate::kernel::hook::Change;

impl Tx<'_> {
    /// Writes the event of an object, and asks the hooks.
    pub(super) async fn record<E: Record>(
        &self,
        row: &E::Model,
        name: &'static str,
        is_removed: bool,
        changes: serde_json::Map<String, serde_json::Value>,
    ) -> Result<()> {
        self.record_all::<E>(name, is_removed, &[(row, changes)]).await
    }

    /// Writes the events of objects to which the same happened, and asks the hooks.
    pub(super) async fn record_all<E: Record>(
        &self,
        name: &'static str,
        is_removed: bool,
        told: &[(&E::Model, serde_json::Map<String, serde_json::Value>)],
    ) -> Result<()> {
        let mut events = Vec::with_capacity(told.len());
        for (row, changes) in told {
            let is_gone = is_removed || is_archived::<E>(row);
            events.push(self.event::<E>(row, name, is_gone, E::person(row), changes.clone())?);
            if let Some(other) = E::other_person(row) {
                events.push(self.event::<E>(row, name, is_gone, Some(other), serde_json::Map::new())?);
            }
        }
        self.put_all::<event::Entity>(events.into_iter().map(Event::into_set)).await?;
        for hook in self.context.hooks.iter().filter(|hook| hook.subject_kind == E::KIND) {
            for (row, fields) in told {
                let (subject_id, subject_version) = (id_of::<E>(row)?, version_of::<E>(row)?);
                (hook.run)(self, Change { name, subject_id, subject_version, fields }).await?;
            }
        }
        Ok(())
    }

    /// An event of an object; the first of the transaction is what all others come from.
    fn event<E: Record>(
        &self,
        row: &E::Model,
        name: &'static str,
        is_gone: bool,
        person: Option<Uuid>,
        changes: serde_json::Map<String, serde_json::Value>,
    ) -> Result<Event> {
        let (id, version) = (id_of::<E>(row)?, version_of::<E>(row)?);
        let (kind, collection, readers) = (E::KIND, E::COLLECTION, E::READERS);
        let subject = Subject { kind, collection, id, version, is_gone, person, readers };
        let (id, cause) = (self.new_id(), self.cause.get());
        self.cause.set(cause.or(Some(id)));
        event::compose(self, id, name, &subject, cause, changes)
    }
}
