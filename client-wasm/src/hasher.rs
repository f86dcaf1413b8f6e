//! The hash of a file that is read piece by piece, so that no film is ever in memory as a whole.

use chasqui_shared::ContentHash;
use wasm_bindgen::prelude::wasm_bindgen;

/// BLAKE3 of what it was given so far.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Hasher {
    inner: blake3::Hasher,
}

#[wasm_bindgen]
impl Hasher {
    /// Of nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.inner.update(piece);
    }

    /// The hash, as 64 digits of lower-case hex.
    pub fn finish(&self) -> String {
        ContentHash(*self.inner.finalize().as_bytes()).to_string()
    }
}
