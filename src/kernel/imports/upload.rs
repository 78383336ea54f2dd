//! How a file comes in.

use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::table::TableColumn;
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::error::{Error, Refused, Result, UNSUPPORTED_MEDIA_TYPE};
use crate::kernel::http::{Rendered, read};
use crate::kernel::jobs::{self, Accepted, NewJob};
use crate::kernel::policy::Access;

/// What files an operation takes.
pub trait FileFormat: 'static {
    /// Their media types.
    const MEDIA_TYPES: &'static [&'static str];
    /// The most bytes.
    const LIMIT: usize;
}

/// A file, as it came.
pub struct Upload<F> {
    /// Its media type, one of the format's.
    pub media_type: &'static str,
    /// Its content.
    pub content: Bytes,
    format: PhantomData<F>,
}

/// A table as comma-separated values (RFC 4180) in UTF-8; separated by semicolons or tabs, and with a byte order mark, too.
pub struct CsvFile;

impl PartialSchema for CsvFile {
    fn schema() -> RefOr<Schema> {
        // Without a `type`: these are bytes, no JSON text (OpenAPI 3.1).
        ObjectBuilder::new()
            .schema_type(SchemaType::AnyValue)
            .content_media_type("text/csv")
            .max_length(Some(10_485_760))
            .description(Some(
                "A table as comma-separated values (RFC 4180) in UTF-8; separated by semicolons or tabs, and with a byte order \
                 mark, too.",
            ))
            .examples(["employee_number,employment_kind,name,unit_code\n199203142019032005,pns,Nurhaliza Putri,LAYANAN\n"])
            .into()
    }
}

impl ToSchema for CsvFile {}

impl<F: FileFormat> FromRequest for Upload<F> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let given = request.content_type();
        let media_type = F::MEDIA_TYPES.iter().find(|known| known.eq_ignore_ascii_case(given)).copied();
        // A body in a transport coding would have to be unpacked, without knowing how large it is.
        let packed = request.headers().get(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity");
        let accepts = if request.method() == Method::POST { "Accept-Post" } else { "Accept" };
        let mut payload = payload.take();
        Box::pin(async move {
            let Some(media_type) = media_type.filter(|_| !packed) else {
                let allowed = Some((accepts, F::MEDIA_TYPES.join(", ")));
                return Err(Refused { allowed, ..Refused::from(UNSUPPORTED_MEDIA_TYPE) }.into());
            };
            let content = read(&mut payload, F::LIMIT).await?;
            Ok(Self { media_type, content, format: PhantomData })
        })
    }
}

/// Takes a file in, to be brought in by a job of this kind.
pub async fn accept(
    db: &Db,
    access: &Access,
    kind: &'static str,
    order: impl Serialize,
    content: Bytes,
) -> Result<Accepted> {
    let input = serde_json::to_value(order).map_err(Error::internal)?;
    let file = Some(Vec::from(content));
    jobs::enqueue(db, access, NewJob { kind, input, file }).await.map(Accepted)
}

/// A table that has nothing but its header.
pub fn template(columns: &[TableColumn], file_name: &str) -> Result<Rendered> {
    let names: Vec<_> = columns.iter().map(|column| column.name).collect();
    let body = csv::write(&names, [])?;
    Ok(Rendered { media_type: csv::MEDIA_TYPE, body, file_name: Some(file_name.to_owned()) })
}
