//! What can be wrong with a part of a request, and how it is told: a code, where, and a sentence in both languages.

use std::borrow::Cow;

use serde_json::Value;
use utoipa::ToSchema;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::error::{Error, Result};
use super::language::Language;

/// A kind of mistake in a part of a request. Codes are public API; `{…}` in the sentences are parameters.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The stable code.
    pub code: &'static str,
    /// The sentence in Indonesian.
    pub id: &'static str,
    /// The sentence in English.
    pub en: &'static str,
}

/// Where in the request the mistake is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A JSON pointer into the body, in the fragment form of RFC 9457: `#/sessions/0/starts_at`.
    Pointer(String),
    /// A query or path parameter.
    Parameter(String),
    /// A header.
    Header(&'static str),
}

/// One mistake in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where.
    pub place: Place,
    /// What.
    pub fault: &'static Fault,
    /// The parameters of the sentence.
    pub params: Vec<(Cow<'static, str>, Value)>,
}

impl Violation {
    /// A mistake in a top-level field of the body.
    pub fn field(name: impl std::fmt::Display, fault: &'static Fault) -> Self {
        Self::pointer(format!("#/{name}"), fault)
    }

    /// A mistake at a JSON pointer.
    pub fn pointer(pointer: String, fault: &'static Fault) -> Self {
        Self { place: Place::Pointer(pointer), fault, params: Vec::new() }
    }

    /// A mistake in a parameter.
    pub fn parameter(name: impl Into<String>, fault: &'static Fault) -> Self {
        Self { place: Place::Parameter(name.into()), fault, params: Vec::new() }
    }

    /// A mistake in a header.
    pub fn header(name: &'static str, fault: &'static Fault) -> Self {
        Self { place: Place::Header(name), fault, params: Vec::new() }
    }

    /// Adds a parameter of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.params.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// The sentence in this language.
    pub fn detail(&self, language: Language) -> String {
        let mut sentence = language.pick(self.fault.id, self.fault.en).to_owned();
        for (name, value) in &self.params {
            let text = match value.as_str() {
                Some(kind) if name == "expected" => kind_in_words(kind, language).to_owned(),
                Some(text) => text.to_owned(),
                None => value.to_string(),
            };
            sentence = sentence.replace(&format!("{{{name}}}"), &text);
        }
        sentence
    }
}

/// Kinds of values: how `params.expected` names them, and how people do.
const KINDS: &[(&str, &str, &str)] = &[
    ("text", "teks", "a text"),
    ("integer", "bilangan bulat dalam batasnya", "a whole number within its limits"),
    ("number", "bilangan", "a number"),
    ("boolean", "true atau false", "true or false"),
    ("list", "daftar", "a list"),
    ("object", "objek", "an object"),
    ("uuid", "UUID", "a UUID"),
    ("date", "tanggal YYYY-MM-DD", "a date YYYY-MM-DD"),
    ("instant", "waktu seperti 2026-03-02T01:00:00.000Z", "an instant such as 2026-03-02T01:00:00.000Z"),
    ("month", "satu bulan", "one month"),
    ("quarter", "satu triwulan", "one quarter"),
    ("semester", "satu semester", "one semester"),
    ("year", "satu tahun", "one year"),
    ("other", "nilai jenis lain", "another kind of value"),
];

fn kind_in_words(kind: &str, language: Language) -> &str {
    KINDS.iter().find(|(name, ..)| *name == kind).map_or(kind, |(_, id, en)| language.pick(id, en))
}

/// What a reader of texts (serde) complains of, as a mistake that people understand; `place` makes it one of a place.
pub fn misread(reason: &str, place: impl Fn(&'static Fault) -> Violation) -> Violation {
    let reason = reason.rsplit_once(" at line ").map_or(reason, |(reason, _)| reason);
    if let Some((_, choices)) = reason.split_once("unknown variant `").and_then(|(_, rest)| rest.split_once('`')) {
        let allowed: Vec<_> = choices.split('`').skip(1).step_by(2).collect();
        return place(&NOT_A_CHOICE).with("allowed", allowed.join(", "));
    }
    place(&WRONG_TYPE).with("expected", kind_of(reason))
}

fn kind_of(reason: &str) -> &'static str {
    let expected = reason.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    let integers = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize"];
    let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    match expected {
        _ if says(&["UUID"]) => "uuid",
        _ if says(&["RFC 3339", "DateTime", "date and time"]) => "instant",
        _ if says(&["NaiveDate", "formatted date", "input"]) => "date",
        _ if says(&["invalid digit", "number too", "empty string"]) || integers.contains(&expected) => "integer",
        _ if says(&["`true` or `false`"]) || expected == "a boolean" => "boolean",
        // The reader of choices says no more than that it expected a value: a text.
        "a string" | "string" | "str" | "a borrowed string" | "value" => "text",
        "f32" | "f64" => "number",
        _ if says(&["invalid float"]) => "number",
        list if list.starts_with("a sequence") || list.starts_with("tuple") || list.starts_with("an array") => "list",
        object if object.starts_with("struct ") || object.ends_with("map") || object.contains("enum") => "object",
        _ => "other",
    }
}

