//! Rules that hold for every operation, new ones included.

mod document;
mod matrix;
mod records;
mod tables;
