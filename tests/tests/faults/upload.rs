//! A file on its way to a laptop, a request at a time over a socket of its own.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicU64, Ordering},
};

use chasqui_harness::Base;
use data_encoding::BASE64;
use serde::de::DeserializeOwned;

const MEDIA: &str = "/api/v1/media";
const BYTES: (&str, &str) = ("content-type", "application/offset+octet-stream");
/// Written to the socket at once.
const WRITE_BYTES: usize = 64 * 1024;

/// What a laptop answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// An upload as its sender knows it.
#[derive(Clone, Debug)]
pub struct Upload {
    pub path: String,
    /// Bytes that the laptop has acknowledged.
    pub offset: u64,
}

/// Begins an upload of a file with this hash, or finds the one that was begun.
pub fn begin(base: &Base, hash: &str, length: u64) -> io::Result<Reply> {
    let metadata = format!("hash {}", BASE64.encode(hash.as_bytes()));
    let headers = [("upload-length", &*length.to_string()), ("upload-metadata", &metadata)];
    Reply::read(open(base, ("POST", MEDIA), &headers, 0)?)
}

/// Sends the next bytes. `sent` is never less than what has left this side.
pub fn patch(base: &Base, upload: &Upload, bytes: &[u8], sent: &AtomicU64) -> io::Result<Reply> {
    let mut stream = open_patch(base, upload, bytes.len() as u64)?;
    let mut at = upload.offset;
    for chunk in bytes.chunks(WRITE_BYTES) {
        at += chunk.len() as u64;
        sent.fetch_max(at, Ordering::SeqCst);
        // Whoever refuses says so before it has read to the end.
        if stream.write_all(chunk).is_err() {
            break;
        }
    }
    Reply::read(stream)
}

/// A request that promises so many bytes.
pub fn open_patch(base: &Base, upload: &Upload, length: u64) -> io::Result<TcpStream> {
    let headers = [BYTES, ("upload-offset", &*upload.offset.to_string())];
    open(base, ("PATCH", &upload.path), &headers, length)
}

/// How much of an upload is durable.
pub fn offset(base: &Base, path: &str) -> u64 {
    let reply = Reply::read(open(base, ("HEAD", path), &[], 0).unwrap()).unwrap();
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.offset()
}

/// The whole file, or a failure.
pub fn file(base: &Base, hash: &str) -> Result<Vec<u8>, u16> {
    let reply = open(base, ("GET", &format!("{MEDIA}/{hash}")), &[], 0).and_then(Reply::read);
    let reply = reply.unwrap();
    if reply.status == 200 { Ok(reply.body) } else { Err(reply.status) }
}

fn open(
    base: &Base,
    (method, path): (&str, &str),
    headers: &[(&str, &str)],
    length: u64,
) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(base.url.trim_start_matches("http://"))?;
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\nconnection: close\r\n\
         tus-resumable: 1.0.0\r\ncontent-length: {length}\r\n",
        base.key
    );
    headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    Ok(stream)
}

impl Upload {
    pub fn of(begun: &Reply) -> Self {
        assert_eq!(begun.status, 201, "{begun:?}");
        Self { path: begun.headers["location"].clone(), offset: begun.offset() }
    }
}

impl Reply {
    /// Reads to the end of the connection; an error if that came before the end of the headers.
    pub fn read(mut stream: TcpStream) -> io::Result<Self> {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.ok_or(io::ErrorKind::UnexpectedEof)?;
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| line.split_once(": ").unwrap());
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Ok(Self { status, headers: headers.collect(), body: answer[end + 4..].to_vec() })
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    pub fn offset(&self) -> u64 {
        self.headers["upload-offset"].parse().unwrap()
    }

    /// The hash of a file that is whole.
    pub fn hash(&self) -> Option<&str> {
        self.headers.get("chasqui-media-hash").map(String::as_str)
    }
}
