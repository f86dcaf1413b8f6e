//! The network of the tests: which laptop answers at which address.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use chasqui_shared::{
    ContentHash, Failure, HeldAnswer, HeldQuestion, Hello, HelloNonce, MediaRef, PairingAnswer,
    PairingRequest, Reply, Request,
};

use super::laptop::{Laptop, unreachable};
use crate::{MemoryFile, Placed, Transport, transport::BAD_ANSWER};

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

    fn at(&self, base: &str) -> Result<Laptop, Failure> {
        self.0.borrow().laptops.get(base).cloned().ok_or_else(unreachable)
    }
}

impl Transport<MemoryFile> for Wifi {
    async fn hello(&self, base: &str, nonce: HelloNonce) -> Result<Hello, Failure> {
        self.0.borrow_mut().asked.push(base.to_owned());
        if self.0.borrow().town.iter().any(|town| town == base) {
            return Err(Failure::passing(BAD_ANSWER, "something other than a laptop answered"));
        }
        self.at(base)?.answer_hello(nonce)
    }

    async fn pair(&self, base: &str, request: &PairingRequest) -> Result<PairingAnswer, Failure> {
        self.at(base)?.answer_pairing(request)
    }

    async fn ask(&self, base: &str, token: &str, request: &Request) -> Result<Reply, Failure> {
        self.at(base)?.answer(token, request)
    }

    async fn held(
        &self,
        base: &str,
        token: &str,
        question: &HeldQuestion,
    ) -> Result<HeldAnswer, Failure> {
        self.at(base)?.answer_files(token, |files| files.answer_held(question))
    }

    async fn create(
        &self,
        base: &str,
        token: &str,
        file: &MediaRef,
        slice: MemoryFile,
    ) -> Result<Placed, Failure> {
        self.at(base)?.answer_files(token, |files| files.create(file, &slice.0))
    }

    async fn patch(
        &self,
        base: &str,
        token: &str,
        upload: &str,
        offset: u64,
        slice: MemoryFile,
    ) -> Result<u64, Failure> {
        self.at(base)?.answer_files(token, |files| files.patch(upload, offset, &slice.0))
    }

    async fn slice(
        &self,
        base: &str,
        token: &str,
        file: ContentHash,
        from: u64,
        until: u64,
    ) -> Result<MemoryFile, Failure> {
        self.at(base)?.answer_files(token, |files| files.slice(file, from, until))
    }

    async fn preview(
        &self,
        base: &str,
        token: &str,
        file: ContentHash,
    ) -> Result<MemoryFile, Failure> {
        self.at(base)?.answer_files(token, |files| files.preview(file))
    }
}