/// Runs the rules on a body's fields and gathers every mistake.
pub fn check<T: Validate>(body: &T) -> Result<()> {
    match body.validate() {
        Ok(()) => Ok(()),
        Err(errors) => Err(Error::invalid(in_order(&errors, "#"))),
    }
}

/// The mistakes of a body as violations whose pointers start with `prefix`.
pub fn violations_of<T: Validate>(body: &T, prefix: &str) -> Vec<Violation> {
    body.validate().err().map(|errors| in_order(&errors, prefix)).unwrap_or_default()
}

/// The validator keeps fields in a hash map; a stable order makes answers comparable.
fn in_order(errors: &ValidationErrors, prefix: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    gather(errors, prefix, &mut violations);
    violations.sort_by(|one, other| format!("{:?}", one.place).cmp(&format!("{:?}", other.place)));
    violations
}

fn gather(errors: &ValidationErrors, prefix: &str, violations: &mut Vec<Violation>) {
    for (field, kind) in errors.errors() {
        let pointer = if *field == "__all__" { prefix.to_owned() } else { format!("{prefix}/{field}") };
        match kind {
            ValidationErrorsKind::Field(faults) => {
                violations.extend(faults.iter().map(|fault| violation(pointer.clone(), fault)));
            }
            ValidationErrorsKind::Struct(inner) => gather(inner, &pointer, violations),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    gather(inner, &format!("{pointer}/{index}"), violations);
                }
            }
        }
    }
}

fn violation(pointer: String, error: &ValidationError) -> Violation {
    let has = |name: &str| error.params.contains_key(name);
    let fault = match error.code.as_ref() {
        "length" if has("equal") => &WRONG_LENGTH,
        "length" if has("min") && has("max") => &LENGTH_OUT_OF_RANGE,
        "length" if has("min") => &TOO_SHORT,
        "length" => &TOO_LONG,
        "range" => &OUT_OF_RANGE,
        "email" => &NOT_AN_EMAIL,
        "url" => &NOT_A_URL,
        code => FAULTS.iter().find(|fault| fault.code == code).copied().unwrap_or(&NOT_VALID),
    };
    let params = error.params.iter().filter(|(name, _)| *name != "value");
    Violation {
        place: Place::Pointer(pointer),
        fault,
        params: params.map(|(name, value)| (name.clone(), value.clone())).collect(),
    }
}

/// A rule of our own in the validator's terms: names one of [`FAULTS`] by its code.
pub fn fault(fault: &'static Fault) -> ValidationError {
    ValidationError::new(fault.code)
}

/// Not blank, and no characters that cannot be seen: for names and titles.
pub fn visible(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() {
        return Err(fault(&BLANK));
    }
    if text.chars().any(char::is_control) {
        return Err(fault(&CONTROL_CHARACTER));
    }
    Ok(())
}

/// A code of a reference table: capital letters, digits, dots, hyphens, underscores.
pub fn code(text: &str) -> Result<(), ValidationError> {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
    if text.bytes().all(allowed) && text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        Ok(())
    } else {
        Err(fault(&NOT_A_CODE))
    }
}

/// An http or https address of another place.
pub fn web_address(text: &str) -> Result<(), ValidationError> {
    match url::Url::parse(text) {
        Ok(address) if matches!(address.scheme(), "http" | "https") && address.has_host() => Ok(()),
        _ => Err(fault(&NOT_A_URL)),
    }
}

/// An instant of these centuries: what both databases keep alike.
pub fn instant(instant: &super::clock::Instant) -> Result<(), ValidationError> {
    if (1900..3000).contains(&chrono::Datelike::year(&instant.0)) { Ok(()) } else { Err(fault(&NOT_VALID)) }
}

/// A day of these centuries.
pub fn day(day: &chrono::NaiveDate) -> Result<(), ValidationError> {
    if (1900..3000).contains(&chrono::Datelike::year(day)) { Ok(()) } else { Err(fault(&NOT_VALID)) }
}

