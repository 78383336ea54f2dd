mod activities;
mod copies;
mod goals;
mod lifecycle;
mod templates;
