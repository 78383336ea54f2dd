//! What a write leaves behind: its event, and what other chapters do about it.

use uuid::Uuid;

use super::tx::{Record, Tx, id_of, version_of};
use crate::kernel::error::Result;
use crate::kernel::event::{self, Event, Subject};
use crate::kernel::hook::Change;

impl Tx<'_> {
    /// Writes the event of an object, and asks the hooks.
    pub(super) async fn record<E: Record>(
        &self,
        row: &E::Model,
        name: &'static str,
        changes: serde_json::Map<String, serde_json::Value>,
    ) -> Result<()> {
        self.record_all::<E>(name, &[(row, changes)]).await
    }

    /// Writes the events of objects to which the same happened, and asks the hooks.
    pub(super) async fn record_all<E: Record>(
        &self,
        name: &'static str,
        told: &[(&E::Model, serde_json::Map<String, serde_json::Value>)],
    ) -> Result<()> {
        let mut events = Vec::with_capacity(told.len());
        for (row, changes) in told {
            let person = E::person(row);
            events.push(self.event::<E>(row, person, name, changes.clone())?);
            if let Some(other) = E::other_person(row) {
                events.push(self.event::<E>(row, Some(other), name, serde_json::Map::new())?);
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
        person: Option<Uuid>,
        name: &'static str,
        changes: serde_json::Map<String, serde_json::Value>,
    ) -> Result<Event> {
        let (id, version) = (id_of::<E>(row)?, version_of::<E>(row)?);
        let subject = Subject { kind: E::KIND, id, version, person, readers: E::READERS };
        let (id, cause) = (self.new_id(), self.cause.get());
        self.cause.set(cause.or(Some(id)));
        event::compose(self, id, name, &subject, cause, changes)
    }
}