/// A telephone number (E.164).
pub fn phone(text: &str) -> Result<(), ValidationError> {
    let digits = text.strip_prefix('+').unwrap_or_default();
    if (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
    {
        Ok(())
    } else {
        Err(fault(&NOT_A_PHONE))
    }
}

/// The code of a district (kecamatan) or village (kelurahan) of the Ministry of Home Affairs: `61.72.02`, `61.72.02.1001`.
pub fn district(text: &str) -> Result<(), ValidationError> {
    let lengths: Vec<usize> = text.split('.').map(str::len).collect();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if digits && matches!(lengths.as_slice(), [2, 2, 2] | [2, 2, 2, 4]) {
        Ok(())
    } else {
        Err(fault(&NOT_A_DISTRICT_CODE))
    }
}

/// Short words: none empty, none longer than 60 characters.
pub fn short_words(words: &[String]) -> Result<(), ValidationError> {
    if words.iter().any(|word| word.chars().count() > 60) {
        return Err(fault(&TOO_LONG_WORD));
    }
    words.iter().try_for_each(|word| visible(word))
}

/// The pattern of [`code`], for the OpenAPI.
pub const CODE_PATTERN: &str = "^[A-Z0-9][A-Z0-9._-]*$";

/// A word of a list, for the OpenAPI: what [`short_words`] asks of each.
#[derive(ToSchema)]
#[schema(min_length = 1, max_length = 60, pattern = r"\S", example = "pengatalogan")]
pub struct ShortWord(pub String);

/// Kinds of mistakes that the kernel knows; the slices add theirs.
pub const FAULTS: &[&Fault] = &[
    &super::dated::NOT_LATER,
    &REQUIRED,
    &UNKNOWN_FIELD,
    &UNKNOWN_PARAMETER,
    &REPEATED,
    &WRONG_TYPE,
    &NOT_A_CHOICE,
    &NOT_VALID,
    &BLANK,
    &CONTROL_CHARACTER,
    &TOO_DEEP,
    &WRONG_LENGTH,
    &LENGTH_OUT_OF_RANGE,
    &TOO_SHORT,
    &TOO_LONG,
    &OUT_OF_RANGE,
    &NOT_AN_EMAIL,
    &NOT_A_URL,
    &NOT_A_CODE,
    &NOT_A_PHONE,
    &TOO_LONG_WORD,
    &TWO_DECIMALS,
    &TOO_MANY_DECIMALS,
    &NOT_A_DISTRICT_CODE,
    &super::period::NOT_A_PERIOD,
    &super::period::OTHER_KIND_OF_PERIOD,
    &NOT_SORTABLE,
    &TAKEN,
    &NO_SUCH_OBJECT,
    &IN_THE_FUTURE,
    &ENDS_BEFORE_IT_BEGINS,
    &NOT_ALLOWED_FOR_YOU,
    &URL_OR_FILE,
];

/// This is required.
pub const REQUIRED: Fault = Fault { code: "required", id: "Wajib diisi", en: "This is required" };
/// This field is not known.
pub const UNKNOWN_FIELD: Fault =
    Fault { code: "unknown_field", id: "Isian tidak dikenal", en: "This field is not known" };
/// This parameter is not known.
pub const UNKNOWN_PARAMETER: Fault =
    Fault { code: "unknown_parameter", id: "Parameter tidak dikenal", en: "This parameter is not known" };
/// Given more than once.
pub const REPEATED: Fault = Fault { code: "repeated", id: "Diberikan lebih dari sekali", en: "Given more than once" };
/// The value has the wrong type.
pub const WRONG_TYPE: Fault =
    Fault { code: "wrong_type", id: "Jenis nilainya salah: harus {expected}", en: "The value must be {expected}" };
/// None of the choices.
pub const NOT_A_CHOICE: Fault =
    Fault { code: "not_a_choice", id: "Bukan salah satu pilihan: {allowed}", en: "Not one of the choices: {allowed}" };
/// The value is not valid.
pub const NOT_VALID: Fault = Fault { code: "not_valid", id: "Nilainya tidak sah", en: "The value is not valid" };
/// Must not be blank.
pub const BLANK: Fault = Fault { code: "blank", id: "Tidak boleh kosong", en: "Must not be blank" };
/// Holds characters that cannot be seen.
pub const CONTROL_CHARACTER: Fault = Fault {
    code: "control_character",
    id: "Mengandung karakter yang tidak terlihat",
    en: "Holds characters that cannot be seen",
};
/// Nested too deeply.
pub const TOO_DEEP: Fault = Fault { code: "too_deep", id: "Bersarang terlalu dalam", en: "Nested too deeply" };
/// The length must be {equal}.
pub const WRONG_LENGTH: Fault =
    Fault { code: "wrong_length", id: "Panjangnya harus {equal}", en: "The length must be {equal}" };
/// The length must be {min} to {max}.
pub const LENGTH_OUT_OF_RANGE: Fault = Fault {
    code: "length_out_of_range",
    id: "Panjangnya harus {min} sampai {max}",
    en: "The length must be {min} to {max}",
};
/// The length must be at least {min}.
pub const TOO_SHORT: Fault =
    Fault { code: "too_short", id: "Panjangnya paling sedikit {min}", en: "The length must be at least {min}" };
/// The length must be at most {max}.
pub const TOO_LONG: Fault =
    Fault { code: "too_long", id: "Panjangnya paling banyak {max}", en: "The length must be at most {max}" };
/// The value must be {min} to {max}.
pub const OUT_OF_RANGE: Fault =
    Fault { code: "out_of_range", id: "Nilainya harus {min} sampai {max}", en: "The value must be {min} to {max}" };
/// Not an e-mail address.
pub const NOT_AN_EMAIL: Fault = Fault { code: "not_an_email", id: "Bukan alamat surel", en: "Not an e-mail address" };
/// Not an http or https address.
pub const NOT_A_URL: Fault =
    Fault { code: "not_a_url", id: "Bukan alamat web http atau https", en: "Not an http or https address" };
/// A code holds capital letters, digits, dots, hyphens and underscores only.
pub const NOT_A_CODE: Fault = Fault {
    code: "not_a_code",
    id: "Kode hanya memuat huruf besar, angka, titik, garis hubung dan garis bawah",
    en: "A code holds capital letters, digits, dots, hyphens and underscores only",
};
/// Cannot be sorted by this; choose from: {allowed}.
pub const NOT_SORTABLE: Fault = Fault {
    code: "not_sortable",
    id: "Tidak dapat diurutkan menurut ini; pilihan: {allowed}",
    en: "Cannot be sorted by this; choose from: {allowed}",
};
/// Already taken.
pub const TAKEN: Fault = Fault { code: "taken", id: "Sudah dipakai", en: "Already taken" };
/// There is no object with this id.
pub const NO_SUCH_OBJECT: Fault =
    Fault { code: "no_such_object", id: "Tidak ada data dengan id ini", en: "There is no object with this id" };
/// This date lies in the future.
pub const IN_THE_FUTURE: Fault =
    Fault { code: "in_the_future", id: "Tanggal ini masih akan datang", en: "This date lies in the future" };
/// Ends before it begins.
pub const ENDS_BEFORE_IT_BEGINS: Fault =
    Fault { code: "ends_before_it_begins", id: "Berakhir sebelum mulai", en: "Ends before it begins" };
/// Your role may not set this.
pub const NOT_ALLOWED_FOR_YOU: Fault =
    Fault { code: "not_allowed_for_you", id: "Peran Anda tidak boleh mengisi ini", en: "Your role may not set this" };
/// Either an address or a file.
pub const URL_OR_FILE: Fault =
    Fault { code: "url_or_file", id: "Isi salah satu: url atau file_id", en: "Give one of the two: url or file_id" };
/// Not a telephone number.
pub const NOT_A_PHONE: Fault = Fault {
    code: "not_a_phone",
    id: "Bukan nomor telepon internasional, misalnya +6281234567890",
    en: "Not an international telephone number such as +6281234567890",
};
/// A word is too long.
pub const TOO_LONG_WORD: Fault = Fault {
    code: "too_long_word",
    id: "Setiap kata paling banyak 60 karakter",
    en: "Each word has at most 60 characters",
};
/// More than two decimals.
pub const TWO_DECIMALS: Fault =
    Fault { code: "two_decimals", id: "Paling banyak dua angka desimal", en: "At most two decimals" };
/// At most {max} decimals.
pub const TOO_MANY_DECIMALS: Fault =
    Fault { code: "too_many_decimals", id: "Paling banyak {max} angka desimal", en: "At most {max} decimals" };
/// Not the code of a district.
pub const NOT_A_DISTRICT_CODE: Fault = Fault {
    code: "not_a_district_code",
    id: "Kode wilayah ditulis seperti 61.72.02 atau 61.72.02.1001",
    en: "The code of a district is written like 61.72.02 or 61.72.02.1001",
};
