//! Behaviour after a training (evaluasi pascapelatihan, Kirkpatrick level 3): three months after its end who took part, their superior
//! and a colleague are each asked what has changed at work. The completion of the activity notes the day; who is asked is looked up
//! when it has come, so that whoever left meanwhile is not among them.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod figures;
pub(crate) mod handlers;
pub(crate) mod service;
pub(crate) mod tasks;
