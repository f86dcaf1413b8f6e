//! A note that a crash left behind: whoever listens at its port now must not be told the manager's
//! key.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
};

use chasqui_server::{
    Config, Server, Serving,
    commands::{self, CommandError},
    import::ImportOptions,
    store::Store,
    zone::Zone,
};
use tokio::sync::oneshot;

/// A program at a port that heard `heard`, and gives each hello the answer that `hello` makes of
/// its path.
struct Stranger {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Stranger {
    fn listen(hello: impl Fn(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let noted = heard.clone();
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let head: Vec<_> =
                    lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
                let Some(path) = head.first().and_then(|line| line.split(' ').nth(1)) else {
                    continue;
                };
                let body = if path.contains("/hello") { hello(path) } else { "{}".into() };
                noted.lock().unwrap().push(head.join("\n"));
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\
                     content-length: {length}\r\n\r\n{body}"
                );
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { url, heard }
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// What a server answers to a GET.
fn get(http: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(http).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

struct Running {
    http: SocketAddr,
    stop: oneshot::Sender<()>,
    served: tokio::task::JoinHandle<()>,
}

async fn serve(directory: &Path) -> Running {
    let config = Config::new(directory.to_owned(), SocketAddr::from(([127, 0, 0, 1], 0)));
    let server = Server::open(config).await.unwrap();
    let http = server.http_address();
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(async {
        let stopped = async { drop(stopped.await) };
        server.serve(stopped).await.unwrap();
    });
    Running { http, stop, served }
}

impl Running {
    async fn end(self) {
        self.stop.send(()).unwrap();
        self.served.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_managers_key_is_told_to_nobody_but_the_server_that_left_the_note() {
    let (directory, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let running = serve(directory.path()).await;
    let note = Serving::find(directory.path()).unwrap();
    let old_hello = get(running.http, &format!("/api/v1/hello?nonce={}", "ab".repeat(32)));
    running.end().await;
    let another = serve(other.path()).await;
    let at = another.http;
    let strangers = [
        ("says nothing of use", Stranger::listen(|_| "{}".into())),
        ("repeats what the laptop once said", Stranger::listen(move |_| old_hello.clone())),
        ("lets another laptop answer", Stranger::listen(move |path| get(at, path))),
    ];
    let directory = Arc::new(directory);
    // As `chasqui import` does while nothing serves.
    let store = Store::open(directory.path()).unwrap();
    for (name, stranger) in strangers {
        let left = Serving { url: stranger.url.clone(), ..note.clone() };
        std::mem::forget(left.leave(directory.path()).unwrap());
        let data = directory.clone();
        let commands = tokio::task::spawn_blocking(move || {
            let data = data.path();
            std::fs::write(data.join("a.csv"), "id,lat,lon\n1,1,1\n").unwrap();
            let laptop = "http://127.0.0.1:1";
            let options = ImportOptions::new(Zone::of_machine());
            [
                commands::status(data).map(|_| ()),
                commands::import(data, &data.join("a.csv"), &options, &mut |_| {}).map(|_| ()),
                commands::verify(data, &mut |_| {}).map(|_| ()),
                commands::sync(data, laptop, None, false, None).map(|_| ()),
                commands::compare(data, laptop, None, false, None).map(|_| ()),
            ]
        });
        for done in commands.await.unwrap() {
            assert!(matches!(done, Err(CommandError::NotServing)), "{name}: {done:?}");
        }
        let heard = stranger.heard();
        assert_eq!(heard.len(), 5, "{name}: each command asks who answers");
        assert!(heard.iter().all(|head| !head.contains(note.key.as_str())), "{name}: {heard:?}");
    }
    drop(store);
    another.end().await;
}
