mod culture;
mod entries;
mod plans;
mod resources;
mod sequences;
