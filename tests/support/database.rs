//! A database of its own for each test, copied from a migrated template.

use std::io::Write;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, Sender, channel};

use bina_pustaka::kernel::db::Location;
use bina_pustaka::kernel::schema;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};

/// Where PostgreSQL is looked for when nothing else is said.
const USUAL_ADDRESS: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A database that goes when it is dropped or closed.
pub struct TestDatabase {
    pub location: Location,
    /// The folder of the content of files.
    pub files: TempDir,
    /// The name of a PostgreSQL database, to be dropped.
    postgres: Option<String>,
    /// The folder of an SQLite file.
    _folder: Option<TempDir>,
}

/// The server for tests, if there is one. Without one the suite says so loudly.
pub async fn postgres() -> Option<&'static str> {
    static ADDRESS: OnceCell<Option<String>> = OnceCell::const_new();
    let address = ADDRESS.get_or_init(|| async {
        let given = std::env::var("BINA_TEST_POSTGRES").ok();
        let address = given.clone().unwrap_or_else(|| USUAL_ADDRESS.to_owned());
        match Location::Postgres(address.clone()).connect(1).await {
            Ok(connection) => {
                let _ = connection.close().await;
                Some(address)
            }
            Err(error) => {
                assert!(given.is_none(), "BINA_TEST_POSTGRES does not answer: {error}");
                assert!(!is_ci(), "CI must test PostgreSQL too, and there is none at {address}: {error}");
                // Written past the test runner, which would keep it back.
                let _ = std::io::stderr().write_all(
                    b"\n*** PostgreSQL was not found: this suite runs on SQLite ALONE. Set BINA_TEST_POSTGRES. ***\n\n",
                );
                None
            }
        }
    });
    address.await.as_deref()
}

/// Whether a machine runs the suite for everybody: then nothing may be left out.
fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false" && value != "0")
}

/// Databases left behind by test processes that have ended.
async fn forget_old_ones(connection: &sea_orm::DatabaseConnection) {
    let names = "SELECT datname FROM pg_database WHERE datname LIKE 'bina_suite_%'";
    let rows = connection.query_all_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, names)).await;
    for row in rows.unwrap_or_default() {
        let name: String = row.try_get_by_index(0).unwrap();
        let process = name.split('_').nth(2).unwrap_or_default();
        if !PathBuf::from(format!("/proc/{process}")).exists() {
            let _ = connection.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

impl TestDatabase {
    pub async fn sqlite() -> Self {
        static TEMPLATE: OnceCell<(TempDir, PathBuf)> = OnceCell::const_new();
        let (_, template) = TEMPLATE
            .get_or_init(|| async {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("template.db");
                schema::migrate(&Location::Sqlite(path.clone())).await.unwrap();
                (folder, path)
            })
            .await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bina.db");
        std::fs::copy(template, &path).unwrap();
        let files = tempfile::tempdir().unwrap();
        Self { location: Location::Sqlite(path), files, postgres: None, _folder: Some(folder) }
    }

    pub async fn postgres(server: &str) -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        static COPYING: Mutex<u32> = Mutex::const_new(0);
        let process = std::process::id();
        let admin = Location::Postgres(server.to_owned()).connect(1).await.unwrap();
        let template = TEMPLATE.get_or_init(|| async {
            let name = format!("bina_suite_{process}_template");
            admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
            admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            schema::migrate(&Location::Postgres(address(server, &name))).await.unwrap();
            name
        });
        let template = template.await;
        let mut count = COPYING.lock().await;
        *count += 1;
        let name = format!("bina_suite_{process}_{}", *count);
        admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
        drop(count);
        admin.close().await.unwrap();
        let files = tempfile::tempdir().unwrap();
        Self { location: Location::Postgres(address(server, &name)), files, postgres: Some(name), _folder: None }
    }

    /// Gives it up. PostgreSQL takes seconds to drop a database (it writes all others to the disk first), and no test waits for that.
    pub async fn close(self) {
        static DROPPING: OnceLock<Sender<String>> = OnceLock::new();
        if let (Some(name), Some(server)) = (self.postgres, postgres().await) {
            let dropping = DROPPING.get_or_init(|| {
                let (dropping, names) = channel();
                std::thread::spawn(move || actix_web::rt::System::new().block_on(drop_databases(server, &names)));
                dropping
            });
            dropping.send(name).unwrap();
        }
    }
}

/// Drops databases as long as there are any; what is left at the end of the process is dropped by the next.
async fn drop_databases(server: &str, names: &Receiver<String>) {
    if let Ok(admin) = Location::Postgres(server.to_owned()).connect(1).await {
        forget_old_ones(&admin).await;
        let _ = admin.close().await;
    }
    while let Ok(name) = names.recv() {
        if let Ok(admin) = Location::Postgres(server.to_owned()).connect(1).await {
            let _ = admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            let _ = admin.close().await;
        }
    }
}

/// The address of another database on the same server.
fn address(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
