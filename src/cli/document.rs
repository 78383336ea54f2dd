use std::process::ExitCode;

use clap::Args;

use crate::app;
use crate::kernel::error::{Error, Result};

/// Where the document is kept in the repository.
const FILE: &str = "openapi/openapi.json";
/// Where the list of problem codes is kept in the repository.
const PROBLEMS_FILE: &str = "openapi/problems.md";

/// Print the OpenAPI document.
#[derive(Debug, Args)]
pub(super) struct Openapi {
    /// Write `openapi/openapi.json` and `openapi/problems.md` instead.
    #[arg(long)]
    write: bool,
}

impl Openapi {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let text = serde_json::to_string_pretty(app::document()).map_err(Error::internal)?;
        if self.write {
            std::fs::create_dir_all("openapi").map_err(Error::internal)?;
            std::fs::write(FILE, text + "\n").map_err(Error::internal)?;
            std::fs::write(PROBLEMS_FILE, crate::problems::markdown()).map_err(Error::internal)?;
        } else {
            println!("{text}");
        }
        Ok(ExitCode::SUCCESS)
    }
}
