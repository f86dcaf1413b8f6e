//! The hostile device: paired once, with a key of its own and as many logs as it likes.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use chasqui_harness::{Agent, Base, Founded, Trouble, process::Laptop};
use chasqui_shared::{
    Author, Batch, Change, Charter, Draft, Epoch, LogWriter, MemoryLog, Position, ProjectId,
    RecordId, Role, Run, RunEntry, Timestamp, VersionBytes, to_cbor,
};
use serde::Serialize;

/// A connection that goes on for so long after its device was revoked, or says nothing to a request
/// for so long, hangs.
const HANGING_TIME_MIN: Duration = Duration::from_secs(120);
/// Runs that it remembers to send again.
const SENT_MAX: usize = 8;

/// A paired device that keeps to nothing.
pub struct Device {
    pub base: Base,
    pub log_writer: LogWriter,
    pub agent: Agent,
    /// What it sent, oldest first.
    pub sent: Vec<Run>,
    charter: Charter,
    /// Connections that it keeps open and does not read.
    open: Vec<TcpStream>,
    /// Connections on which it promised more than it sent.
    silent: Vec<TcpStream>,
    /// Connections on which it said nothing, so that nobody knows whose they are.
    nameless: Vec<TcpStream>,
    number: u64,
    epochs: u64,
    records: u64,
}

impl Device {
    pub fn new(laptop: &Laptop, number: u64) -> Self {
        let mut secret = [0x66; 32];
        secret[..8].copy_from_slice(&number.to_be_bytes());
        let log_writer = LogWriter::new(&secret, Epoch([0; 16]));
        let base =
            chasqui_harness::Device::with_log_writer(log_writer.clone()).pair_at(&laptop.base);
        Self {
            base,
            log_writer,
            agent: Agent::new(),
            sent: Vec::new(),
            charter: laptop.charter(),
            open: Vec::new(),
            silent: Vec::new(),
            nameless: Vec::new(),
            number,
            epochs: 0,
            records: 0,
        }
    }

    pub fn project(&self) -> ProjectId {
        self.charter.project()
    }

    /// A record that nobody has seen.
    pub fn record(&mut self) -> RecordId {
        self.records += 1;
        let mut record = [0x66; 16];
        record[..8].copy_from_slice(&self.number.to_be_bytes());
        record[8..].copy_from_slice(&self.records.to_be_bytes());
        RecordId(record)
    }

    /// A version without parents, whatever is there already.
    pub fn version(&self, record: RecordId, draft: Draft, role: Role) -> VersionBytes {
        let now = Timestamp::from_millis(1_800_000_000_000);
        let by = Author { device: self.log_writer.owner().device, role, now };
        let Ok(version) = draft.version(&MemoryLog::new(self.charter), record, Change::Edit, by);
        version.encode().unwrap()
    }

    /// An observation as any phone would record it.
    pub fn plain(&mut self) -> VersionBytes {
        let record = self.record();
        let draft = Draft { category: "oil_spill".into(), ..Draft::default() };
        self.version(record, draft, Role::Monitor)
    }

    /// Versions signed one after the other in a new log.
    pub fn run(&mut self, versions: Vec<VersionBytes>) -> Run {
        self.epochs += 1;
        let mut epoch = [0; 16];
        epoch[..8].copy_from_slice(&self.epochs.to_be_bytes());
        self.log_writer.renew(Epoch(epoch));
        self.run_after(Position::START, versions)
    }

    /// Versions signed one after the other in the log of the log_writer, after a place in it.
    pub fn run_after(&self, after: Position, versions: Vec<VersionBytes>) -> Run {
        let (project, mut last) = (self.project(), after);
        let sign = |version: VersionBytes| {
            let entry = self.log_writer.entry(project, last, version.clone(), None);
            last = entry.position().1;
            RunEntry { version, signature: entry.signature, origin: None, quarantine: None }
        };
        let entries = versions.into_iter().map(sign).collect();
        Run {
            writer: self.log_writer.writer(),
            owner: Some(self.log_writer.owner()),
            after,
            entries,
        }
    }

    /// Runs as a message.
    pub fn batch(&self, runs: Vec<Run>) -> Batch {
        Batch { project: self.project(), writer: self.log_writer.writer(), runs }
    }

    /// Sends runs, and does not care what becomes of them.
    pub fn push(&mut self, runs: Vec<Run>) {
        self.sent.extend(runs.iter().take(1).cloned());
        let forgotten = self.sent.len().saturating_sub(SENT_MAX);
        self.sent.drain(..forgotten);
        self.post_cbor("changes", &self.batch(runs));
    }

