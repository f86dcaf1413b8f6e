//! The files of the laptop of the tests: uploads stay where they were cut.

use std::collections::{BTreeMap, VecDeque};

use chasqui_shared::{
    Begun, ContentHash, Failure, HeldAnswer, HeldQuestion, MediaRef, limits::HELD_MAX,
};

use super::laptop::unreachable;
use crate::Placed;

/// What was received of files.
#[derive(Default)]
pub struct LaptopFiles {
    /// Whole files.
    pub held: BTreeMap<ContentHash, Vec<u8>>,
    uploads: BTreeMap<String, (MediaRef, Vec<u8>)>,
    /// Every slice that came: file, offset, bytes.
    pub slices: Vec<(ContentHash, u64, u64)>,
    /// For each slice to come: after how many bytes the connection is cut.
    pub cuts: VecDeque<u64>,
    /// The answers to so many slices are lost on the way back.
    pub lose_answers: u64,
    /// Every slice is answered with this, and not taken.
    pub refuse: Option<Failure>,
    pub questions: u64,
}

impl LaptopFiles {
    pub fn answer_held(&mut self, question: &HeldQuestion) -> HeldAnswer {
        assert!(question.hashes.len() <= HELD_MAX);
        self.questions += 1;
        let asked = |hash: &ContentHash| question.hashes.contains(hash);
        let uploads = self.uploads.iter().filter(|(_, (file, _))| asked(&file.hash));
        let begun = uploads.map(|(upload, (file, bytes))| Begun {
            hash: file.hash,
            upload: upload.clone(),
            offset: bytes.len() as u64,
        });
        HeldAnswer {
            held: self.held.keys().copied().filter(asked).collect(),
            begun: begun.collect(),
        }
    }

    pub fn create(&mut self, file: &MediaRef, slice: &[u8]) -> Result<Placed, Failure> {
        let upload = format!("/api/v1/media/uploads/{}", file.hash);
        assert!(!self.held.contains_key(&file.hash), "it was told that the file is held");
        self.uploads.entry(upload.clone()).or_insert_with(|| (file.clone(), Vec::new()));
        let offset = self.patch(&upload, 0, slice)?;
        Ok(Placed { upload, offset })
    }

    pub fn patch(&mut self, upload: &str, offset: u64, slice: &[u8]) -> Result<u64, Failure> {
        let Some((file, bytes)) = self.uploads.get_mut(upload) else {
            return Err(Failure::lasting("upload_unknown", "nobody began it"));
        };
        if let Some(failure) = self.refuse.clone() {
            return Err(failure);
        }
        if offset != bytes.len() as u64 {
            return Err(Failure::passing("offset_wrong", "ask what is held"));
        }
        let cut = self.cuts.pop_front().filter(|cut| *cut < slice.len() as u64);
        let taken = cut.map_or(slice, |cut| &slice[..cut as usize]);
        bytes.extend_from_slice(taken);
        self.slices.push((file.hash, offset, taken.len() as u64));
        let (file, durable) = (file.clone(), bytes.len() as u64);
        if durable == file.bytes {
            let (_, whole) = self.uploads.remove(upload).unwrap();
            assert_eq!(file.hash.0, *blake3::hash(&whole).as_bytes());
            self.held.insert(file.hash, whole);
        }
        if cut.is_some() {
            return Err(unreachable());
        }
        if self.lose_answers > 0 {
            self.lose_answers -= 1;
            return Err(unreachable());
        }
        Ok(durable)
    }
}
