//! The network in a browser: fetch. A body travels in a `Blob`, which costs a fraction of the same bytes as an array.

use chasqui_shared::{
    Failure, HeldAnswer, HeldQuestion, Hello, HelloNonce, MediaRef, PairingAnswer, PairingRequest,
    Reply, Request as Asked, from_cbor, limits::REQUEST_TIMEOUT_MS, to_cbor,
};
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use web_sys::{AbortSignal, Blob, BlobPropertyBag};

use crate::{
    limits::HELLO_TIMEOUT_MS,
    transport::{BAD_ANSWER, Placed, TIMEOUT, Transport, UNREACHABLE},
    transport_upload,
};

const CBOR: &str = "application/cbor";
const JSON: &str = "application/json";

/// Fetch, from a worker.
#[derive(Clone, Copy, Debug)]
pub struct FetchTransport;

impl Transport<Blob> for FetchTransport {
    async fn hello(&self, base: &str, nonce: HelloNonce) -> Result<Hello, Failure> {
        let request = RequestBuilder::new(&format!("{base}/api/v1/hello?nonce={nonce}"))
            .abort_signal(Some(&AbortSignal::timeout_with_u32(HELLO_TIMEOUT_MS)))
            .build()
            .map_err(|error| unreached(&error))?;
        serde_json::from_slice(&answer(request).await?).map_err(|error| strange(&error.to_string()))
    }

    async fn pair(&self, base: &str, request: &PairingRequest) -> Result<PairingAnswer, Failure> {
        let bytes = serde_json::to_vec(request).map_err(|error| strange(&error.to_string()))?;
        let request = post(base, "pairings", JSON).body(blob(&bytes, JSON)?);
        let request = request.map_err(|error| unreached(&error))?;
        serde_json::from_slice(&answer(request).await?).map_err(|error| strange(&error.to_string()))
    }

    async fn ask(&self, base: &str, token: &str, request: &Asked) -> Result<Reply, Failure> {
        let to = (base, token);
        match request {
            Asked::Offer(offer) => put(to, "sync/offer", offer).await.map(Reply::Offer),
            Asked::Push(batch) => put(to, "changes", batch).await.map(Reply::Push),
            Asked::Pull(question) => put(to, "changes/wanted", question).await.map(Reply::Pull),
        }
    }

    async fn held(
        &self,
        base: &str,
        token: &str,
        question: &HeldQuestion,
    ) -> Result<HeldAnswer, Failure> {
        put((base, token), "media/held", question).await
    }

    async fn create(
        &self,
        base: &str,
        token: &str,
        file: &MediaRef,
        slice: Blob,
    ) -> Result<Placed, Failure> {
        transport_upload::create(base, token, file, slice).await
    }

    async fn patch(
        &self,
        base: &str,
        token: &str,
        upload: &str,
        offset: u64,
        slice: Blob,
    ) -> Result<u64, Failure> {
        transport_upload::patch(base, token, upload, offset, slice).await
    }
}

async fn put<B: Serialize, A: DeserializeOwned>(
    (base, token): (&str, &str),
    path: &str,
    body: &B,
) -> Result<A, Failure> {
    let bytes = to_cbor(body).map_err(|error| strange(&error.reason))?;
    let request = post(base, path, CBOR)
        .header("Authorization", &format!("Bearer {token}"))
        .header("Chasqui-Time", &js_sys::Date::now().to_string())
        .body(blob(&bytes, CBOR)?)
        .map_err(|error| unreached(&error))?;
    from_cbor(&answer(request).await?).map_err(|error| strange(&error.reason))
}

fn post(base: &str, path: &str, kind: &str) -> RequestBuilder {
    Request::post(&format!("{base}/api/v1/{path}"))
        .header("Content-Type", kind)
        .header("Accept", kind)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(REQUEST_TIMEOUT_MS as u32)))
}

fn blob(bytes: &[u8], kind: &str) -> Result<Blob, Failure> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
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
pub fn refusal(response: &Response, bytes: &[u8]) -> Failure {
    serde_json::from_slice(bytes).unwrap_or_else(|_| {
        let status = response.status();
        Failure::passing(BAD_ANSWER, format!("something other than a laptop answered ({status})"))
    })
}

/// No answer came.
pub fn unreached(error: &gloo_net::Error) -> Failure {
    match error {
        gloo_net::Error::JsError(error) if error.name == "TimeoutError" => {
            Failure::passing(TIMEOUT, "the laptop did not answer in time")
        }
        _ => Failure::passing(UNREACHABLE, "no laptop can be reached"),
    }
}

/// An answer came that makes no sense.
pub fn strange(reason: &str) -> Failure {
    Failure::lasting(BAD_ANSWER, format!("the laptop's answer cannot be read: {reason}"))
}
