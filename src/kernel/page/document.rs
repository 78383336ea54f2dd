//! Lists as they stand in the OpenAPI.

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Ref, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Required, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::cursor::CURSOR_PATTERN;
use super::{DEFAULT_LIMIT, GREATEST_LIMIT, Listing, Page, PageInfo};

impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let items = ArrayBuilder::new().items(Ref::from_schema_name(T::name())).max_items(Some(200));
        ObjectBuilder::new()
            .description(Some("A page of a list."))
            .property("items", items)
            .required("items")
            .property("page", Ref::from_schema_name("PageInfo"))
            .required("page")
            .into()
    }
}

impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(schemas);
        schemas.push(("PageInfo".to_owned(), PageInfo::schema()));
    }
}

impl<F: IntoParams> IntoParams for Listing<F> {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut parameters = F::into_params(|| Some(ParameterIn::Query));
        let _ = parameter_in;
        let number = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::Custom("int32".to_owned())))
            .minimum(Some(1))
            .maximum(Some(GREATEST_LIMIT))
            .default(Some(DEFAULT_LIMIT.into()));
        let text = |pattern: Option<&str>| {
            ObjectBuilder::new().schema_type(Type::String).max_length(Some(2000)).pattern(pattern.map(str::to_owned))
        };
        let flag = ObjectBuilder::new().schema_type(Type::Boolean).default(Some(false.into()));
        parameters.push(parameter("limit", "How many rows at the most.", number.into(), Some(20.into())));
        parameters.push(parameter(
            "cursor",
            "`next_cursor` or `prev_cursor` of a page before, to go on from there.",
            text(Some(CURSOR_PATTERN)).into(),
            None,
        ));
        parameters.push(parameter(
            "sort",
            "What to sort by, at most three keys separated by commas; `-` before a key turns it round.",
            text(Some("^-?[a-z_]+(,-?[a-z_]+){0,2}$")).into(),
            None,
        ));
        parameters.push(parameter("include_total", "Whether to count the rows, up to 10,000.", flag.into(), None));
        parameters
    }
}

fn parameter(name: &str, about: &str, schema: Schema, example: Option<serde_json::Value>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(schema))
        .example(example)
        .build()
}
