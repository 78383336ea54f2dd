pub mod ledger;
mod sequences;
mod statements;
