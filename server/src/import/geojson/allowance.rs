//! A reader that counts lines, and that gives each feature only so many bytes: one that is never
//! closed must not draw a whole file into memory.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

/// What remains for the present row, and the line that was reached; shared with the reader.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Allowance(Rc<State>);

#[derive(Debug, Default)]
struct State {
    left: Cell<usize>,
    lines: Cell<u64>,
    /// Bytes since the last end of a line.
    characters: Cell<u64>,
    /// Bytes that are no space.
    written: Cell<u64>,
    is_exceeded: Cell<bool>,
}

impl Allowance {
    /// Begins a row.
    pub fn renew(&self, bytes: usize) {
        self.0.left.set(bytes);
    }

    /// The line of the last byte that was read, from 1.
    pub fn line(&self) -> u64 {
        self.0.lines.get() + 1
    }

    /// Where in its line the last byte stands that was read, from 1.
    pub fn character(&self) -> u64 {
        self.0.characters.get()
    }

    /// How many bytes were read that are no space.
    pub fn written(&self) -> u64 {
        self.0.written.get()
    }

    /// Whether a row was too long; nothing more can be read then.
    pub fn is_exceeded(&self) -> bool {
        self.0.is_exceeded.get()
    }
}

/// A reader under an [`Allowance`].
#[derive(Debug)]
pub(in crate::import) struct Rationed<R> {
    inner: R,
    allowance: Allowance,
}

impl<R: Read> Rationed<R> {
    pub fn new(inner: R, allowance: Allowance) -> Self {
        Self { inner, allowance }
    }
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let state = &self.allowance.0;
        let count = self.inner.read(buffer)?;
        let Some(left) = state.left.get().checked_sub(count) else {
            state.is_exceeded.set(true);
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row is too long"));
        };
        state.left.set(left);
        for byte in &buffer[..count] {
            let is_end = *byte == b'\n';
            state.lines.set(state.lines.get() + u64::from(is_end));
            state.characters.set(if is_end { 0 } else { state.characters.get() + 1 });
            let is_space = byte.is_ascii_whitespace() || *byte == 0x1e;
            state.written.set(state.written.get() + u64::from(!is_space));
        }
        Ok(count)
    }
}
