//! Behaviour after a training (evaluasi pascapelatihan, Kirkpatrick level 3): three months after its end who took part, their superior
//! and a colleague are each asked what has changed at work. The tasks are made with the completion of the activity, in its
//! transaction, and are there to be seen when they are due.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod figures;
pub(crate) mod handlers;
pub(crate) mod service;
pub(crate) mod tasks;
