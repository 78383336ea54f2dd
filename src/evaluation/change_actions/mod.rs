//! What is done so that a change is taken up (intervensi perubahan): communication, demonstration, training, coaching, recognition,
//! involvement, each with its audience, its evidence, and the element of ADKAR that it answers.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
