//! Everything the phone has stored, in memory, and the one transaction that makes a change of it
//! durable.
//!
//! IndexedDB is the truth and this is its working copy. If a transaction fails, the copy is thrown
//! away by its owner and loaded again, so that nothing is ever shown or sent that is not durable.

use std::collections::BTreeMap;

use chasqui_shared::{
    Clock, Code, ContentHash, DeviceId, Epoch, Failure, Hello, LogWriter, MediaRef, Notice,
    ProjectId, Timestamp,
};

use crate::{
    files::index::Files,
    laptops::{laptop::Laptop, paired::Paired},
    limits,
    records::{
        ledger::Ledger,
        listing::{Listing, Shelf},
        saved::SavedDrafts,
    },
    storage::{
        disk::{Disk, DiskError, Key, Save, Store, Stored, Value},
        row::{self, Guard, Identity},
    },
};

const DEVICE: &str = "device";
const CONFIRMED: &str = "confirmed";
const LAPTOP: &str = "laptop.";
const PAIRED: &str = "paired.";

/// How long the time of the last meeting may lag behind on disk when nothing else is to be saved,
/// in milliseconds.
const MET_AT_LAG_MS: i64 = 10 * 60 * 1_000;

/// The working copy.
pub struct State {
    identity: Identity,
    revision: u64,
    guard: Option<Vec<u8>>,
    laptops: BTreeMap<DeviceId, Laptop>,
    paired: BTreeMap<DeviceId, Paired>,
    ledger: Option<Ledger>,
    unsaved: Vec<Value>,
    shelf: Shelf,
    /// Drafts that became records. What is changed here is saved with the next commit.
    pub saved: SavedDrafts,
    /// Photos, sounds and films. What is changed here is saved with the next commit.
    pub files: Files,
}

impl State {
    /// Reads the disk; makes this phone's key if there is none. `random` is used for keys and
    /// epochs, once.
    pub async fn load<D: Disk>(
        disk: &D,
        random: impl Fn() -> [u8; 32],
        edition: u64,
    ) -> Result<(Self, Vec<Notice>), DiskError> {
        let stored = disk.load().await?;
        let fresh = || Epoch(first_half(random()));
        let Some(identity) = stored.named(Store::Keys, DEVICE) else {
            let identity = Identity { secret: random(), epoch: fresh(), charter: None };
            let mut state = Self::new(identity, edition);
            state.put_identity();
            state.commit(disk).await?;
            return Ok((state, Vec::new()));
        };
        let mut state = Self::new(row::decode(identity)?, edition);
        let notices = state.fill(&stored, fresh())?;
        Ok((state, notices))
    }

    fn new(identity: Identity, edition: u64) -> Self {
        Self {
            identity,
            revision: 0,
            guard: None,
            laptops: BTreeMap::new(),
            paired: BTreeMap::new(),
            ledger: None,
            unsaved: Vec::new(),
            shelf: Shelf::new(edition),
            saved: SavedDrafts::default(),
            files: Files::default(),
        }
    }

    fn fill(&mut self, stored: &Stored, fresh_epoch: Epoch) -> Result<Vec<Notice>, DiskError> {
        let guard: Option<Guard> = match stored.named(Store::Meta, Save::GUARD) {
            Some(bytes) => {
                self.guard = Some(bytes.to_vec());
                Some(row::decode(bytes)?)
            }
            None => None,
        };
        self.revision = guard.as_ref().map_or(0, |guard| guard.revision);
        let confirmed: Clock = match stored.named(Store::Meta, CONFIRMED) {
            Some(bytes) => row::decode(bytes)?,
            None => Clock::default(),
        };
        for (_, key, bytes) in &stored.values {
            let Key::Name(name) = key else { continue };
            let named = |kind| name.strip_prefix(kind).and_then(DeviceId::from_hex);
            if let Some(device) = named(LAPTOP) {
                self.laptops.insert(device, row::decode(bytes)?);
            } else if let Some(device) = named(PAIRED) {
                self.paired.insert(device, row::decode(bytes)?);
            } else if !self.saved.read(name, bytes)? {
                self.files.read(name, bytes)?;
            }
        }
        let Some(charter) = self.identity.charter else { return Ok(Vec::new()) };
        let (mut ledger, notices) =
            Ledger::load(charter, self.log_writer(), confirmed, &stored.values, fresh_epoch);
        let expected = guard.map(|guard| (guard.writer, guard.position));
        if expected.is_some_and(|expected| expected != (ledger.log_writer().writer(), ledger.end()))
        {
            // The own log on disk is not what was saved last: its seqs must not be given again.
            ledger.renew(fresh_epoch);
        }
        self.ledger = Some(ledger);
        Ok(notices)
    }

