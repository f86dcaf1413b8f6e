//! Requests byte by byte over a socket, as they are on the wire.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};

use chasqui_harness::{Device, hash, on_ports::Laptop};
use chasqui_server::Config;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tempfile::TempDir;

use super::{BYTES, MEDIA, named};

/// A laptop, and who asks it: its manager, or a device.
pub struct Wire {
    laptop: Laptop,
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Wire {
    pub fn start() -> Self {
        Self::start_with_reserve(0)
    }

    pub fn start_with_reserve(reserve_bytes: u64) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), reserve_bytes)
    }

    fn start_in(directory: TempDir, media_reserve_bytes: u64) -> Self {
        let set = |config| Config { media_reserve_bytes, ..config };
        let laptop = Laptop::start_as(directory, set);
        Self { token: laptop.key.clone(), laptop }
    }

    /// Stops the server, does something to its data, and starts it again.
    pub fn restart_after(self, act: impl FnOnce(&Path)) -> Self {
        let directory = self.laptop.stop();
        act(directory.path());
        Self::start_in(directory, 0)
    }

    /// The token of a device that is paired now.
    pub fn pair(&self, number: u16) -> String {
        Device::new(number, "a phone").pair_at(&self.laptop.base()).key
    }

    /// Sends a head that promises so many bytes, and these.
    pub fn send(
        &self,
        (method, path): (&str, &str),
        headers: &[(&str, &str)],
        length: usize,
        bytes: &[u8],
    ) -> TcpStream {
        let mut stream = TcpStream::connect(self.laptop.url.trim_start_matches("http://")).unwrap();
        let token = &self.token;
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
             Content-Length: {length}\r\nConnection: close\r\n"
        );
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    }

    /// One request as it is.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        Reply::read(self.send((method, path), headers, body.len(), body))
    }

    /// One request of tus 1.0.0.
    pub fn tus(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        self.ask(method, path, &[&[("Tus-Resumable", "1.0.0")], headers].concat(), body)
    }

    /// Begins an upload; returns its path.
    pub fn begin(&self, file: &[u8]) -> String {
        let (length, metadata) = (file.len().to_string(), named(file));
        let headers = [("Upload-Length", &*length), ("Upload-Metadata", &*metadata)];
        let begun = self.tus("POST", MEDIA, &headers, b"");
        assert_eq!(begun.status, 201, "{begun:?}");
        begun.header("location").to_owned()
    }

    /// Sends the next bytes.
    pub fn patch(&self, path: &str, at: u64, bytes: &[u8], more: &[(&str, &str)]) -> Reply {
        let at = at.to_string();
        let headers = [&[BYTES, ("Upload-Offset", &*at)], more].concat();
        self.tus("PATCH", path, &headers, bytes)
    }

    pub fn offset(&self, path: &str) -> u64 {
        let told = self.tus("HEAD", path, &[], b"");
        assert_eq!(told.status, 200, "{told:?}");
        told.header("upload-offset").parse().unwrap()
    }

    /// Whether the file is here, whole.
    pub fn holds(&self, file: &[u8]) -> bool {
        self.ask("HEAD", &format!("{MEDIA}/{}", hash(file)), &[], b"").status == 200
    }

    /// The bytes of an upload on the disk.
    pub fn part(&self, path: &str) -> std::path::PathBuf {
        let id = path.rsplit('/').next().unwrap();
        self.laptop.path().join(format!("media/uploads/{id}.part"))
    }
}

impl Reply {
    /// Reads to the end of the connection.
    pub fn read(mut stream: TcpStream) -> Self {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(&answer[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| line.split_once(": ").unwrap());
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Self { status, headers: headers.collect(), body: answer[end + 4..].to_vec() }
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.maybe(name).unwrap_or_else(|| panic!("{name} in {self:?}"))
    }

    pub fn maybe(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The status and code of a failure.
    #[track_caller]
    pub fn failure(&self) -> (u16, String) {
        (self.status, self.json::<Value>()["code"].as_str().unwrap().to_owned())
    }
}
