//! Requests over fetch, and what became of them.

use chasqui_shared::{Code, Failure, limits::REQUEST_TIMEOUT_MS};
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use web_sys::{AbortSignal, RequestCache};

use crate::browser::connection;

/// A request of a paired phone, which shows its token. Nothing of the answer stays in the browser's
/// own cache.
pub fn authorised(method: Method, url: &str, token: &str) -> RequestBuilder {
    timed(method, url)
        .credentials(connection::taken())
        .cache(RequestCache::NoStore)
        .header("Authorization", &format!("Bearer {token}"))
}

/// A request that gives up after [`REQUEST_TIMEOUT_MS`].
pub fn timed(method: Method, url: &str) -> RequestBuilder {
    patient(RequestBuilder::new(url).method(method), REQUEST_TIMEOUT_MS)
}

/// The request, which gives up after so many milliseconds.
pub fn patient(request: RequestBuilder, patience_ms: u64) -> RequestBuilder {
    let patience_ms = u32::try_from(patience_ms).unwrap_or(u32::MAX);
    request.abort_signal(Some(&AbortSignal::timeout_with_u32(patience_ms)))
}

/// The answer, if it is one of success.
pub async fn answer(request: Result<Request, gloo_net::Error>) -> Result<Response, Failure> {
    let request = request.map_err(|error| unreached(&error))?;
    let response = request.send().await.map_err(|error| unreached(&error))?;
    if response.ok() { Ok(response) } else { Err(refusal(&response).await) }
}

/// All bytes of an answer.
pub async fn bytes_of(response: Response) -> Result<Vec<u8>, Failure> {
    response.binary().await.map_err(|error| unreached(&error))
}

/// What the laptop says is wrong; an answer in another shape is not a laptop's.
async fn refusal(response: &Response) -> Failure {
    let bytes = match response.binary().await {
        Ok(bytes) => bytes,
        Err(error) => return unreached(&error),
    };
    serde_json::from_slice(&bytes).unwrap_or_else(|_| {
        let status = response.status();
        let message = format!("something other than a laptop answered ({status})");
        Failure::new(Code::BadAnswer, message).worth_retrying()
    })
}

/// No answer came.
fn unreached(error: &gloo_net::Error) -> Failure {
    match error {
        gloo_net::Error::JsError(error) if is_too_late(&error.name) => too_late(),
        _ => Failure::new(Code::Unreachable, "no laptop can be reached"),
    }
}

/// Whether the error of this name means that a request gave up.
pub fn is_too_late(name: &str) -> bool {
    name == "TimeoutError"
}

/// No answer came in time.
pub fn too_late() -> Failure {
    connection::doubt();
    Failure::new(Code::Timeout, "the laptop did not answer in time")
}

/// An answer came that makes no sense.
pub fn strange(reason: &str) -> Failure {
    Failure::new(Code::BadAnswer, format!("the laptop's answer cannot be read: {reason}"))
}
