//! How anything can fail, and how few kinds there are.
//!
//! A [`Refusal`] is a reason that a client is told: a constant of the slice that says no, with a stable code and both languages.
//! Everything else is [`Error::Internal`]: logged once with the request's id, told to nobody. `problem.rs` renders both.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

use super::idempotency::StoredAnswer;
use super::validation::Violation;

/// What fallible functions of the service return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A reason to say no. Codes are public API: never rename one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code, on which alone a client may branch.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The reason in Indonesian.
    pub id: &'static str,
    /// The reason in English.
    pub en: &'static str,
}

impl Refusal {
    /// This refusal, pointing at the part of the request that caused it.
    pub fn at(self, violation: Violation) -> Error {
        Refused { violations: vec![violation], ..Refused::from(self) }.into()
    }
}

/// A refusal with its circumstances.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The reason.
    pub refusal: Refusal,
    /// Which parts of the request are wrong, and how; all of them at once.
    pub violations: Vec<Violation>,
    /// Seconds after which asking again makes sense.
    pub retry_after: Option<u64>,
    /// The version that the object has now, where the caller's was stale.
    pub current_version: Option<i32>,
    /// The methods or media types that would do here, with the header that says so.
    pub allowed: Option<(&'static str, String)>,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, violations: Vec::new(), retry_after: None, current_version: None, allowed: None }
    }
}

/// Anything that can go wrong.
#[derive(Debug)]
pub enum Error {
    /// The request is refused for a reason that the client is told.
    Refused(Box<Refused>),
    /// A unique constraint of the database says that there is such a row already; the text names the constraint.
    Duplicate(String),
    /// A foreign key says that the row meant does not exist, or that others still refer to it.
    Reference(String),
    /// Another transaction was faster; the whole unit of work runs anew.
    Raced,
    /// The same Idempotency-Key came before: this is the answer of then.
    Replayed(Box<StoredAnswer>),
    /// A fault of ours or of the machine. Never shown.
    Internal(Cause),
}

impl Error {
    /// Wraps a fault that no client can mend.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Wrong parts of a request, all of them at once.
    pub fn invalid(violations: Vec<Violation>) -> Self {
        Refused { violations, ..Refused::from(INVALID) }.into()
    }

    /// The version given is not the current one.
    pub fn stale(current_version: i32) -> Self {
        Refused { current_version: Some(current_version), ..Refused::from(STALE_VERSION) }.into()
    }

    /// Not now, but perhaps after so many seconds.
    pub fn later(refusal: Refusal, retry_after: u64) -> Self {
        Refused { retry_after: Some(retry_after), ..Refused::from(refusal) }.into()
    }

    /// What the client is told.
    pub fn refused(&self) -> Refused {
        match self {
            Self::Refused(refused) => (**refused).clone(),
            Self::Duplicate(_) => DUPLICATE.into(),
            Self::Reference(_) => IN_USE.into(),
            Self::Raced => Refused { retry_after: Some(1), ..Refused::from(OVERLOADED) },
            Self::Replayed(_) | Self::Internal(_) => INTERNAL.into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => write!(formatter, "refused: {} {:?}", refused.refusal.code, refused.violations),
            Self::Duplicate(constraint) => write!(formatter, "duplicate: {constraint}"),
            Self::Reference(constraint) => write!(formatter, "reference: {constraint}"),
            Self::Raced => formatter.write_str("another transaction was faster"),
            Self::Replayed(_) => formatter.write_str("replayed"),
            Self::Internal(cause) => write!(formatter, "internal: {cause}"),
        }
    }
}

impl std::error::Error for Error {}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.refused().refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Status alone: the front renders the body, for it knows the request's id and language.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Refused::from(refusal).into()
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Refused(Box::new(refused))
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) => return Self::Duplicate(text),
            Some(SqlErr::ForeignKeyConstraintViolation(text)) => return Self::Reference(text),
            _ => {}
        }
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return Self::later(OVERLOADED, 1),
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
                match cause.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() {
                    // Serialization failure, deadlock, and a lock that did not come in time.
                    Some("40001" | "40P01" | "55P03") => return Self::Raced,
                    // The server is going away or is not there yet.
                    Some("57P01" | "57P02" | "57P03" | "53300") => return Self::later(OVERLOADED, 1),
                    _ if matches!(**cause, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) => {
                        return Self::later(OVERLOADED, 1);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        Self::internal(error)
    }
}

