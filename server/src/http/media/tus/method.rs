//! `X-HTTP-Method-Override`: for those who stand behind something that lets through nothing but GET
//! and POST.

use axum::{
    extract::Request,
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use chasqui_shared::Code;

use super::{headers::METHOD, path::is_of_uploads};
use crate::http::error::ApiError;

/// Gives a POST about uploads the method that it means, before it is decided who may.
///
/// No other method is changed: what is read and what is written differ in what is asked of the one
/// who sends it.
pub async fn meant(mut request: Request, next: Next) -> Response {
    if *request.method() == Method::POST
        && is_of_uploads(request.uri().path())
        && let Some(named) = request.headers_mut().remove(METHOD)
    {
        *request.method_mut() = match Method::from_bytes(named.as_bytes()) {
            // To a POST an answer has a body.
            Ok(Method::HEAD) => Method::GET,
            Ok(method) => method,
            Err(_) => {
                let message = "X-HTTP-Method-Override must be a method";
                return ApiError::new(Code::HeaderMalformed, message).into_response();
            }
        };
    }
    next.run(request).await
}
