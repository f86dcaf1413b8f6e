//! The server as it runs: sockets, events, the note for commands beside it, and its end.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
};

use chasqui_server::{Config, RunError, Server, Serving, Status, beside, import::Report};
use serde_json::Value;
use tokio::sync::oneshot;

struct Running {
    http: SocketAddr,
    directory: tempfile::TempDir,
    stop: oneshot::Sender<()>,
    served: tokio::task::JoinHandle<Result<(), RunError>>,
}

fn config(directory: &tempfile::TempDir) -> Config {
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    Config {
        data: directory.path().to_owned(),
        http: loopback,
        https: Some(loopback),
        hosts: Vec::new(),
    }
}

async fn start() -> Running {
    let directory = tempfile::tempdir().unwrap();
    let server = Server::open(config(&directory)).await.unwrap();
    let http = server.http_address();
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(server.serve(async {
        let _ = stopped.await;
    }));
    Running { http, directory, stop, served }
}

impl Running {
    async fn end(self) -> tempfile::TempDir {
        self.stop.send(()).unwrap();
        self.served.await.unwrap().unwrap();
        self.directory
    }
}

fn request(http: SocketAddr, text: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(http).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    BufReader::new(stream)
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_work_beside_the_server_and_without_it() {
    let running = start().await;
    std::fs::write(running.directory.path().join("spills.csv"), SPILLS).unwrap();
    let (report, status) = command(running.directory.path()).await;
    assert_eq!((report.added, report.known, report.refused), (2, 0, 1));
    assert_eq!((status.records, status.versions, status.entries, status.heads), (2, 2, 2, 2));

    let directory = running.end().await;
    assert_eq!(Serving::find(directory.path()), None, "the note is taken away");
    let (again, after) = command(directory.path()).await;
    assert_eq!((again.added, again.known, again.refused), (0, 2, 1));
    assert_eq!(after, status);
}

const SPILLS: &str = "id,lat,lon\n1,1,1\n2,2,2\n3,x,3\n";

/// What the program does for `chasqui import` and `chasqui status`, which block.
async fn command(directory: &Path) -> (Report, Status) {
    let directory = directory.to_owned();
    let commands = tokio::task::spawn_blocking(move || {
        let report = beside::import(&directory, &directory.join("spills.csv")).unwrap();
        (report, beside::status(&directory).unwrap())
    });
    commands.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_over_the_same_data_is_refused() {
    let running = start().await;
    let second = Server::open(config(&running.directory)).await;
    assert!(matches!(second, Err(RunError::Store(_))));
    running.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_told_of_changes_and_a_stop_ends_the_stream() {
    let running = start().await;
    let http = running.http;
    let key = Serving::find(running.directory.path()).unwrap().key;
    let manager = format!("Host: localhost\r\nAuthorization: Bearer {}\r\n", key.as_str());
    let listener = manager.clone();
    let (told, mut changes) = tokio::sync::mpsc::unbounded_channel();
    let listening = tokio::task::spawn_blocking(move || {
        let ask = format!("GET /api/v1/events HTTP/1.1\r\n{listener}\r\n");
        let events = request(http, &ask);
        for line in events.lines() {
            match line {
                Ok(line) if line.starts_with("data:") => told.send(line).unwrap(),
                Ok(_) => {}
                Err(_) => return,
            }
        }
    });
    let event: Value = serde_json::from_str(&changes.recv().await.unwrap()[5..]).unwrap();
    assert_eq!(event["type"], "changed");
    let body = "[{\"category\": \"c\"}]";
    let answer = tokio::task::spawn_blocking(move || {
        let head = "POST /api/v1/observations HTTP/1.1\r\nConnection: close\r\n\
                    Content-Type: application/json\r\n";
        let length = body.len();
        let text = format!("{head}{manager}Content-Length: {length}\r\n\r\n{body}");
        let mut answer = String::new();
        request(http, &text).read_to_string(&mut answer).unwrap();
        answer
    });
    assert!(answer.await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(changes.recv().await.is_some());
    running.end().await;
    listening.await.unwrap();
}
