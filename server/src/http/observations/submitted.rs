//! `POST /api/v1/observations`: for scripts, sensors and apps that keep no log.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{Request, State},
};
use chasqui_shared::{
    Answer, Code, Draft, Kind, Latitude, Location, LocationSource, Longitude, ObservedAt, RecordId,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{
        app::App,
        error::ApiError,
        wire::{Format, Params, content_format, decode, malformed, read_body},
    },
    import::{
        Identity, OnChange, Refusal, RefusalCode, Row, Taken, Told, by_itself, row_of_feature, take,
    },
    limits,
    system::zone::Zone,
};

/// The query of a submission.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubmitParams {
    /// Who sends it; the same id from another source is another record.
    #[serde(default = "api")]
    source: String,
}

fn api() -> String {
    "api".into()
}

/// One observation of a plain list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Item {
    id: Option<String>,
    category: String,
    #[serde(default)]
    note: String,
    observed_at: Option<ObservedAt>,
    location: Option<ItemLocation>,
    #[serde(default)]
    answers: BTreeMap<String, Answer>,
}

/// RFC 7946.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the description of what is read a feature at a time")]
struct FeatureCollection {
    /// Always `FeatureCollection`.
    #[schema(pattern = "^FeatureCollection$")]
    r#type: String,
    features: Vec<Feature>,
}

/// RFC 7946.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the description of what `row_of_feature` reads")]
struct Feature {
    /// Always `Feature`.
    #[schema(pattern = "^Feature$")]
    r#type: String,
    #[schema(required)]
    geometry: Option<FeatureGeometry>,
    #[schema(value_type = Object)]
    properties: BTreeMap<String, Value>,
}

/// RFC 7946.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the description of what `row_of_feature` reads")]
struct FeatureGeometry {
    /// Always `Point`.
    #[schema(pattern = "^Point$")]
    r#type: String,
    /// Longitude, latitude.
    #[schema(min_items = 2, max_items = 3)]
    coordinates: Vec<f64>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ItemLocation {
    lat: Latitude,
    lon: Longitude,
    accuracy_m: Option<u32>,
    altitude_m: Option<i32>,
    #[serde(default = "imported")]
    source: LocationSource,
}

fn imported() -> LocationSource {
    LocationSource::Import
}

/// What became of one row, sent after the commit.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowStatus {
    /// Its place in the request, from 0.
    index: usize,
    /// `added`, `changed`, `known` or `refused`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<RecordId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// Takes a JSON list or a GeoJSON FeatureCollection; a row that is refused stops no other.
#[utoipa::path(
    post,
    path = "/api/v1/observations",
    operation_id = "submit_observations",
    params(SubmitParams), request_body(content((Vec<Item> = "application/json"), (FeatureCollection = "application/geo+json"))),
    responses((status = 200, description = "What became of each row, after the commit", body = Vec<RowStatus>))
)]
pub async fn submit(
    State(app): State<App>,
    Params(params): Params<SubmitParams>,
    request: Request,
) -> Result<Json<Vec<RowStatus>>, ApiError> {
    if content_format(request.headers())? != Format::Json {
        let message =
            "the content type of the body must be application/json or application/geo+json";
        return Err(ApiError::new(Code::UnsupportedMediaType, message));
    }
    if params.source.is_empty() || params.source.len() > limits::SOURCE_BYTES_MAX {
        let message = format!("a source has 1 to {} bytes", limits::SOURCE_BYTES_MAX);
        return Err(ApiError::new(Code::QueryMalformed, message));
    }
    let body = read_body(request, limits::SUBMITTED_BYTES_MAX).await?;
    let rows: Arc<[_]> = rows(decode(Format::Json, &body)?)?.into();
    let source = params.source;
    let taken = app.store.write(rows.len(), move |log| {
        let take_one = |row: &Result<Row, Refusal>| match row {
            Ok(row) => take(log, &source, row, OnChange::Edit),
            Err(refusal) => Ok(Taken::Refused(refusal.clone())),
        };
        rows.iter().map(take_one).collect::<Result<Vec<_>, _>>()
    });
    let answer = taken.await?.into_iter().enumerate().map(|(index, taken)| status(index, taken));
    Ok(Json(answer.collect()))
}

/// The rows of a body. Each stands or falls alone.
fn rows(body: Value) -> Result<Vec<Result<Row, Refusal>>, ApiError> {
    let (items, are_features) = match body {
        Value::Array(items) => (items, false),
        Value::Object(mut object)
            if object.get("type").is_some_and(|t| t == "FeatureCollection") =>
        {
            match object.remove("features") {
                Some(Value::Array(features)) => (features, true),
                _ => return Err(malformed("the FeatureCollection has no list of features")),
            }
        }
        _ => return Err(malformed("the body is no list and no GeoJSON FeatureCollection")),
    };
    if items.len() > limits::SUBMITTED_ROWS_MAX {
        let message = format!("a request has at most {} rows", limits::SUBMITTED_ROWS_MAX);
        return Err(ApiError::new(Code::TooManyRows, message));
    }
    let read = if are_features { row_of_feature_value } else { row_of_item };
    Ok(items.into_iter().map(read).collect())
}

fn row_of_item(item: Value) -> Result<Row, Refusal> {
    let item: Item = serde_json::from_value(item)
        .map_err(|error| Refusal::new(RefusalCode::Malformed, Told::value(&error.to_string())))?;
    let location = item.location.map(|at| Location {
        lat: at.lat,
        lon: at.lon,
        accuracy_m: at.accuracy_m,
        altitude_m: at.altitude_m,
        source: at.source,
    });
    let draft = Draft {
        kind: Kind::Observation,
        category: item.category,
        note: item.note,
        observed_at: item.observed_at,
        location,
        answers: item.answers,
        ..Draft::default()
    };
    let identity = match item.id {
        Some(id) => by_itself(&id).map_or(Identity::OfSource(id), Identity::Worldwide),
        None => Identity::of_content(&draft).ok_or(RefusalCode::Malformed)?,
    };
    Ok(Row { identity, draft, counters: Arc::default() })
}

fn row_of_feature_value(feature: Value) -> Result<Row, Refusal> {
    let feature = serde_json::from_value(feature).map_err(|error| {
        Refusal::new(RefusalCode::FeatureMalformed, Told::value(&error.to_string()))
    })?;
    row_of_feature(feature, &Zone::of_machine())
}

fn status(index: usize, taken: Taken) -> RowStatus {
    let blank = RowStatus { index, status: "known", record: None, code: None, message: None };
    match taken {
        Taken::Added(record) => RowStatus { status: "added", record: Some(record), ..blank },
        Taken::Changed(record) => RowStatus { status: "changed", record: Some(record), ..blank },
        Taken::Known(record) | Taken::Differs(record) => {
            RowStatus { record: Some(record), ..blank }
        }
        Taken::Refused(refusal) => {
            let (code, message) = (Some(refusal.code.as_str()), Some(refusal.message()));
            RowStatus { status: "refused", code, message, ..blank }
        }
    }
}
