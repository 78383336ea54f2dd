//! Bodies: read up to a limit, as JSON, by their rules.

use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::kernel::error::{
    BAD_REQUEST, BODY_TOO_LARGE, Error, MALFORMED_JSON, Refused, Result, UNSUPPORTED_MEDIA_TYPE,
};
use crate::kernel::validation::{self, CONTROL_CHARACTER, REQUIRED, TOO_DEEP, UNKNOWN_FIELD, Violation};

/// The most bytes of an ordinary body.
pub const BODY_LIMIT: usize = 512 * 1024;
/// How deeply a body may nest.
const DEPTH_LIMIT: usize = 32;
/// The media type of merge patches (RFC 7396).
const MERGE_PATCH: &str = "application/merge-patch+json";

/// A JSON body, read and checked by its rules.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media = check_media_type(request);
        let mut payload = payload.take();
        Box::pin(async move {
            media?;
            let bytes = read(&mut payload, BODY_LIMIT).await?;
            must_be_an_object(&bytes)?;
            let value = parse(&bytes)?;
            validation::check(&value)?;
            Ok(Self(value))
        })
    }
}

/// Reads a body up to a limit.
pub async fn read(payload: &mut Payload, limit: usize) -> Result<Bytes> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::from(BAD_REQUEST))?;
        if bytes.len() + chunk.len() > limit {
            return Err(BODY_TOO_LARGE.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

fn check_media_type(request: &HttpRequest) -> Result<()> {
    let patch = request.method() == Method::PATCH;
    let given = request.content_type();
    if given.eq_ignore_ascii_case("application/json") || (patch && given.eq_ignore_ascii_case(MERGE_PATCH)) {
        // A body in a transport coding would have to be unpacked, without knowing how large it is.
        return match request.headers().get(header::CONTENT_ENCODING) {
            Some(coding) if coding.as_bytes() != b"identity" => Err(UNSUPPORTED_MEDIA_TYPE.into()),
            _ => Ok(()),
        };
    }
    let allowed = if patch {
        ("Accept-Patch", format!("{MERGE_PATCH}, application/json"))
    } else {
        ("Accept-Post", "application/json".to_owned())
    };
    Err(Refused { allowed: Some(allowed), ..Refused::from(UNSUPPORTED_MEDIA_TYPE) }.into())
}

fn is_json(bytes: &[u8]) -> bool {
    // What is skipped is not looked at for its encoding.
    std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}

/// Every body is an object; the reader would take a list for one, its values in the order of the fields.
fn must_be_an_object(bytes: &[u8]) -> Result<()> {
    let is_list = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    if is_list && is_json(bytes) {
        let violation = validation::misread("expected a map", |fault| Violation::pointer("#".to_owned(), fault));
        return Err(Error::invalid(vec![violation]));
    }
    Ok(())
}

/// Reads JSON, and says where it goes wrong.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize::<_, T>(&mut deserializer);
    let value = match parsed {
        Ok(value) => value,
        Err(error) => return Err(wrong_content(bytes, &error)),
    };
    deserializer.end().map_err(|_| Error::from(MALFORMED_JSON))?;
    check_characters(bytes)?;
    Ok(value)
}

fn wrong_content(bytes: &[u8], error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    let inner = error.inner();
    // Whether the JSON itself can be read decides between 400 and 422, and not how far the typed reading came.
    if !is_json(bytes) {
        return MALFORMED_JSON.into();
    }
    let text = inner.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    let mut pointer = pointer(error.path());
    let named = |prefix: &str| reason.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
    let violation = if let Some(field) = named("missing field `") {
        Violation::pointer(format!("{pointer}/{field}"), &REQUIRED)
    } else if let Some(field) = named("unknown field `") {
        // The path already ends with the unknown field.
        if !pointer.ends_with(&format!("/{field}")) {
            pointer = format!("{pointer}/{field}");
        }
        Violation::pointer(pointer, &UNKNOWN_FIELD)
    } else if let Some(field) = named("duplicate field `") {
        Violation::pointer(format!("{pointer}/{field}"), &validation::REPEATED)
    } else {
        validation::misread(reason, |fault| Violation::pointer(pointer.clone(), fault))
    };
    Error::invalid(vec![violation])
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = "#".to_owned();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Unknown => {}
        }
    }
    pointer
}

/// Refuses what a database cannot keep: the character U+0000; and what nests too deeply.
fn check_characters(bytes: &[u8]) -> Result<()> {
    let suspicious = bytes.windows(6).any(|window| window == b"\\u0000");
    let deep = bytes.iter().filter(|byte| matches!(byte, b'{' | b'[')).count() > DEPTH_LIMIT;
    if !suspicious && !deep {
        return Ok(());
    }
    let value = serde_json::from_slice(bytes).map_err(|_| Error::from(MALFORMED_JSON))?;
    let mut violations = Vec::new();
    walk(&value, "#", 1, &mut violations);
    if violations.is_empty() { Ok(()) } else { Err(Error::invalid(violations)) }
}

fn walk(value: &serde_json::Value, pointer: &str, depth: usize, violations: &mut Vec<Violation>) {
    use serde_json::Value;
    if depth > DEPTH_LIMIT {
        violations.push(Violation::pointer(pointer.to_owned(), &TOO_DEEP));
        return;
    }
    match value {
        Value::String(text) if text.contains('\0') => {
            violations.push(Violation::pointer(pointer.to_owned(), &CONTROL_CHARACTER));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{pointer}/{index}"), depth + 1, violations);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let inner = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                if name.contains('\0') {
                    violations.push(Violation::pointer(inner.clone(), &CONTROL_CHARACTER));
                }
                walk(field, &inner, depth + 1, violations);
            }
        }
        _ => {}
    }
}