/// SQLite's extended result codes that mean something to a client (sqlite.org/rescode.html).
mod sqlite_code {
    pub(super) const UNIQUE: i32 = 2067;
    pub(super) const PRIMARY_KEY: i32 = 1555;
    pub(super) const FOREIGN_KEY: i32 = 787;
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        if let rusqlite::Error::SqliteFailure(failure, text) = &error {
            let text = text.clone().unwrap_or_default();
            match (failure.extended_code, failure.code) {
                (sqlite_code::UNIQUE | sqlite_code::PRIMARY_KEY, _) => return Self::Duplicate(text),
                (sqlite_code::FOREIGN_KEY, _) => return Self::Reference(text),
                (_, rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                    return Self::later(OVERLOADED, 1);
                }
                _ => {}
            }
        }
        Self::internal(error)
    }
}

/// Gives a constraint's no the name that a client understands.
pub trait ResultExt<T> {
    /// When there is such a row already, say so with this refusal.
    fn on_duplicate(self, refusal: Refusal) -> Result<T>;
    /// When the constraint whose name or columns hold `part` is hurt, point at the field.
    fn on_duplicate_of(self, part: &str, refusal: Refusal, field: &'static str) -> Result<T>;
    /// When what the request refers to does not exist, point at the field.
    fn on_reference(self, violation: Violation) -> Result<T>;
}

impl<T> ResultExt<T> for Result<T> {
    fn on_duplicate(self, refusal: Refusal) -> Self {
        self.map_err(|error| match error {
            Error::Duplicate(_) => refusal.into(),
            other => other,
        })
    }

    fn on_duplicate_of(self, part: &str, refusal: Refusal, field: &'static str) -> Self {
        self.map_err(|error| match error {
            Error::Duplicate(constraint) if constraint.contains(part) => {
                refusal.at(Violation::field(field, &super::validation::TAKEN))
            }
            other => other,
        })
    }

