//! The server as it runs: sockets, events, the note for commands beside it, and its end.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
};

use chasqui_server::{
    Config, MediaStatus, RunError, Server, Serving, Status, commands,
    import::{ImportOptions, Report},
    zone::Zone,
};
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
    Config { https: Some(loopback), ..Config::new(directory.path().to_owned(), loopback) }
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
        let options = ImportOptions::new(Zone::of_machine());
        let report =
            commands::import(&directory, &directory.join("spills.csv"), &options, &mut |_| {})
                .unwrap();
        let status = commands::status(&directory).unwrap();
        // Others use the disk as well.
        let media = MediaStatus { room_bytes: 0, ..status.media };
        (report, Status { media, ..status })
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
    let post = async |path: &str, headers: &str, body: &str| {
        let length = body.len();
        let text = format!(
            "POST /api/v1/{path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n\
             {manager}Content-Length: {length}\r\n\r\n{body}"
        );
        let answer = tokio::task::spawn_blocking(move || {
            let mut answer = String::new();
            request(http, &text).read_to_string(&mut answer).unwrap();
            answer
        });
        answer.await.unwrap()
    };
    let row = "[{\"category\": \"c\"}]";
    let answer = post("observations", "Content-Type: application/json", row).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(changes.recv().await.is_some());
    // A file that is whole is no commit, and changes what is told of records all the same.
    let file = "Tus-Resumable: 1.0.0\r\nUpload-Length: 5\r\n\
                Content-Type: application/offset+octet-stream";
    let answer = post("media", file, "hello").await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(changes.recv().await.is_some());
    running.end().await;
    listening.await.unwrap();
}
