//! Requests as they are on the wire, and connections that are cut.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use chasqui_server::{Config, Server, Serving};
use tempfile::TempDir;

use super::*;

/// A server with a socket, and requests that are cut.
struct Wire {
    http: SocketAddr,
    directory: TempDir,
}

impl Wire {
    async fn start(reserve_bytes: u64) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
        let config = Config::new(directory.path().to_owned(), loopback);
        let config = Config { media_reserve_bytes: reserve_bytes, ..config };
        let server = Server::open(config).await.unwrap();
        let http = server.http_address();
        tokio::spawn(server.serve(std::future::pending()));
        Self { http, directory }
    }

    /// Sends a head that promises so many bytes, and these.
    fn send(&self, head: &str, length: usize, bytes: &[u8]) -> TcpStream {
        let key = Serving::find(self.directory.path()).unwrap().key;
        let mut stream = TcpStream::connect(self.http).unwrap();
        let head = format!(
            "{head}Host: localhost\r\nAuthorization: Bearer {}\r\nTus-Resumable: 1.0.0\r\n\
             Content-Type: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            key.as_str(),
            BYTES.1
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    }

    fn ask(&self, head: &str, bytes: &[u8]) -> String {
        let mut answer = Vec::new();
        self.send(head, bytes.len(), bytes).read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_without_room_is_said_before_anything_is_sent() {
    let wire = Wire::start(u64::MAX).await;
    let post = format!("POST {MEDIA} HTTP/1.1\r\nUpload-Length: 10\r\n");
    let answer = wire.ask(&post, b"");
    assert!(answer.starts_with("HTTP/1.1 507") && answer.contains("disk_reserve"), "{answer}");
}
