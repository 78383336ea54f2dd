//! How a file goes out: as an attachment that no browser runs, whole or in part (RFC 9110, section 14), or not at all when the client
//! has it already.

use std::fmt::Write;
use std::future::{Ready, ready};
use std::ops::Range;

use actix_web::body::{BoxBody, SizedStream};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use data_encoding::BASE64;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use super::error::{Error, INVALID_HEADER, Refusal, Refused, Result};
use super::store::Content;
use super::validation::{NOT_VALID, Violation};

/// The part asked for begins behind the end of the file.
pub const RANGE_NOT_SATISFIABLE: Refusal = Refusal {
    code: "range_not_satisfiable",
    status: 416,
    id: "Bagian yang diminta berada di luar berkas",
    en: "The part asked for lies outside the file",
};

/// What nobody but the reader's own program may do with it: nothing is loaded, run or framed.
const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");
/// Keeps the compressor away: parts are counted in the bytes of the file.
const UNCOMPRESSED: HeaderValue = HeaderValue::from_static("identity");

/// The most characters of a header that asks for a part.
const LONGEST_RANGE: usize = 400;

/// What a client asks for of a file: `Range`, `If-Range`, `If-None-Match`.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    range: Option<String>,
    if_range: Option<String>,
    known: Option<String>,
}

/// What of a file is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Nothing: the client has it.
    Nothing,
    /// All of it.
    Whole,
    /// These bytes.
    Part(Range<u64>),
}

impl FromRequest for Wanted {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request.headers()))
    }
}

impl Wanted {
    fn of(headers: &HeaderMap) -> Result<Self> {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let range = text(header::RANGE);
        let unreadable = match &range {
            Some(range) => range.is_empty() || range.len() > LONGEST_RANGE || range.contains('\t'),
            None => headers.contains_key(header::RANGE),
        };
        if unreadable {
            return Err(INVALID_HEADER.at(Violation::header("Range", &NOT_VALID)));
        }
        Ok(Self { range, if_range: text(header::IF_RANGE), known: text(header::IF_NONE_MATCH) })
    }

    /// What is to be sent of a file of this size and tag. What is no single range of bytes is ignored, as the RFC has it.
    pub fn cut(&self, size: u64, tag: &str) -> Result<Cut> {
        let same = |known: &str| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag;
        if self.known.as_deref().is_some_and(|known| known.split(',').map(str::trim).any(same)) {
            return Ok(Cut::Nothing);
        }
        // A part of what the file was is no use to a client that means to go on where it stopped.
        let stale = self.if_range.as_deref().is_some_and(|known| known.trim() != tag);
        let Some((first, last)) = self.range.as_deref().filter(|_| !stale).and_then(single_range) else {
            return Ok(Cut::Whole);
        };
        let (from, to) = match (first, last) {
            (Some(first), last) => (first, last.unwrap_or(u64::MAX).min(size.saturating_sub(1))),
            (None, Some(count)) if count > 0 => (size.saturating_sub(count), size.saturating_sub(1)),
            (None, _) => (size, size),
        };
        if from >= size {
            let allowed = Some(("Content-Range", format!("bytes */{size}")));
            return Err(Refused { allowed, ..Refused::from(RANGE_NOT_SATISFIABLE) }.into());
        }
        Ok(Cut::Part(from..to + 1))
    }
}

/// First and last byte of `bytes=…`; a first byte that is missing means so many from the end.
fn single_range(header: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, set) = header.split_once('=')?;
    let (first, last) = set.trim().split_once('-')?;
    let number = |digits: &str| match digits {
        "" => Some(None),
        _ if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok().map(Some),
        _ => None,
    };
    let (first, last) = (number(first)?, number(last)?);
    let sense = match (first, last) {
        (Some(first), Some(last)) => first <= last,
        (first, last) => first.is_some() || last.is_some(),
    };
    (unit.eq_ignore_ascii_case("bytes") && sense).then_some((first, last))
}

impl utoipa::IntoParams for Wanted {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(LONGEST_RANGE))
            .pattern(Some("^[!-~]([ -~]{0,398}[!-~])?$"));
        let parameter = ParameterBuilder::new()
            .name("Range")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "Which bytes: `bytes=0-1023`, `bytes=1024-`, `bytes=-512`. Several parts and other units are not known, and ignored. \
With `If-Range` only as long as the file has that ETag.",
            ))
            .schema(Some(schema))
            .example(Some("bytes=0-1023".into()));
        vec![parameter.build()]
    }
}

/// The SHA-256 that a body has according to its sender: `Content-Digest: sha-256=:…:` (RFC 9530).
#[derive(Clone, Copy, Debug)]
pub struct ContentDigest(pub Option<[u8; 32]>);

