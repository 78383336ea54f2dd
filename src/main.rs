//! The one program, `bina`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    bina_pustaka::cli::run(bina_pustaka::cli::Cli::parse())
}