    fn on_reference(self, violation: Violation) -> Self {
        self.map_err(|error| match error {
            Error::Reference(_) => Error::invalid(vec![violation]),
            other => other,
        })
    }
}

/// Reasons of the kernel to say no. The slices add theirs.
pub const REFUSALS: &[Refusal] = &[
    super::dated::RULE_IN_FORCE,
    super::download::RANGE_NOT_SATISFIABLE,
    MALFORMED_JSON,
    INVALID_PARAMETER,
    INVALID_CURSOR,
    INVALID_HEADER,
    BAD_REQUEST,
    UNAUTHENTICATED,
    INVALID_TOKEN,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    INVALID_TRANSITION,
    DUPLICATE,
    IN_USE,
    CURSOR_EXPIRED,
    STALE_VERSION,
    BODY_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    INVALID,
    IDEMPOTENCY_KEY_REUSED,
    IF_MATCH_REQUIRED,
    TOO_MANY_REQUESTS,
    HEADERS_TOO_LARGE,
    INTERNAL,
    OVERLOADED,
];

/// The body is not readable JSON.
pub const MALFORMED_JSON: Refusal = Refusal {
    code: "malformed_json",
    status: 400,
    id: "Isi permintaan bukan JSON yang dapat dibaca",
    en: "The body is not readable JSON",
};

/// A parameter is unknown or wrong.
pub const INVALID_PARAMETER: Refusal = Refusal {
    code: "invalid_parameter",
    status: 400,
    id: "Ada parameter yang tidak dikenal atau salah",
    en: "A parameter is unknown or wrong",
};

/// The cursor does not belong to this list: well formed, and yet there is no such page.
pub const INVALID_CURSOR: Refusal = Refusal {
    code: "invalid_cursor",
    status: 404,
    id: "Kursor tidak berlaku untuk daftar ini",
    en: "The cursor does not belong to this list",
};

/// A header of the request is wrong.
pub const INVALID_HEADER: Refusal = Refusal {
    code: "invalid_header",
    status: 400,
    id: "Ada tajuk permintaan yang salah",
    en: "A header of the request is wrong",
};

/// The request cannot be read.
pub const BAD_REQUEST: Refusal =
    Refusal { code: "bad_request", status: 400, id: "Permintaan tidak dapat dibaca", en: "The request cannot be read" };

/// Sign in first.
pub const UNAUTHENTICATED: Refusal =
    Refusal { code: "unauthenticated", status: 401, id: "Silakan masuk terlebih dahulu", en: "Sign in first" };

/// The token is invalid or has expired.
pub const INVALID_TOKEN: Refusal = Refusal {
    code: "invalid_token",
    status: 401,
    id: "Token tidak berlaku atau sudah kedaluwarsa",
    en: "The token is invalid or has expired",
};

/// Your role may not do this.
pub const FORBIDDEN: Refusal = Refusal {
    code: "forbidden",
    status: 403,
    id: "Peran Anda tidak boleh melakukan ini",
    en: "Your role may not do this",
};

/// Not found.
pub const NOT_FOUND: Refusal = Refusal { code: "not_found", status: 404, id: "Tidak ditemukan", en: "Not found" };

/// This method is not available here.
pub const METHOD_NOT_ALLOWED: Refusal = Refusal {
    code: "method_not_allowed",
    status: 405,
    id: "Metode ini tidak tersedia di sini",
    en: "This method is not available here",
};

/// The representation asked for is not available.
pub const NOT_ACCEPTABLE: Refusal = Refusal {
    code: "not_acceptable",
    status: 406,
    id: "Bentuk jawaban yang diminta tidak tersedia",
    en: "The representation asked for is not available",
};

/// The current state does not allow this step.
pub const INVALID_TRANSITION: Refusal = Refusal {
    code: "invalid_transition",
    status: 409,
    id: "Keadaan sekarang tidak mengizinkan langkah ini",
    en: "The current state does not allow this step",
};

/// There is such an object already.
pub const DUPLICATE: Refusal =
    Refusal { code: "duplicate", status: 409, id: "Data yang sama sudah ada", en: "There is such an object already" };

/// Others refer to this object, or it refers to one that does not exist.
pub const IN_USE: Refusal = Refusal {
    code: "in_use",
    status: 409,
    id: "Data ini dirujuk oleh data lain, atau merujuk data yang tidak ada",
    en: "Others refer to this object, or it refers to one that does not exist",
};

/// The cursor is too old; begin anew.
pub const CURSOR_EXPIRED: Refusal = Refusal {
    code: "cursor_expired",
    status: 410,
    id: "Kursor terlalu lama; mulai dari awal",
    en: "The cursor is too old; begin anew",
};

/// The object was changed meanwhile; load it again first.
pub const STALE_VERSION: Refusal = Refusal {
    code: "stale_version",
    status: 412,
    id: "Data sudah diubah pihak lain; muat ulang dahulu",
    en: "The object was changed meanwhile; load it again first",
};

/// The body is too large.
pub const BODY_TOO_LARGE: Refusal =
    Refusal { code: "body_too_large", status: 413, id: "Isi permintaan terlalu besar", en: "The body is too large" };

/// The content type is not supported.
pub const UNSUPPORTED_MEDIA_TYPE: Refusal = Refusal {
    code: "unsupported_media_type",
    status: 415,
    id: "Jenis isi permintaan tidak didukung",
    en: "The content type is not supported",
};

/// Some fields are wrong.
pub const INVALID: Refusal =
    Refusal { code: "invalid", status: 422, id: "Ada isian yang salah", en: "Some fields are wrong" };

/// This idempotency key was used for another request.
pub const IDEMPOTENCY_KEY_REUSED: Refusal = Refusal {
    code: "idempotency_key_reused",
    status: 422,
    id: "Kunci idempotensi ini sudah dipakai untuk permintaan lain",
    en: "This idempotency key was used for another request",
};

/// Send an If-Match header with the last ETag.
pub const IF_MATCH_REQUIRED: Refusal = Refusal {
    code: "if_match_required",
    status: 428,
    id: "Sertakan tajuk If-Match dengan ETag terakhir",
    en: "Send an If-Match header with the last ETag",
};

/// Too many requests; try again later.
pub const TOO_MANY_REQUESTS: Refusal = Refusal {
    code: "too_many_requests",
    status: 429,
    id: "Terlalu banyak permintaan; coba lagi nanti",
    en: "Too many requests; try again later",
};

/// The headers are too large.
pub const HEADERS_TOO_LARGE: Refusal = Refusal {
    code: "headers_too_large",
    status: 431,
    id: "Tajuk permintaan terlalu besar",
    en: "The headers are too large",
};

/// The service made a mistake.
pub const INTERNAL: Refusal =
    Refusal { code: "internal", status: 500, id: "Terjadi kesalahan pada layanan", en: "The service made a mistake" };

/// The service is busy; try again shortly.
pub const OVERLOADED: Refusal = Refusal {
    code: "overloaded",
    status: 503,
    id: "Layanan sedang sibuk; coba lagi sebentar",
    en: "The service is busy; try again shortly",
};
