//! Files on a line to another laptop: which it has, and slices of them, there by tus 1.0.0 and here
//! by ranges (RFC 9110 §14).

use std::{io::Read, time::Duration};

use chasqui_shared::{
    ContentHash, Failure, MediaRef, StoredRequest, StoredResponse, transfer::Placed, tus,
};
use data_encoding::BASE64;
use ureq::{
    Body, BodyReader, RequestBuilder, SendBody,
    http::{HeaderMap, Response, StatusCode, header},
    typestate::WithBody,
};

use super::peer_client::{PeerClient, read, strange, unreached};

/// A slice of a file on its way here.
pub(super) struct Slice {
    /// Bytes of the whole file.
    pub total: u64,
    /// Ends where the slice does.
    pub bytes: std::io::Take<BodyReader<'static>>,
}

impl PeerClient {
    /// Which of these files are there, and which uploads of this laptop can go on.
    pub(super) fn held(&self, hashes: Vec<ContentHash>) -> Result<StoredResponse, Failure> {
        self.post("media/held", &StoredRequest { hashes, to_free: false })
    }

    /// Begins the upload of a file of `bytes` bytes with its first `length` ones.
    pub(super) fn begin_upload(
        &self,
        file: &MediaRef,
        bytes: u64,
        slice: &mut dyn Read,
        length: u64,
        patience_ms: u64,
    ) -> Result<Placed, Failure> {
        let pair = |key, value: &str| format!("{key} {}", BASE64.encode(value.as_bytes()));
        let hash = file.hash.to_string();
        let said = [
            pair(tus::HASH_KEY, &hash),
            pair(tus::NAME_KEY, &file.name),
            pair(tus::TYPE_KEY, &file.media_type),
        ];
        let request = self.resumable(self.agent.post(self.url.api("media")), length, patience_ms);
        let request = request.header(tus::LENGTH, bytes).header(tus::METADATA, said.join(","));
        let headers = put(request, slice)?;
        let offset = durable(&headers)?;
        let location = headers.get(header::LOCATION).and_then(|path| path.to_str().ok());
        match location {
            Some(upload) => Ok(Placed { upload: upload.to_owned(), offset }),
            None if offset == bytes => Ok(Placed { upload: String::new(), offset }),
            None => Err(strange("it does not say where the upload is")),
        }
    }

    /// Sends the next `length` bytes of a file. Says where it goes on.
    pub(super) fn send_slice(
        &self,
        at: Placed,
        slice: &mut dyn Read,
        length: u64,
        patience_ms: u64,
    ) -> Result<Placed, Failure> {
        let id = at.upload.strip_prefix(tus::UPLOADS).filter(|id| is_id(id));
        let id = id.ok_or_else(|| strange("its upload has a path of another kind"))?;
        let url = self.url.api(&format!("media/uploads/{id}"));
        let request = self.resumable(self.agent.patch(url), length, patience_ms);
        let offset = durable(&put(request.header(tus::OFFSET, at.offset), slice)?)?;
        Ok(Placed { offset, ..at })
    }

    /// Asks for the slice of a file there that begins at `offset`, of at most `bytes_max` bytes.
    pub(super) fn fetch_slice(
        &self,
        hash: ContentHash,
        offset: u64,
        bytes_max: u64,
        patience_ms: u64,
    ) -> Result<Slice, Failure> {
        let last = offset + (bytes_max - 1);
        let request = self.authorized(self.agent.get(self.url.api(&format!("media/{hash}"))));
        let request = request.header(header::RANGE, format!("bytes={offset}-{last}"));
        let answered = patient(request, patience_ms).call().map_err(|error| unreached(&error))?;
        let (status, headers) = (answered.status(), answered.headers().clone());
        let total = match status {
            StatusCode::PARTIAL_CONTENT => total(&headers, offset),
            // An empty file has no ranges.
            StatusCode::RANGE_NOT_SATISFIABLE if offset == 0 => return empty(answered),
            _ if status.is_success() => None,
            _ => return Err(read(answered).err().unwrap_or_else(|| strange("it has no body"))),
        };
        let total =
            total.ok_or_else(|| strange("it is not the part of the file that was asked"))?;
        let bytes = answered.into_body().into_reader().take(bytes_max);
        Ok(Slice { total, bytes })
    }

    fn resumable<T>(
        &self,
        request: RequestBuilder<T>,
        length: u64,
        patience_ms: u64,
    ) -> RequestBuilder<T> {
        patient(self.authorized(request), patience_ms)
            .header(tus::RESUMABLE, tus::VERSION)
            .header(header::CONTENT_TYPE, tus::BYTES)
            .header(header::CONTENT_LENGTH, length)
    }
}

/// Sends bytes of a file; the headers of what is answered.
fn put(request: RequestBuilder<WithBody>, slice: &mut dyn Read) -> Result<HeaderMap, Failure> {
    let sent = request.send(SendBody::from_reader(slice));
    let response = sent.map_err(|error| unreached(&error))?;
    let headers = response.headers().clone();
    read(response)?;
    Ok(headers)
}

fn patient<T>(request: RequestBuilder<T>, patience_ms: u64) -> RequestBuilder<T> {
    request.config().timeout_global(Some(Duration::from_millis(patience_ms))).build()
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn durable(headers: &HeaderMap) -> Result<u64, Failure> {
    let offset = headers.get(tus::OFFSET).and_then(|offset| offset.to_str().ok()?.parse().ok());
    offset.ok_or_else(|| strange("it does not say how much of the file is durable"))
}

/// The size of the file whose part begins at `offset`: `bytes offset-last/total`.
fn total(headers: &HeaderMap, offset: u64) -> Option<u64> {
    let range = headers.get(header::CONTENT_RANGE)?.to_str().ok()?.strip_prefix("bytes ")?;
    let (part, total) = range.split_once('/')?;
    let (first, _) = part.split_once('-')?;
    let total = total.parse().ok().filter(|total| *total > offset)?;
    (first.parse() == Ok(offset)).then_some(total)
}

fn empty(answered: Response<Body>) -> Result<Slice, Failure> {
    let is_empty =
        answered.headers().get(header::CONTENT_RANGE).is_some_and(|range| range == "bytes */0");
    let bytes = answered.into_body().into_reader().take(0);
    is_empty.then_some(Slice { total: 0, bytes }).ok_or_else(|| strange("it has no such part"))
}