    /// Sends a message of the sync conversation.
    pub fn post_cbor(&self, path: &str, message: &impl Serialize) {
        self.post(path, &to_cbor(message).unwrap(), "application/cbor");
    }

    /// Sends anything. Whatever the answer is, the laptop is not at fault; the answer, if it was a
    /// success.
    pub fn post(&self, path: &str, body: &[u8], content_type: &str) -> Option<Vec<u8>> {
        no_fault(path, self.agent.post(&self.base, path, content_type, body))
    }

    /// Asks for anything.
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        no_fault(path, self.agent.get_bytes(&self.base, path))
    }

    /// Asks, and leaves the connection open without reading.
    pub fn leave_open(&mut self, request: &[u8]) {
        if let Ok(mut stream) = self.connect()
            && stream.write_all(request).is_ok()
        {
            self.open.push(stream);
        }
    }

    /// Begins a request, and neither sends the rest nor closes the connection until it acts again:
    /// what it asks itself waits for its own places.
    pub fn falls_silent(&mut self, request: &[u8]) {
        if let Ok(mut stream) = self.connect()
            && stream.write_all(request).is_ok()
        {
            self.silent.push(stream);
        }
    }

    /// The same on a connection that it has.
    pub fn falls_silent_on(&mut self, stream: TcpStream) {
        stream.set_read_timeout(Some(HANGING_TIME_MIN)).unwrap();
        self.silent.push(stream);
    }

    /// Opens a connection, and says nothing until it acts again.
    pub fn says_nothing(&mut self) {
        self.nameless.extend(self.connect());
    }

    /// Gives up the requests of which it sent a part.
    pub fn speaks_again(&mut self) {
        self.silent.clear();
        self.nameless.clear();
    }

    /// Sends bytes and no more after them; the laptop ends the connection, whatever it says before.
    pub fn says_and_ends(&self, bytes: &[u8]) {
        let Ok(mut stream) = self.connect() else { return };
        // The laptop may have closed it half way.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        assert!(
            !hangs(&read),
            "a connection does not end after {:?}",
            bytes.escape_ascii().to_string()
        );
        assert!(!answer.starts_with(b"HTTP/1.1 500"), "{:?}", bytes.escape_ascii().to_string());
    }

    /// Opens a connection and cuts it after these bytes.
    pub fn says_and_goes(&self, bytes: &[u8]) {
        if let Ok(mut stream) = self.connect() {
            // It is gone at once in any case.
            let _ = stream.write_all(bytes);
        }
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(self.base.url.trim_start_matches("http://"))?;
        stream.set_read_timeout(Some(HANGING_TIME_MIN))?;
        Ok(stream)
    }

    /// The head of a request of this device.
    pub fn head(&self, method: &str, path: &str, headers: &str) -> Vec<u8> {
        let key = &self.base.key;
        format!(
            "{method} /api/v1/{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n{headers}\r\n"
        )
        .into_bytes()
    }

    /// The manager takes its access away: everything that it held open ends.
    pub fn end(self, laptop: &Laptop) {
        let device = self.log_writer.owner().device;
        let path = format!("pairings/{device}/revoke");
        let revoked = Agent::new().post(&laptop.base, &path, "application/json", b"{}");
        assert!(revoked.is_ok(), "{revoked:?}");
        for mut stream in self.open.into_iter().chain(self.silent) {
            // Cleanly or not.
            let ended = io::copy(&mut stream, &mut io::sink());
            assert!(!hangs(&ended), "a connection of a revoked device was not ended");
        }
        let refused = Agent::new().get_bytes(&self.base, "settings");
        assert!(matches!(refused, Err(Trouble::Refused(401, _))), "{refused:?}");
    }
}

/// A refusal is none of the laptop's faults, and neither is a connection that ends: it need not
/// read what it refuses.
fn no_fault(path: &str, answered: Result<Vec<u8>, Trouble>) -> Option<Vec<u8>> {
    match answered {
        Ok(answer) => Some(answer),
        Err(Trouble::Refused(status, failure)) => {
            assert_ne!(status, 500, "{path}: {failure:?}");
            None
        }
        Err(Trouble::Gone(error)) => {
            assert!(!matches!(error, ureq::Error::Timeout(_)), "{path} hangs");
            None
        }
    }
}

fn hangs<T>(read: &io::Result<T>) -> bool {
    use io::ErrorKind::{TimedOut, WouldBlock};
    read.as_ref().is_err_and(|error| matches!(error.kind(), TimedOut | WouldBlock))
}
