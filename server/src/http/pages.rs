//! The two pages, as they are asked for.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use rust_embed::EmbeddedFile;

use super::error::ApiError;
use crate::pages::{Dist, caching, media_type};

/// The file at a path; a directory is its `index.html`.
pub fn page(path: &str, headers: &HeaderMap) -> Response {
    let name = path.trim_start_matches('/');
    if let Some(file) = Dist::get(name) {
        return serve(name, file, headers);
    }
    let index = match name.trim_end_matches('/') {
        "" => "index.html".to_owned(),
        directory => format!("{directory}/index.html"),
    };
    match Dist::get(&index) {
        // Without the slash, relative addresses in the page would point beside it.
        Some(_) if !path.ends_with('/') => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, format!("{path}/"))])
                .into_response()
        }
        Some(file) => serve(&index, file, headers),
        None if path == "/" || path == "/manager/" => unbuilt(),
        None => ApiError::not_found().into_response(),
    }
}

fn serve(name: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", HEXLOWER.encode(&file.metadata.sha256_hash()[..16]));
    let caching = [(header::CACHE_CONTROL, caching(name)), (header::ETAG, etag.as_str())];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == etag)) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let media_type = media_type(name, &file);
    (caching, [(header::CONTENT_TYPE, media_type)], file.data).into_response()
}

fn unbuilt() -> Response {
    let sentence = "This program was built without its pages. Build them with `make www`, then build \
                    the program again with `make server`; the API under /api/v1 works all the same.\n";
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], sentence)
        .into_response()
}
