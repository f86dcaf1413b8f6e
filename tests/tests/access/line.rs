//! Requests byte by byte: bodies that do not come, and answers that are not read.

use std::{
    io::{self, Read, Write},
    net::{IpAddr, SocketAddr, TcpStream},
    time::Duration,
};

use chasqui_harness::{bearer, on_ports::Laptop};
use socket2::{Domain, Socket, Type};

/// Longer than any answer takes that does not wait for a body.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(60);

/// A connection to a laptop by http.
pub struct Line(TcpStream);

impl Line {
    pub fn open(laptop: &Laptop) -> Self {
        Self::open_from(laptop, IpAddr::from([127, 0, 0, 1]))
    }

    /// From an address of this machine.
    pub fn open_from(laptop: &Laptop, from: IpAddr) -> Self {
        let to: SocketAddr = laptop.url.trim_start_matches("http://").parse().unwrap();
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::new(from, 0).into()).unwrap();
        socket.connect(&to.into()).unwrap();
        let stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(ANSWER_TIME_MAX)).unwrap();
        Self(stream)
    }

    /// Sends a head that promises so many bytes of body, and these.
    pub fn send(&mut self, asked: &str, token: Option<&str>, promised: usize, body: &[u8]) {
        let token = token.map(|token| format!("authorization: {}\r\n", bearer(token)));
        let (token, length) = (token.unwrap_or_default(), promised.max(body.len()));
        let head = format!(
            "{asked} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{token}\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        self.write(head.as_bytes()).unwrap();
        self.write(body).unwrap();
    }

    /// Sends as it is. Fails where the laptop has closed the connection.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    /// The path of an upload that a device begins, of 1,000 bytes, named by its hash if `metadata`
    /// says so.
    pub fn begin_upload(laptop: &Laptop, token: &str, metadata: &str) -> String {
        let mut line = Self::open(laptop);
        let authorization = bearer(token);
        let head = format!(
            "POST /api/v1/media HTTP/1.1\r\nhost: localhost\r\nauthorization: {authorization}\r\n\
             tus-resumable: 1.0.0\r\nupload-length: 1000\r\nupload-metadata: {metadata}\r\n\
             content-length: 0\r\n\r\n"
        );
        line.write(head.as_bytes()).unwrap();
        let head = line.head();
        let location = head.lines().find_map(|line| line.strip_prefix("location: "));
        location.unwrap_or_else(|| panic!("{head}")).to_owned()
    }

    /// Begins to send the bytes of an upload: their head, and none of them.
    pub fn patch(laptop: &Laptop, token: &str, path: &str) -> Self {
        let mut line = Self::open(laptop);
        let authorization = bearer(token);
        let head = format!(
            "PATCH {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: {authorization}\r\n\
             tus-resumable: 1.0.0\r\nupload-offset: 0\r\ncontent-length: 1000\r\n\
             content-type: application/offset+octet-stream\r\n\r\n"
        );
        line.write(head.as_bytes()).unwrap();
        line
    }

    /// The status of the next answer. The rest of what came with it is thrown away.
    #[track_caller]
    pub fn status(&mut self) -> u16 {
        self.head()[9..12].parse().unwrap()
    }

    #[track_caller]
    fn head(&mut self) -> String {
        let mut answer = Vec::new();
        while !answer.windows(4).any(|four| four == b"\r\n\r\n") {
            let mut some = [0; 1024];
            let bytes = self.0.read(&mut some).expect("the answer waits for something");
            assert!(bytes > 0, "the connection ended without an answer");
            answer.extend_from_slice(&some[..bytes]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status of the next answer, if it has come.
    pub fn status_now(&mut self) -> Option<u16> {
        self.0.set_nonblocking(true).unwrap();
        let has_come = self.0.peek(&mut [0]).is_ok();
        self.0.set_nonblocking(false).unwrap();
        has_come.then(|| self.status())
    }

    /// Waits for the next event of a stream of them.
    #[track_caller]
    pub fn await_event(&mut self) {
        let mut heard = String::new();
        while !heard.contains("data:") {
            let mut some = [0; 1024];
            let bytes = self.0.read(&mut some).expect("an event comes");
            assert!(bytes > 0, "the stream ended");
            heard.push_str(&String::from_utf8_lossy(&some[..bytes]));
        }
    }

    /// Reads what is left, to the end of the connection.
    #[track_caller]
    pub fn await_end(mut self) {
        let mut rest = [0; 64 * 1024];
        loop {
            match self.0.read(&mut rest) {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    panic!("the connection goes on")
                }
                // Cut off with something on its way.
                Err(_) => return,
            }
        }
    }
}
