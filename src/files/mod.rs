//! Files (berkas): what people bring along, from the announcement to the content, and who may read it.
//!
//! A file is announced with its name, type and size; its content follows once, is looked through before anybody can read it, and never
//! changes. Chapters above refer to files: whoever may read what refers to one may read the file. What is referred to stays.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod housekeeping;
pub(crate) mod inspect;
pub(crate) mod policy;
pub(crate) mod references;
pub(crate) mod service;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "files",
    tags: &[("files", "Files (berkas): documents, pictures and tables that materials and evidence refer to.")],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[content::CONTENT_GIVEN],
    faults: &[
        &service::NOT_A_FILE_NAME,
        &service::OTHER_EXTENSION,
        &content::OTHER_TYPE,
        &content::OTHER_SIZE,
        &content::OTHER_DIGEST,
        &inspect::OTHER_CONTENT,
        &inspect::UNREADABLE_CONTENT,
        &inspect::TOO_MUCH_INSIDE,
        &inspect::UNSAFE_CONTENT,
    ],
    hooks: &[],
    contributions: &[&housekeeping::CLEAR_AWAY],
};

fn routes(config: &mut ServiceConfig) {
    config.configure(handlers::routes);
}
