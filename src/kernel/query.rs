//! Query strings: read into a struct, and held to the bounds that the OpenAPI gives each parameter, so that what it says is true.

use std::any::TypeId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::error::{Error, INVALID_PARAMETER, Result};
use super::validation::{
    CONTROL_CHARACTER, NOT_VALID, OUT_OF_RANGE, REPEATED, REQUIRED, TOO_LONG, UNKNOWN_PARAMETER, Violation, misread,
};

/// Reads a query string into a struct; what does not fit is named.
pub struct Query<F>(pub F);

impl<F: DeserializeOwned + IntoParams + 'static> FromRequest for Query<F> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
        pairs.sort();
        if let Some([first, _]) = pairs.array_windows().find(|[one, other]| one.0 == other.0) {
            return ready(Err(wrong(Violation::parameter(first.0.clone(), &REPEATED))));
        }
        ready(read(&pairs).map(Self))
    }
}

/// Reads parameters into a struct, within the bounds that the OpenAPI gives them.
pub(super) fn read<F: DeserializeOwned + IntoParams + 'static>(pairs: &[(String, String)]) -> Result<F> {
    if let Some((name, _)) = pairs.iter().find(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return Err(wrong(Violation::parameter(name.replace('\0', "�"), &CONTROL_CHARACTER)));
    }
    check(&bounds_of::<F>(), pairs)?;
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let deserializer = serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let reason = error.inner().to_string();
        let named =
            |prefix: &str| reason.strip_prefix(prefix).and_then(|rest| rest.split('`').next()).map(str::to_owned);
        wrong(if let Some(name) = named("unknown field `") {
            Violation::parameter(name, &UNKNOWN_PARAMETER)
        } else if let Some(name) = named("missing field `") {
            Violation::parameter(name, &REQUIRED)
        } else {
            misread(&reason, |fault| Violation::parameter(error.path().to_string(), fault))
        })
    })
}

/// A parameter is wrong.
pub(super) fn wrong(violation: Violation) -> Error {
    INVALID_PARAMETER.at(violation)
}

/// A query for an operation that knows no parameter.
pub(super) fn unread(query: &str) -> Error {
    let name = url::form_urlencoded::parse(query.as_bytes()).next().map(|(name, _)| name.replace('\0', "�"));
    wrong(Violation::parameter(name.unwrap_or_default(), &UNKNOWN_PARAMETER))
}

/// What the OpenAPI says of one parameter.
struct Bounds {
    name: String,
    /// The most characters.
    longest: Option<usize>,
    /// Just so many characters: days and identifiers have one form.
    exact: Option<usize>,
    /// The least and the greatest number; null where there is none.
    range: [Value; 2],
}

thread_local! {
    static BOUNDS: RefCell<HashMap<TypeId, Rc<[Bounds]>>> = RefCell::default();
}

/// The bounds of these parameters, worked out once on each worker.
fn bounds_of<F: IntoParams + 'static>() -> Rc<[Bounds]> {
    BOUNDS.with_borrow_mut(|known| {
        let entry = known.entry(TypeId::of::<F>());
        Rc::clone(entry.or_insert_with(|| F::into_params(|| None).iter().map(bounds).collect()))
    })
}

fn bounds(parameter: &utoipa::openapi::path::Parameter) -> Bounds {
    let schema = serde_json::to_value(&parameter.schema).unwrap_or_default();
    let said = |name: &str| schema.get(name).cloned().unwrap_or_default();
    let exact = match said("format").as_str() {
        Some("uuid") => Some(36),
        Some("date") => Some(10),
        _ => None,
    };
    Bounds {
        name: parameter.name.clone(),
        longest: said("maxLength").as_u64().and_then(|count| usize::try_from(count).ok()),
        exact,
        range: [said("minimum"), said("maximum")],
    }
}

fn check(bounds: &[Bounds], pairs: &[(String, String)]) -> Result<()> {
    for (name, value) in pairs {
        let Some(bounds) = bounds.iter().find(|bounds| bounds.name == *name) else { continue };
        let length = value.chars().count();
        if let Some(longest) = bounds.longest.filter(|longest| length > *longest) {
            return Err(wrong(Violation::parameter(name, &TOO_LONG).with("max", longest)));
        }
        if bounds.exact.is_some_and(|exact| length != exact) {
            return Err(wrong(Violation::parameter(name, &NOT_VALID)));
        }
        // What is no number is refused by its type.
        let [least, most] = &bounds.range;
        let outside = |number: f64| {
            least.as_f64().is_some_and(|least| number < least) || most.as_f64().is_some_and(|most| number > most)
        };
        if value.parse().is_ok_and(outside) {
            let violation = Violation::parameter(name, &OUT_OF_RANGE);
            return Err(wrong(violation.with("min", least.clone()).with("max", most.clone())));
        }
    }
    Ok(())
}

/// Identifiers separated by commas, for the OpenAPI.
#[derive(ToSchema)]
#[schema(
    max_length = 2000,
    pattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})*$",
    example = "019a0000-0000-7000-8000-000000000000"
)]
pub struct Ids(pub String);

/// A name from an open list, to which every chapter adds some: one that nothing has finds nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenName(pub String);

impl<'de> Deserialize<'de> for OpenName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = (1..=60).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if fits { Ok(Self(text)) } else { Err(serde::de::Error::custom("not a name of small letters")) }
    }
}

/// Several values of one parameter, separated by commas: any of them will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnyOf<T>(pub Vec<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for AnyOf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::IntoDeserializer;
        let text = String::deserialize(deserializer)?;
        text.split(',')
            .map(|part| T::deserialize(part.to_owned().into_deserializer()))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}