impl FromRequest for ContentDigest {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(header) = request.headers().get("content-digest") else { return ready(Ok(Self(None))) };
        ready(match header.to_str().map_err(|_| Unreadable).and_then(digest) {
            Ok(digest) => Ok(Self(digest)),
            Err(Unreadable) => Err(INVALID_HEADER.at(Violation::header("Content-Digest", &NOT_VALID))),
        })
    }
}

/// The most characters of a header of digests.
const LONGEST_DIGESTS: usize = 400;

/// A header of digests that cannot be one.
struct Unreadable;

/// The SHA-256 among the digests of a header. Digests by other algorithms may be left unread (RFC 9530, section 2).
fn digest(header: &str) -> std::result::Result<Option<[u8; 32]>, Unreadable> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"=:+/,_ -".contains(&byte);
    if header.is_empty() || header.len() > LONGEST_DIGESTS || !header.bytes().all(plain) {
        return Err(Unreadable);
    }
    let Some(given) = header.split(',').find_map(|one| one.trim().strip_prefix("sha-256=")) else { return Ok(None) };
    let text = given.strip_prefix(':').and_then(|text| text.strip_suffix(':')).ok_or(Unreadable)?;
    let bytes = BASE64.decode(text.as_bytes()).map_err(|_| Unreadable)?;
    bytes.try_into().map(Some).map_err(|_| Unreadable)
}

impl utoipa::IntoParams for ContentDigest {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(LONGEST_DIGESTS))
            .pattern(Some("^[A-Za-z0-9=:+/,_ -]{1,400}$"));
        let parameter = ParameterBuilder::new()
            .name("Content-Digest")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("The SHA-256 of the body (RFC 9530), by which damage on the way is found."))
            .schema(Some(schema))
            .example(Some("sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:".into()));
        vec![parameter.build()]
    }
}

/// A file on its way out.
pub struct Download {
    /// The name under which it is saved.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its ETag.
    pub tag: String,
    /// How large the whole file is.
    pub size: u64,
    /// What of it is sent.
    pub cut: Cut,
    /// Those bytes; none where the client has them.
    pub content: Option<Content>,
}

impl Responder for Download {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        answer
            .insert_header((header::ETAG, self.tag.as_str()))
            .insert_header((header::ACCEPT_RANGES, "bytes"))
            .insert_header((header::CONTENT_SECURITY_POLICY, SANDBOX))
            .insert_header((header::CONTENT_ENCODING, UNCOMPRESSED));
        let span = match self.cut {
            Cut::Nothing => return answer.status(actix_web::http::StatusCode::NOT_MODIFIED).finish(),
            Cut::Whole => 0..self.size,
            Cut::Part(span) => {
                let place = format!("bytes {}-{}/{}", span.start, span.end.saturating_sub(1), self.size);
                answer.status(actix_web::http::StatusCode::PARTIAL_CONTENT);
                answer.insert_header((header::CONTENT_RANGE, place));
                span
            }
        };
        let Some(content) = self.content else {
            return HttpResponse::from_error(Error::internal("a file without content"));
        };
        answer
            .insert_header((header::CONTENT_TYPE, self.media_type))
            .insert_header((header::CONTENT_DISPOSITION, attachment(&self.file_name)))
            .body(SizedStream::new(span.end - span.start, content))
    }
}

/// `Content-Disposition` (RFC 6266): the name for old clients in ASCII, and for the others as it is (RFC 8187).
fn attachment(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || " ._-()".contains(letter) { letter } else { '_' };
    let mut header =
        format!("attachment; filename=\"{}\"; filename*=UTF-8''", name.chars().map(plain).collect::<String>());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            header.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(header, "%{byte:02X}");
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(range: &str) -> Result<Cut> {
        Wanted { range: Some(range.to_owned()), ..Wanted::default() }.cut(10, "\"x\"")
    }

    #[test]
    fn a_single_range_is_a_part_and_everything_else_is_the_whole() {
        for (range, part) in [("bytes=0-3", 0..4), ("bytes=4-", 4..10), ("bytes=-3", 7..10), ("BYTES=2-99", 2..10)] {
            assert!(matches!(cut(range), Ok(Cut::Part(found)) if found == part), "{range}");
        }
        for range in ["bytes=0-1,3-4", "bytes=3-1", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=+1-2", "0-3", ""] {
            assert!(matches!(cut(range), Ok(Cut::Whole)), "{range}");
        }
        for range in ["bytes=10-", "bytes=99-100", "bytes=-0"] {
            assert!(cut(range).is_err(), "{range}");
        }
    }

    #[test]
    fn a_name_that_would_break_the_header_does_not() {
        let header = attachment("a\"b\r\nSet-Cookie: x;ä.pdf");
        assert_eq!(
            header,
            "attachment; filename=\"a_b__Set-Cookie_ x__.pdf\"; filename*=UTF-8''a%22b%0D%0ASet-Cookie%3A%20x%3B%C3%A4.pdf"
        );
    }
}
