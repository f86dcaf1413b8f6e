//! What is asked of a list of observations.

use std::sync::Arc;

use chasqui_shared::{Code, ObservedAt};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::since::Since;
use crate::{
    http::{error::ApiError, wire::zone_of},
    limits,
    media::Media,
    store::{Bounds, Cursor, Page, Query, ReadLog, Shown, StoreError},
};

/// The query of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// Only this one.
    category: Option<String>,
    /// Words, each in note, category, answers, names of files, source, or the name of observer or
    /// author; in any order, without regard to case and accents, of at most 256 bytes.
    text: Option<String>,
    /// The earliest observation: RFC 3339, or a day.
    from: Option<String>,
    /// The latest observation: RFC 3339, or a day, all of which is found.
    to: Option<String>,
    /// The zone of whoever asks, such as `America/Lima`, for the day of a moment of which no offset
    /// is known; the laptop's if absent.
    zone: Option<String>,
    /// Only records in conflict.
    conflicts: bool,
    /// Only what is deleted, instead of what is not.
    deleted: bool,
    /// Only records that name a file that is not here.
    #[param(inline)]
    pub media: Option<MediaFilter>,
    /// `west,south,east,north` in degrees.
    bbox: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
    /// Items of a page; 100 if absent.
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<usize>,
    /// `json` if absent.
    #[param(inline)]
    pub format: ListFormat,
    /// The `changes` of an answer to the same question: only what changed since, as JSON. Goes with
    /// no `after`, `limit` and `format`.
    since: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum ListFormat {
    #[default]
    Json,
    GeoJson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum MediaFilter {
    Missing,
}

impl ListParams {
    pub fn read(&self) -> Result<(Query, Option<Cursor>, usize), ApiError> {
        let query = Query {
            category: self.category.clone(),
            text: self.text.clone().filter(|text| !text.trim().is_empty()),
            from: self.from.as_deref().map(|text| moment("from", text)).transpose()?,
            to: self.to.as_deref().map(|text| moment("to", text)).transpose()?,
            zone: Some(zone_of(self.zone.as_deref())?),
            conflicts: self.conflicts,
            deleted: self.deleted,
            bounds: self.bbox.as_deref().map(bounds).transpose()?,
        };
        if query.text.as_ref().is_some_and(|text| text.len() > limits::SEARCH_BYTES_MAX) {
            return Err(wrong(format!("text has at most {} bytes", limits::SEARCH_BYTES_MAX)));
        }
        let after = match &self.after {
            Some(text) => Some(
                Cursor::parse(text).ok_or_else(|| wrong("after is not a cursor of this API"))?,
            ),
            None => None,
        };
        let limit = self.limit.unwrap_or(limits::PAGE_ROWS);
        if !(1..=limits::PAGE_ROWS_MAX).contains(&limit) {
            return Err(wrong(format!("limit is from 1 to {}", limits::PAGE_ROWS_MAX)));
        }
        Ok((query, after, limit))
    }

    /// From when on changes are asked for.
    pub fn since(&self) -> Result<Option<Since>, ApiError> {
        let Some(since) = &self.since else { return Ok(None) };
        if self.after.is_some() || self.limit.is_some() || self.format != ListFormat::Json {
            return Err(wrong("since goes with no after, limit and format"));
        }
        let since = Since::parse(since);
        since.ok_or_else(|| wrong("since is no mark of this API")).map(Some)
    }
}

pub(in crate::http) fn wrong(message: impl Into<String>) -> ApiError {
    ApiError::new(Code::QueryMalformed, message)
}

fn moment(name: &str, text: &str) -> Result<ObservedAt, ApiError> {
    ObservedAt::parse(text)
        .ok_or_else(|| wrong(format!("{name} is no day, and no time as RFC 3339")))
}

fn bounds(text: &str) -> Result<Bounds, ApiError> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[west, south, east, north])
            if [west, east].iter().all(|lon| lon.abs() <= 180.0)
                && -90.0 <= south
                && south <= north
                && north <= 90.0 =>
        {
            Ok(Bounds { west, south, east, north })
        }
        _ => Err(wrong("bbox is west,south,east,north in degrees")),
    }
}

/// Whether a record is wanted for what the store does not know of it.
pub(in crate::http) type IsWanted<'a> = Box<dyn Fn(&Shown<'_>) -> bool + 'a>;

/// What is to be found among records and files.
pub(in crate::http) struct Sought {
    pub query: Query,
    /// Only records that name a file that is not here.
    pub is_missing: bool,
    pub media: Arc<Media>,
}

impl Sought {
    /// What is to be known besides what the store knows, if anything.
    pub fn is_wanted(&self) -> Option<IsWanted<'_>> {
        let lacks = |shown: &Shown<'_>| shown.media().any(|hash| !self.media.blobs().holds(hash));
        if self.is_missing { Some(Box::new(lacks)) } else { None }
    }

    pub fn visit(
        &self,
        view: &ReadLog,
        after: Option<Cursor>,
        limit: usize,
        visit: impl FnMut(Shown<'_>) -> Result<(), StoreError>,
    ) -> Result<Page, StoreError> {
        view.search(&self.query, self.is_wanted().as_deref(), after, limit, visit)
    }
}
