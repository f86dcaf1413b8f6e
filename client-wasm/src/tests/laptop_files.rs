//! The files of the laptop of the tests: uploads stay where they were cut.

use std::collections::{BTreeMap, VecDeque};

use chasqui_shared::{
    Begun, Code, ContentHash, Failure, MediaRef, StoredRequest, StoredResponse, limits::HELD_MAX,
    transfer::Placed,
};

use super::laptop::unreachable;
use crate::MemoryFile;

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
    /// To so many questions before files leave a phone the laptop answers that it did not come to
    /// hash them.
    pub unhashed: u64,
    /// Every question for what is held is answered with this.
    pub refuse_questions: Option<Failure>,
    /// For each slice to go: whether the connection is cut.
    pub lose_slices: VecDeque<bool>,
    /// Every slice that went: file, from, until.
    pub sent: Vec<(ContentHash, u64, u64)>,
    /// The previews that were asked for.
    pub previews: Vec<ContentHash>,
    /// For each preview to come, why there is none.
    pub refuse_previews: VecDeque<Failure>,
}

impl LaptopFiles {
    pub fn answer_held(&mut self, question: &StoredRequest) -> Result<StoredResponse, Failure> {
        if let Some(failure) = self.refuse_questions.clone() {
            return Err(failure);
        }
        assert!(question.hashes.len() <= HELD_MAX);
        self.questions += 1;
        let asked = |hash: &ContentHash| question.hashes.contains(hash);
        let uploads = self.uploads.iter().filter(|(_, (file, _))| asked(&file.hash));
        let begun = uploads.map(|(upload, (file, bytes))| Begun {
            hash: file.hash,
            upload: upload.clone(),
            offset: bytes.len() as u64,
        });
        let begun = begun.collect();
        let (mut held, mut unproven) =
            (self.held.keys().copied().filter(asked).collect(), Vec::new());
        if question.to_free && self.unhashed > 0 {
            self.unhashed -= 1;
            std::mem::swap(&mut held, &mut unproven);
        }
        Ok(StoredResponse { held, unproven, begun })
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
            return Err(Failure::new(Code::UploadUnknown, "nobody began it"));
        };
        if let Some(failure) = self.refuse.clone() {
            return Err(failure);
        }
        if offset != bytes.len() as u64 {
            return Err(Failure::new(Code::OffsetWrong, "ask what is held"));
        }
        let cut = self.cuts.pop_front().filter(|cut| *cut < slice.len() as u64);
        let taken = cut.map_or(slice, |cut| &slice[..cut as usize]);
        bytes.extend_from_slice(taken);
        self.slices.push((file.hash, offset, taken.len() as u64));
        let (file, durable) = (file.clone(), bytes.len() as u64);
        if durable == file.bytes {
            let (_, whole) = self.uploads.remove(upload).unwrap();
            if file.hash.0 != *blake3::hash(&whole).as_bytes() {
                return Err(Failure::new(Code::HashWrong, "the file is not what was named"));
            }
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

    pub fn slice(
        &mut self,
        hash: ContentHash,
        from: u64,
        until: u64,
    ) -> Result<MemoryFile, Failure> {
        if self.lose_slices.pop_front() == Some(true) {
            return Err(unreachable());
        }
        let file = self.held.get(&hash).ok_or_else(unknown)?;
        self.sent.push((hash, from, until));
        Ok(MemoryFile(file[from as usize..until as usize].into()))
    }

    pub fn preview(&mut self, hash: ContentHash) -> Result<MemoryFile, Failure> {
        self.previews.push(hash);
        if let Some(failure) = self.refuse_previews.pop_front() {
            return Err(failure);
        }
        let file = self.held.get(&hash).ok_or_else(unknown)?;
        Ok(MemoryFile([b"small ", file.as_slice()].concat().into()))
    }
}

fn unknown() -> Failure {
    Failure::new(Code::MediaUnknown, "this laptop does not hold the file")
}
