//! Where the content of files lies, beside the database: a folder, or a bucket (feature `s3`).
//!
//! Content is written once under a key that nobody used before, and never changed; which key is whose is for the database to say.
//! A key tells when it was made and to which database it belongs, so that what no row knows can be found and cleared away, and
//! a folder that two databases share loses nothing.

use std::fmt;
use std::ops::Range;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path as FilePath;
use std::sync::Arc;

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutMode};

use super::error::{Error, Result};
use super::secret::{Secrets, random_bytes};

/// Content as it is read, piece by piece.
pub type Content = BoxStream<'static, Result<Bytes>>;

/// Where the content of files lies. Cheap to clone.
#[derive(Clone)]
pub struct Store(Option<Arc<dyn ObjectStore>>);

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(objects) => write!(formatter, "Store({objects})"),
            None => formatter.write_str("Store(none)"),
        }
    }
}

impl Store {
    /// None: for commands that touch no file.
    pub const fn none() -> Self {
        Self(None)
    }

    /// A folder, made where there is none, for this user alone. What is written is on disk before it is told.
    pub fn folder(folder: &FilePath) -> Result<Self> {
        let fault = |error: &dyn fmt::Display| Error::internal(format!("files in {}: {error}", folder.display()));
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| fault(&error))?;
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| fault(&error))?;
        Ok(Self(Some(Arc::new(objects.with_fsync(true)))))
    }

    /// A bucket: `s3://bucket/prefix`. Region, credentials and endpoint come from the usual `AWS_…` variables.
    #[cfg(feature = "s3")]
    pub fn bucket(address: &str) -> Result<Self> {
        use object_store::aws::AmazonS3Builder;
        use object_store::prefix::PrefixStore;
        let url = url::Url::parse(address).map_err(Error::internal)?;
        if url.scheme() != "s3" {
            return Err(Error::internal(format!("the address of a bucket begins with s3://, not {address}")));
        }
        let bucket = AmazonS3Builder::from_env().with_url(address).build().map_err(Error::internal)?;
        let prefix = Path::from_url_path(url.path()).map_err(Error::internal)?;
        Ok(Self(Some(Arc::new(PrefixStore::new(bucket, prefix)))))
    }

    /// Without the feature there are no buckets.
    #[cfg(not(feature = "s3"))]
    pub fn bucket(address: &str) -> Result<Self> {
        Err(Error::internal(format!("{address}: this program was built without buckets (`--features s3`)")))
    }

    fn objects(&self) -> Result<&dyn ObjectStore> {
        self.0.as_deref().ok_or_else(|| Error::internal("this process knows no place for files"))
    }

    /// Writes content under a new key.
    pub async fn put(&self, key: &str, content: Vec<u8>) -> Result<()> {
        let mode = PutMode::Create.into();
        self.objects()?.put_opts(&Path::from(key), content.into(), mode).await.map_err(Error::internal)?;
        Ok(())
    }

    /// Reads content, or a part of it. Where it is missing that is a fault: a row said that it is there.
    pub async fn get(&self, key: &str, span: Range<u64>) -> Result<Content> {
        let options = GetOptions { range: Some(GetRange::Bounded(span)), ..GetOptions::default() };
        let found = self.objects()?.get_opts(&Path::from(key), options).await.map_err(Error::internal)?;
        Ok(found.into_stream().map_err(Error::internal).boxed())
    }

    /// Removes content; what is not there is removed.
    pub async fn remove(&self, key: &str) -> Result<()> {
        match self.objects()?.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// The keys of this database that were made before an instant.
    pub async fn older(&self, secrets: &Secrets, than: DateTime<Utc>) -> Result<Vec<String>> {
        let listed: Vec<_> =
            self.objects()?.list(Some(&Path::from(home(secrets)))).try_collect().await.map_err(Error::internal)?;
        let keys = listed.into_iter().map(|object| object.location.to_string());
        Ok(keys.filter(|key| made_at(key).is_some_and(|made| made < than.timestamp())).collect())
    }
}

/// A key that nobody used before.
pub fn new_key(secrets: &Secrets, now: DateTime<Utc>) -> Result<String> {
    Ok(format!("{}/{}-{}", home(secrets), now.timestamp(), HEXLOWER.encode(&random_bytes::<16>()?)))
}

/// What the keys of one database begin with. It follows from the secret, which is kept as long as the data.
fn home(secrets: &Secrets) -> String {
    let tag = secrets.printed("the place of files", uuid::Uuid::nil());
    HEXLOWER.encode(&tag[..6])
}

/// When a key was made; nothing where it is none of ours.
fn made_at(key: &str) -> Option<i64> {
    key.rsplit('/').next()?.split_once('-')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_when_it_was_made_and_is_never_the_same() {
        let (secrets, now) = (Secrets::derive("some secret"), DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000));
        let key = new_key(&secrets, now).unwrap_or_default();
        assert_eq!(made_at(&key), Some(now.timestamp()));
        assert_ne!(new_key(&secrets, now).unwrap_or_default(), key);
        assert_ne!(home(&Secrets::derive("another")), home(&secrets));
        assert_eq!(made_at("somebody's own.txt"), None);
    }
}
