use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::config::DatabaseOptions;
use crate::identity::passwords;
use crate::identity::users::dto::{NewUser, Role};
use crate::identity::users::service;
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::Access;
use crate::kernel::secret::Secrets;
use crate::kernel::store::Store;
use crate::kernel::validation;

/// Accounts of admins.
#[derive(Debug, Args)]
pub(super) struct Admin {
    #[command(subcommand)]
    command: AdminCommand,
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Make the account of an admin; also beside a running service.
    Create(Create),
}

#[derive(Debug, Args)]
struct Create {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    secret: crate::config::SecretOptions,
    /// The address to sign in with.
    #[arg(long)]
    email: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// The password; asked for at the terminal's standard input when it is not in the environment.
    #[arg(long, env = "BINA_ADMIN_PASSWORD", hide_env_values = true)]
    password: Option<String>,
}

impl Admin {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let AdminCommand::Create(create) = self.command;
        create.run().await
    }
}

impl Create {
    async fn run(self) -> Result<ExitCode> {
        let secrets: Secrets = super::secrets(&self.secret)?;
        let db = super::open(&self.database, secrets, Store::none()).await?;
        let password = match self.password {
            Some(password) => password,
            None => ask()?,
        };
        let new = NewUser {
            email: self.email,
            name: self.name,
            roles: vec![Role::Librarian, Role::Admin],
            language: None,
            librarian_id: None,
            password: Some(password.clone()),
        };
        validation::check(&new)?;
        passwords::check(&password, &[&new.name, &new.email], false, "#/password")?;
        let hash = passwords::hash_now(&password)?;
        let user = db
            .run(Access::system(), async move |tx: &Tx<'_>| service::create_in(tx, &new, Some(hash.clone())).await)
            .await?;
        println!("{} may sign in as an admin", user.email);
        Ok(ExitCode::SUCCESS)
    }
}

fn ask() -> Result<String> {
    eprint!("password (it will be visible): ");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(Error::internal)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
