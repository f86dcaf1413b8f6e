//! The two phones that do as they should.

use std::sync::atomic::AtomicU64;

use chasqui_harness::{Agent, Base, Phone, hash, process::Laptop};
use chasqui_shared::{ContentHash, StoredRequest, StoredResponse};

use crate::faults::upload::{self, Upload};

/// Observations of one save, and bytes of the note of each.
const OBSERVATIONS: usize = 2;
const NOTE_BYTES: usize = 80;
const PHOTO_BYTES: usize = 6_000;
/// Longest answer to an offer or to a push of an honest phone, in bytes: 256 ranges, and no forks.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// An honest phone.
pub struct Honest {
    pub phone: Phone,
    agent: Agent,
    base: Base,
    photos: Vec<String>,
}

impl Honest {
    pub fn new(laptop: &Laptop, number: u16) -> Self {
        let phone = Phone::new(laptop, number);
        let base = phone.pair_at(&laptop.base);
        let mut honest = Self { phone, agent: Agent::new(), base, photos: Vec::new() };
        honest.saves_and_syncs();
        honest
    }

    /// What was saved is wanted, all of it and nothing else of this phone, and is durable after one
    /// request.
    pub fn saves_and_syncs(&mut self) {
        let held = self.phone.acknowledged;
        self.phone.record_many(OBSERVATIONS, NOTE_BYTES);
        let (answer, bytes) = self.phone.offers_measured(&self.base).unwrap();
        assert!(bytes <= ANSWER_BYTES_MAX, "the answer to an offer has {bytes} bytes");
        assert!(!answer.lost, "its own log is longer nowhere");
        let own: Vec<_> =
            answer.wanted.iter().filter(|r| r.writer == self.phone.writer()).collect();
        let [range] = own[..] else { panic!("{own:?}") };
        assert_eq!((range.after, range.until), (held, self.phone.recorded()));
        self.phone.push(&self.base).unwrap();
        assert_eq!(self.phone.acknowledged, self.phone.recorded());
    }

    /// A photo is taken in and acknowledged at the first try.
    pub fn saves_a_photo(&mut self, random: &mut fastrand::Rng) {
        let mut photo = vec![0; PHOTO_BYTES];
        random.fill(&mut photo);
        let name = hash(&photo);
        let begun = upload::begin(&self.base, &name, photo.len() as u64).unwrap();
        let whole =
            upload::patch(&self.base, &Upload::of(&begun), &photo, &AtomicU64::new(0)).unwrap();
        assert_eq!((whole.status, whole.hash()), (204, Some(&*name)), "{whole:?}");
        self.photos.push(name);
    }

    /// An upload of which nothing was sent yet.
    pub fn begins_an_upload(&self, random: &mut fastrand::Rng) -> Upload {
        let name = hash(&random.u64(..).to_be_bytes());
        Upload::of(&upload::begin(&self.base, &name, 1_000).unwrap())
    }

    pub fn base(&self) -> &Base {
        &self.base
    }

    /// All that was acknowledged is there, byte for byte.
    pub fn finds_what_it_saved(&self) {
        assert_eq!(self.phone.pulled_back(&self.base), self.phone.entries());
        let hashes: Vec<_> =
            self.photos.iter().map(|photo| ContentHash::from_hex(photo).unwrap()).collect();
        let question = StoredRequest { hashes: hashes.clone(), to_free: true };
        let body = serde_json::to_vec(&question).unwrap();
        let answer = self.agent.post(&self.base, "media/held", "application/json", &body).unwrap();
        let answer: StoredResponse = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer.held, hashes);
    }
}
