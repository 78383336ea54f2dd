//! Gaps of many: training needs (analisis kebutuhan pengembangan kompetensi, AKPK), and how well each unit is covered.

pub(crate) mod counts;
pub(crate) mod coverage;
pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
