//! The network in a browser: fetch. A body travels in a `Blob`, which costs a fraction of the same
//! bytes as an array.

use std::ops::Range;

use chasqui_shared::{
    Code, ContentHash, Failure, Hello, HelloNonce, MediaRef, PairingRequest, PairingResponse,
    Readiness, Reply, Request as Asked, StoredRequest, StoredResponse, from_cbor, to_cbor,
    transfer::Placed,
};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use web_sys::{Blob, BlobPropertyBag, RequestCache};

use crate::{
    browser::{
        connection, download,
        request::{answer, authorised, bytes_of, patient, strange, timed},
        upload,
    },
    laptops::transport::Transport,
    limits::HELLO_TIMEOUT_MS,
};

const CBOR: &str = "application/cbor";
const JSON: &str = "application/json";

/// Fetch, from a worker.
#[derive(Clone, Copy, Debug)]
pub struct FetchTransport;

impl Transport<Blob> for FetchTransport {
    async fn hello(&self, base: &str, nonce: HelloNonce) -> Result<Hello, Failure> {
        connection::ask(base, |lane| async move {
            let request = RequestBuilder::new(&format!("{base}/api/v1/hello?nonce={nonce}"));
            // A browser would not ask the same twice at a time for its cache.
            let request = request.credentials(lane).cache(RequestCache::NoStore);
            let request = patient(request, HELLO_TIMEOUT_MS);
            json(&bytes_of(answer(request.build()).await?).await?)
        })
        .await
    }

    async fn pair(&self, base: &str, request: &PairingRequest) -> Result<PairingResponse, Failure> {
        let bytes = serde_json::to_vec(request).map_err(|error| strange(&error.to_string()))?;
        let request = timed(Method::POST, &format!("{base}/api/v1/pairings"));
        let request = typed(request, JSON).body(blob(&bytes, JSON)?);
        json(&bytes_of(answer(request).await?).await?)
    }

    async fn ask(&self, base: &str, token: &str, request: &Asked) -> Result<Reply, Failure> {
        let to = (base, token);
        match request {
            Asked::Offer(offer) => put(to, "sync/offer", offer).await.map(Reply::Offer),
            Asked::Push(batch) => put(to, "changes", batch).await.map(Reply::Push),
            Asked::Pull(question) => put(to, "changes/wanted", question).await.map(Reply::Pull),
        }
    }

    async fn report(&self, base: &str, token: &str, readiness: &Readiness) -> Result<(), Failure> {
        let bytes = serde_json::to_vec(readiness).map_err(|error| strange(&error.to_string()))?;
        let request = authorised(Method::POST, &format!("{base}/api/v1/readiness"), token);
        answer(typed(request, JSON).body(blob(&bytes, JSON)?)).await.map(|_| ())
    }

    async fn held(
        &self,
        base: &str,
        token: &str,
        question: &StoredRequest,
    ) -> Result<StoredResponse, Failure> {
        put((base, token), "media/held", question).await
    }

    async fn create(
        &self,
        base: &str,
        token: &str,
        file: &MediaRef,
        slice: Blob,
        patience_ms: u64,
    ) -> Result<Placed, Failure> {
        upload::create(base, token, file, slice, patience_ms).await
    }

    async fn patch(
        &self,
        base: &str,
        token: &str,
        upload: &str,
        offset: u64,
        slice: Blob,
        patience_ms: u64,
    ) -> Result<u64, Failure> {
        upload::patch(base, token, upload, offset, slice, patience_ms).await
    }

    async fn slice(
        &self,
        base: &str,
        token: &str,
        file: ContentHash,
        bytes: Range<u64>,
        patience_ms: u64,
    ) -> Result<Blob, Failure> {
        download::slice(base, token, file, bytes, patience_ms).await
    }

    async fn preview(&self, base: &str, token: &str, file: ContentHash) -> Result<Blob, Failure> {
        download::preview(base, token, file).await
    }
}

async fn put<B: Serialize, A: DeserializeOwned>(
    (base, token): (&str, &str),
    path: &str,
    body: &B,
) -> Result<A, Failure> {
    let bytes = to_cbor(body).map_err(|error| strange(&error.reason))?;
    let request = authorised(Method::POST, &format!("{base}/api/v1/{path}"), token)
        .header("Chasqui-Time", &js_sys::Date::now().to_string());
    let request = typed(request, CBOR).body(blob(&bytes, CBOR)?);
    from_cbor(&bytes_of(answer(request).await?).await?).map_err(|error| strange(&error.reason))
}

fn json<A: DeserializeOwned>(bytes: &[u8]) -> Result<A, Failure> {
    serde_json::from_slice(bytes).map_err(|error| strange(&error.to_string()))
}

fn typed(request: RequestBuilder, kind: &str) -> RequestBuilder {
    request.header("Content-Type", kind).header("Accept", kind)
}

fn blob(bytes: &[u8], kind: &str) -> Result<Blob, Failure> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .map_err(|_| Failure::new(Code::MemoryFull, "this phone has no memory left for sending"))
}
