//! The engine over the real IndexedDB: what was saved is there after a start, folded or not.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "clippy does not take a `wasm_bindgen_test` for a test")]

use std::{ops::Range, rc::Rc};

use chasqui_client_wasm::{Disk, Engine, Host, IdbDisk, Key, Transport};
use chasqui_shared::{
    Charter, Code, ContentHash, Draft, Epoch, Failure, Hello, HelloNonce, LogWriter, MediaRef,
    Notice, PairingRequest, PairingResponse, Readiness, RecordId, Reply, Request, Role,
    StoredRequest, StoredResponse, Timestamp, transfer::Placed,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// A laptop that lets everybody in and then goes away.
struct Glimpse;

fn charter(log_writer: &LogWriter) -> Charter {
    Charter { founder: log_writer.owner().device, salt: Epoch([7; 16]) }
}

fn log_writer() -> LogWriter {
    LogWriter::new(&[1; 32], Epoch([1; 16]))
}

impl Transport<Blob> for Glimpse {
    async fn hello(&self, _: &str, nonce: HelloNonce) -> Result<Hello, Failure> {
        let (log_writer, name) = (log_writer(), "laptop".to_owned());
        Ok(Hello::sign(&log_writer, charter(&log_writer), name, Timestamp::MIN, Vec::new(), nonce))
    }

    async fn pair(&self, _: &str, _: &PairingRequest) -> Result<PairingResponse, Failure> {
        let log_writer = log_writer();
        Ok(PairingResponse {
            charter: charter(&log_writer),
            laptop: log_writer.owner().device,
            laptop_name: "laptop".into(),
            role: Role::Monitor,
            token: "0".repeat(64),
        })
    }

    async fn ask(&self, _: &str, _: &str, _: &Request) -> Result<Reply, Failure> {
        Err(gone())
    }

    async fn report(&self, _: &str, _: &str, _: &Readiness) -> Result<(), Failure> {
        Err(gone())
    }

    async fn held(&self, _: &str, _: &str, _: &StoredRequest) -> Result<StoredResponse, Failure> {
        Err(gone())
    }

    async fn create(
        &self,
        _: &str,
        _: &str,
        _: &MediaRef,
        _: Blob,
        _: u64,
    ) -> Result<Placed, Failure> {
        Err(gone())
    }

    async fn patch(
        &self,
        _: &str,
        _: &str,
        _: &str,
        _: u64,
        _: Blob,
        _: u64,
    ) -> Result<u64, Failure> {
        Err(gone())
    }

    async fn slice(
        &self,
        _: &str,
        _: &str,
        _: ContentHash,
        _: Range<u64>,
        _: u64,
    ) -> Result<Blob, Failure> {
        Err(gone())
    }

    async fn preview(&self, _: &str, _: &str, _: ContentHash) -> Result<Blob, Failure> {
        Err(gone())
    }
}

fn gone() -> Failure {
    Failure::new(Code::Unreachable, "gone")
}

struct Worker;

impl Host for Worker {
    fn now_ms(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn wall_clock(&self) -> Timestamp {
        Timestamp::from_millis(js_sys::Date::now() as i64)
    }

    fn random(&self) -> [u8; 32] {
        std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8)
    }

    async fn sleep(&self, ms: u64) {
        gloo_timers::future::TimeoutFuture::new(ms as u32).await;
    }

    fn changed(&self) {}

    fn notice(&self, notice: &Notice) {
        panic!("nothing was to be noticed: {notice}");
    }
}

type TestEngine = Rc<Engine<IdbDisk, Glimpse, Worker>>;

async fn start(name: &str) -> TestEngine {
    let addresses = vec!["https://laptop".to_owned()];
    let engine = Rc::new(Engine::new(IdbDisk::new(name), Glimpse, Worker, addresses));
    engine.open().await.unwrap();
    if !engine.status().await.paired {
        engine.pair("ABCD-EFGH", "Rosa").await.unwrap();
    }
    engine
}

async fn record(engine: &TestEngine, n: u32) -> Result<(), Failure> {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&n.to_be_bytes());
    let draft = Draft { category: "oil_spill".into(), note: n.to_string(), ..Draft::default() };
    engine.record(RecordId(id), draft).await
}

async fn listed(engine: &TestEngine) -> usize {
    engine.observations("", usize::MAX, |listing| listing.views.len()).await.unwrap()
}

async fn rows(name: &str) -> usize {
    let stored = IdbDisk::new(name).load().await.unwrap();
    stored.values.iter().filter(|(_, key, _)| matches!(key, Key::Row(..))).count()
}

fn fresh(name: &str) -> String {
    format!("{name}-{}", js_sys::Math::random())
}

#[wasm_bindgen_test]
async fn what_was_saved_is_listed_after_a_start_and_folding_changes_nothing() {
    let name = fresh("fold");
    let engine = start(&name).await;
    for n in 0..300 {
        record(&engine, n).await.unwrap();
    }
    assert_eq!(rows(&name).await, 300);
    assert_eq!(listed(&start(&name).await).await, 300);

    let running = engine.clone();
    wasm_bindgen_futures::spawn_local(async move { running.run().await });
    while rows(&name).await == 300 {
        gloo_timers::future::TimeoutFuture::new(10).await;
    }
    assert_eq!(rows(&name).await, 1);
    record(&engine, 300).await.unwrap();
    assert_eq!(listed(&engine).await, 301);
    assert_eq!(listed(&start(&name).await).await, 301);
}

#[wasm_bindgen_test]
async fn a_second_engine_on_the_same_database_never_gives_a_seq_twice() {
    let name = fresh("two");
    let (first, second) = (start(&name).await, start(&name).await);
    record(&first, 1).await.unwrap();
    assert_eq!(record(&second, 2).await.unwrap_err().code, Code::LogMoved);
    record(&second, 2).await.unwrap();
    assert_eq!(rows(&name).await, 2);
    assert_eq!(listed(&start(&name).await).await, 2);
}
