//! The network of the tests: which laptop answers at which address.

use std::{cell::RefCell, collections::BTreeMap, ops::Range, rc::Rc};

use chasqui_shared::{
    Code, ContentHash, Failure, Hello, HelloNonce, MediaRef, PairingRequest, PairingResponse,
    Readiness, Reply, Request, StoredRequest, StoredResponse, limits::REQUEST_TIMEOUT_MS,
    transfer::Placed,
};

use super::{
    air::Air,
    laptop::{Laptop, unreachable},
    laptop_files::LaptopFiles,
};
use crate::{MemoryFile, Transport};

/// Where the page came from.
pub const ORIGIN: &str = "https://10.42.0.1:8443";

/// Laptops by base address. Clones are the same wifi.
#[derive(Clone, Default)]
pub struct Wifi(Rc<RefCell<WifiInner>>);

#[derive(Default)]
struct WifiInner {
    laptops: BTreeMap<String, Laptop>,
    /// Addresses that were asked who answers there, in the order of asking.
    asked: Vec<String>,
    /// Addresses of web servers that are no laptops.
    town: Vec<String>,
    /// Where requests take time.
    air: Option<Air>,
    /// Requests are neither answered nor given up.
    deaf: bool,
}

impl Wifi {
    /// A wifi with one laptop, at the page's origin.
    pub fn of(laptop: &Laptop) -> Self {
        let wifi = Self::default();
        wifi.put(ORIGIN, laptop);
        wifi
    }

    pub fn put(&self, base: &str, laptop: &Laptop) {
        self.0.borrow_mut().laptops.insert(base.to_owned(), laptop.clone());
    }

    /// A web server that is no laptop answers there.
    pub fn put_town(&self, base: &str) {
        self.0.borrow_mut().town.push(base.to_owned());
    }

    pub fn clear(&self) {
        self.0.borrow_mut().laptops.clear();
    }

    /// The addresses that were asked since the last call.
    pub fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.borrow_mut().asked)
    }

    /// From now on requests go through this air.
    pub fn set_air(&self, air: &Air) {
        self.0.borrow_mut().air = Some(air.clone());
    }

    /// Whether requests are neither answered nor given up from now on.
    pub fn set_deaf(&self, deaf: bool) {
        self.0.borrow_mut().deaf = deaf;
    }

    async fn hears(&self) {
        let deaf = self.0.borrow().deaf;
        if deaf {
            std::future::pending::<()>().await;
        }
    }

    fn air(&self) -> Option<Air> {
        self.0.borrow().air.clone()
    }

    /// How much of a slice gets through, and whether that is all in time.
    async fn carry(&self, bytes: usize, patience_ms: u64) -> (usize, Result<(), Failure>) {
        let Some(air) = self.air() else { return (bytes, Ok(())) };
        let carried = air.carry(bytes as u64, patience_ms).await as usize;
        let in_time = if carried == bytes { Ok(()) } else { Err(too_late()) };
        (carried, in_time)
    }

    fn at(&self, base: &str) -> Result<Laptop, Failure> {
        self.0.borrow().laptops.get(base).cloned().ok_or_else(unreachable)
    }
}

impl Transport<MemoryFile> for Wifi {
    async fn hello(&self, base: &str, nonce: HelloNonce) -> Result<Hello, Failure> {
        self.hears().await;
        self.0.borrow_mut().asked.push(base.to_owned());
        if let Some(air) = self.air() {
            air.connect();
        }
        if self.0.borrow().town.iter().any(|town| town == base) {
            return Err(Failure::new(Code::BadAnswer, "something other than a laptop answered")
                .worth_retrying());
        }
        self.at(base)?.answer_hello(nonce)
    }

    async fn pair(&self, base: &str, request: &PairingRequest) -> Result<PairingResponse, Failure> {
        self.hears().await;
        self.at(base)?.answer_pairing(request)
    }

    async fn ask(&self, base: &str, token: &str, request: &Request) -> Result<Reply, Failure> {
        self.hears().await;
        // What is said takes no time; but if nothing gets through, it does not either.
        self.carry(1, REQUEST_TIMEOUT_MS).await.1?;
        self.at(base)?.answer(token, request)
    }

    async fn report(&self, base: &str, token: &str, readiness: &Readiness) -> Result<(), Failure> {
        self.at(base)?.take_report(token, readiness)
    }

    async fn held(
        &self,
        base: &str,
        token: &str,
        question: &StoredRequest,
    ) -> Result<StoredResponse, Failure> {
        self.hears().await;
        self.at(base)?.answer_files(token, |files| files.answer_held(question))
    }

    async fn create(
        &self,
        base: &str,
        token: &str,
        file: &MediaRef,
        slice: MemoryFile,
        patience_ms: u64,
    ) -> Result<Placed, Failure> {
        self.hears().await;
        let (carried, in_time) = self.carry(slice.0.len(), patience_ms).await;
        let create = |files: &mut LaptopFiles| files.create(file, &slice.0[..carried]);
        let placed = self.at(base)?.answer_files(token, create)?;
        in_time.map(|()| placed)
    }

    async fn patch(
        &self,
        base: &str,
        token: &str,
        upload: &str,
        offset: u64,
        slice: MemoryFile,
        patience_ms: u64,
    ) -> Result<u64, Failure> {
        self.hears().await;
        let (carried, in_time) = self.carry(slice.0.len(), patience_ms).await;
        let patch = |files: &mut LaptopFiles| files.patch(upload, offset, &slice.0[..carried]);
        let durable = self.at(base)?.answer_files(token, patch)?;
        in_time.map(|()| durable)
    }

    async fn slice(
        &self,
        base: &str,
        token: &str,
        file: ContentHash,
        bytes: Range<u64>,
        patience_ms: u64,
    ) -> Result<MemoryFile, Failure> {
        self.hears().await;
        self.carry((bytes.end - bytes.start) as usize, patience_ms).await.1?;
        self.at(base)?.answer_files(token, |files| files.slice(file, bytes.start, bytes.end))
    }

    async fn preview(
        &self,
        base: &str,
        token: &str,
        file: ContentHash,
    ) -> Result<MemoryFile, Failure> {
        self.hears().await;
        self.at(base)?.answer_files(token, |files| files.preview(file))
    }
}

fn too_late() -> Failure {
    Failure::new(Code::Timeout, "the laptop did not answer in time")
}
