//! The network in a browser: fetch. A body travels in a `Blob`, which costs a fraction of the same bytes as an array.

use chasqui_shared::{Failure, Hello, Reply, Request as Asked, from_cbor, limits, to_cbor};
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use web_sys::{AbortSignal, Blob, BlobPropertyBag};

use crate::transport::{HELLO_TIMEOUT_MS, TIMEOUT, Transport, UNREACHABLE};

const CBOR: &str = "application/cbor";

/// Fetch, from a worker.
#[derive(Clone, Copy, Debug)]
pub struct FetchTransport;

impl Transport for FetchTransport {
    async fn hello(&self, base: &str) -> Result<Hello, Failure> {
        let request = RequestBuilder::new(&format!("{base}/api/v1/hello"))
            .abort_signal(Some(&AbortSignal::timeout_with_u32(HELLO_TIMEOUT_MS)))
            .build()
            .map_err(|error| unreached(&error))?;
        serde_json::from_slice(&answer(request).await?).map_err(|error| strange(&error.to_string()))
    }

    async fn ask(&self, base: &str, request: &Asked) -> Result<Reply, Failure> {
        match request {
            Asked::Offer(offer) => post(base, "sync/offer", offer).await.map(Reply::Offer),
            Asked::Push(batch) => post(base, "changes", batch).await.map(Reply::Push),
            Asked::Pull(question) => post(base, "changes/wanted", question).await.map(Reply::Pull),
        }
    }
}

async fn post<B: Serialize, A: DeserializeOwned>(
    base: &str,
    path: &str,
    body: &B,
) -> Result<A, Failure> {
    let bytes = to_cbor(body).map_err(|error| strange(&error.reason))?;
    let timeout = AbortSignal::timeout_with_u32(limits::REQUEST_TIMEOUT_MS as u32);
    let request = Request::post(&format!("{base}/api/v1/{path}"))
        .header("Content-Type", CBOR)
        .header("Accept", CBOR)
        .header("Chasqui-Time", &js_sys::Date::now().to_string())
        .abort_signal(Some(&timeout))
        .body(blob(&bytes)?)
        .map_err(|error| unreached(&error))?;
    from_cbor(&answer(request).await?).map_err(|error| strange(&error.reason))
}

fn blob(bytes: &[u8]) -> Result<Blob, Failure> {
    let options = BlobPropertyBag::new();
    options.set_type(CBOR);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .map_err(|_| Failure::passing("memory_full", "this phone has no memory left for sending"))
}

async fn answer(request: Request) -> Result<Vec<u8>, Failure> {
    let response = request.send().await.map_err(|error| unreached(&error))?;
    let bytes = response.binary().await.map_err(|error| unreached(&error))?;
    if response.ok() { Ok(bytes) } else { Err(refusal(&response, &bytes)) }
}

/// What the laptop says is wrong; an answer in another shape is not a laptop's.
fn refusal(response: &Response, bytes: &[u8]) -> Failure {
    serde_json::from_slice(bytes).unwrap_or_else(|_| {
        let status = response.status();
        Failure::passing("bad_answer", format!("something other than a laptop answered ({status})"))
    })
}

fn unreached(error: &gloo_net::Error) -> Failure {
    match error {
        gloo_net::Error::JsError(error) if error.name == "TimeoutError" => {
            Failure::passing(TIMEOUT, "the laptop did not answer in time")
        }
        _ => Failure::passing(UNREACHABLE, "no laptop can be reached"),
    }
}

fn strange(reason: &str) -> Failure {
    Failure::lasting("bad_answer", format!("the laptop's answer cannot be read: {reason}"))
}