    /// The log, once the project is known.
    pub fn ledger(&mut self) -> Result<&mut Ledger, Failure> {
        self.ledger.as_mut().ok_or_else(no_project)
    }

    /// What people see, as far as it changed since `token`, and what follows in its listing, so
    /// many records.
    pub fn list(
        &mut self,
        token: &str,
        count_max: usize,
        now: Timestamp,
    ) -> Result<Listing<'_>, Failure> {
        let ledger = self.ledger.as_mut().ok_or_else(no_project)?;
        Ok(self.shelf.list(ledger, &mut self.files, token, count_max, now))
    }

    /// How many records the list looked at the last time to know what changed.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub fn looked(&self) -> usize {
        self.shelf.looked
    }

    /// How a shown record names a file.
    pub fn named(&mut self, hash: ContentHash, now: Timestamp) -> Option<MediaRef> {
        let ledger = self.ledger.as_mut()?;
        self.shelf.named(ledger, &mut self.files, hash, now)
    }

    /// The project, once it is known.
    pub fn project(&self) -> Option<ProjectId> {
        self.identity.charter.map(|charter| charter.project())
    }

    /// The laptops that let this phone in.
    pub fn paired(&self) -> &BTreeMap<DeviceId, Paired> {
        &self.paired
    }

    /// What they are called: as they said when they were met last, else at the pairing.
    pub fn laptop_names(&self) -> impl Iterator<Item = (DeviceId, &str)> {
        self.paired.iter().map(|(device, paired)| {
            let met = self.laptops.get(device).map(|laptop| &laptop.name);
            (*device, met.unwrap_or(&paired.laptop_name).as_str())
        })
    }

    /// A laptop let this phone in, anew or again; the first one brings its project.
    ///
    /// Fails with `other_project` for a laptop of another one, and with `too_many_laptops`.
    pub fn pair(&mut self, paired: Paired) -> Result<(), Failure> {
        let charter = paired.charter;
        if self.identity.charter.is_some_and(|own| own != charter) {
            return Err(other_project());
        }
        if self.paired.len() >= limits::PAIRINGS_MAX && !self.paired.contains_key(&paired.laptop) {
            let message = "this phone is paired with as many laptops as it can be";
            return Err(Failure::new(Code::TooManyLaptops, message));
        }
        if self.identity.charter.is_none() {
            self.identity.charter = Some(charter);
            self.ledger = Some(Ledger::new(charter, self.log_writer()));
            self.put_identity();
        }
        self.put_paired(paired);
        Ok(())
    }

    /// A paired laptop answered at `base`. Says whether anything must be saved.
    pub fn reached(&mut self, hello: &Hello, base: &str, own_origins: &[String]) -> bool {
        let Some(mut paired) = self.paired.get(&hello.device).cloned() else { return false };
        let news = paired.reached(base, &hello.addresses, own_origins);
        if news {
            self.put_paired(paired);
        }
        news
    }

    /// The laptop that was met last.
    pub fn last_met(&self) -> Option<(DeviceId, &Laptop)> {
        let met = self.laptops.iter().map(|(device, laptop)| (*device, laptop));
        met.max_by_key(|(_, laptop)| laptop.met_at)
    }

    /// The phone's key pair, with the epoch of the log being written.
    pub fn log_writer(&self) -> LogWriter {
        LogWriter::new(&self.identity.secret, self.identity.epoch)
    }

    /// A laptop holds the same as this phone; its own clock says `time`, as far as is known. Says
    /// whether anything must be saved.
    pub fn met(
        &mut self,
        hello: &Hello,
        meeting: Clock,
        now: Timestamp,
        time: Option<Timestamp>,
    ) -> bool {
        let before = self.laptops.get(&hello.device);
        let lag_ms = before.map_or(i64::MAX, |l| {
            now.as_millis().abs_diff(l.met_at.as_millis()).try_into().unwrap_or(i64::MAX)
        });
        let save = lag_ms > MET_AT_LAG_MS
            || before.is_none_or(|laptop| laptop.meeting != meeting || laptop.name != hello.name);
        let laptop = Laptop { name: hello.name.clone(), met_at: now, meeting, time };
        if save {
            let name = format!("{LAPTOP}{}", hello.device);
            self.unsaved.push((Store::Meta, Key::name(name), row::encode(&laptop)));
        }
        self.laptops.insert(hello.device, laptop);
        save
    }

    /// What laptops have confirmed is to be saved.
    pub fn put_confirmed(&mut self) {
        if let Some(ledger) = &self.ledger {
            let bytes = row::encode(ledger.confirmed());
            self.unsaved.push((Store::Meta, Key::name(CONFIRMED), bytes));
        }
    }

    /// Makes every change since the last call durable, in one transaction. After a failure this
    /// copy is worthless.
    pub async fn commit<D: Disk>(&mut self, disk: &D) -> Result<(), DiskError> {
        let rows = self.ledger.as_mut().map(Ledger::take_unsaved).unwrap_or_default();
        disk.save(self.prepare(rows)).await
    }

    /// The same, with a file.
    pub async fn keep<D: Disk>(
        &mut self,
        disk: &D,
        hash: ContentHash,
        file: &D::File,
    ) -> Result<(), DiskError> {
        let rows = self.ledger.as_mut().map(Ledger::take_unsaved).unwrap_or_default();
        disk.keep(self.prepare(rows), hash, file).await
    }

    /// Folds small rows into large ones if that is worth a transaction.
    pub async fn fold<D: Disk>(&mut self, disk: &D) -> Result<(), DiskError> {
        let rows = self.ledger.as_mut().map(Ledger::fold).unwrap_or_default();
        if rows.1.is_empty() { Ok(()) } else { disk.save(self.prepare(rows)).await }
    }

    fn prepare(&mut self, (mut puts, mut deletes): (Vec<Value>, Vec<Key>)) -> Save {
        let log_writer = self
            .ledger
            .as_ref()
            .map_or_else(|| self.log_writer(), |ledger| ledger.log_writer().clone());
        if log_writer.owner().epoch != self.identity.epoch {
            self.identity.epoch = log_writer.owner().epoch;
            self.put_identity();
        }
        puts.append(&mut self.unsaved);
        let mut files = self.files.take_changes();
        puts.append(&mut files.puts);
        deletes.append(&mut files.deletes);
        if !files.let_go.is_empty() {
            let ledger = self.ledger.as_ref();
            files.let_go.retain(|hash| ledger.is_none_or(|ledger| !ledger.may_name(*hash)));
            files.dropped.append(&mut files.let_go);
        }
        let (mut saved, mut forgotten) = self.saved.take_changes();
        puts.append(&mut saved);
        deletes.append(&mut forgotten);
        self.revision += 1;
        let end = self.ledger.as_ref().map_or(chasqui_shared::Position::START, Ledger::end);
        let guard = Guard { revision: self.revision, writer: log_writer.writer(), position: end };
        let guard = row::encode(&guard);
        let expected = self.guard.replace(guard.clone());
        Save {
            expected,
            guard,
            puts,
            deletes,
            files_needed: files.needed,
            files_dropped: files.dropped,
        }
    }

    fn put_identity(&mut self) {
        let bytes = row::encode(&self.identity);
        self.unsaved.push((Store::Keys, Key::name(DEVICE), bytes));
    }

    fn put_paired(&mut self, paired: Paired) {
        let name = format!("{PAIRED}{}", paired.laptop);
        self.unsaved.push((Store::Keys, Key::name(name), row::encode(&paired)));
        self.paired.insert(paired.laptop, paired);
    }
}

/// The phone belongs to nobody yet.
pub fn no_project() -> Failure {
    let message = "this phone is not paired yet: scan the code that the manager shows";
    Failure::new(Code::NoProject, message)
}

/// A laptop that shares nothing with this phone.
pub fn other_project() -> Failure {
    let message = "this laptop holds another project than this phone";
    Failure::new(Code::OtherProject, message)
}

fn first_half(random: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&random[..16]);
    half
}
