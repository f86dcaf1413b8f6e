//! Both ends of a transfer: what each has of the files.

use std::collections::BTreeMap;

use crate::{Begun, Code, ContentHash, Failure, MediaRef, StoredResponse, transfer::Placed};

/// What a file was when it was taken.
#[derive(Clone)]
pub struct Taken {
    pub file: MediaRef,
    pub bytes: Vec<u8>,
}

impl Taken {
    pub fn new(seed: u64, len: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let bytes: Vec<_> = (0..len).map(|_| random.u8(..)).collect();
        let hash = ContentHash(*blake3::hash(&bytes).as_bytes());
        let (media_type, name) = ("image/jpeg".into(), format!("{seed}.jpg"));
        Self { file: MediaRef { hash, bytes: len, media_type, name }, bytes }
    }
}

/// One end.
#[derive(Default)]
pub struct End {
    /// Whole files; of a damaged one, other bytes.
    pub whole: BTreeMap<ContentHash, Vec<u8>>,
    /// Beginnings of files.
    pub parts: BTreeMap<ContentHash, Vec<u8>>,
    /// How often each file became whole here.
    pub arrivals: BTreeMap<ContentHash, u32>,
}

impl End {
    /// More of a file came. Once that is all, it is what its name says or it is thrown away.
    pub fn take(&mut self, file: ContentHash, size: u64, bytes: &[u8]) -> Result<u64, Failure> {
        let part = self.parts.entry(file).or_default();
        part.extend_from_slice(bytes);
        let len = part.len() as u64;
        assert!(len <= size);
        if len == size {
            let whole = self.parts.remove(&file).unwrap();
            if file.0 != *blake3::hash(&whole).as_bytes() {
                return Err(Failure::new(Code::HashWrong, "the file is not what was named"));
            }
            self.whole.insert(file, whole);
            *self.arrivals.entry(file).or_default() += 1;
        }
        Ok(len)
    }

    pub fn answer(&self, hashes: &[ContentHash]) -> StoredResponse {
        let begun = hashes.iter().filter_map(|hash| {
            let offset = self.parts.get(hash)?.len() as u64;
            Some(Begun { hash: *hash, upload: hash.to_string(), offset })
        });
        StoredResponse {
            held: hashes.iter().copied().filter(|hash| self.whole.contains_key(hash)).collect(),
            unproven: Vec::new(),
            begun: begun.collect(),
        }
    }

    /// The next slice of a file is sent here.
    pub fn receive(
        &mut self,
        file: &MediaRef,
        at: Option<&Placed>,
        bytes: &[u8],
    ) -> Result<Placed, Failure> {
        let hash = file.hash;
        let upload = hash.to_string();
        if self.whole.contains_key(&hash) {
            return Ok(Placed { upload, offset: file.bytes });
        }
        let durable = self.parts.get(&hash).map(|part| part.len() as u64);
        let offset = match (at, durable) {
            (None, None | Some(0)) => self.take(hash, file.bytes, bytes)?,
            // Bytes from the beginning are of no use to an upload that is further on.
            (None, Some(offset)) => offset,
            (Some(_), None) => return Err(Failure::new(Code::UploadUnknown, "begin it anew")),
            (Some(at), Some(durable)) if at.offset != durable => {
                return Err(Failure::new(Code::OffsetWrong, "it goes on elsewhere"));
            }
            (Some(_), Some(_)) => self.take(hash, file.bytes, bytes)?,
        };
        Ok(Placed { upload, offset })
    }

    /// A slice of a file that is here.
    pub fn slice(&self, file: ContentHash, from: u64, bytes_max: u64) -> Result<&[u8], Failure> {
        let unknown = || Failure::new(Code::MediaUnknown, "it is not here");
        let whole = self.whole.get(&file).ok_or_else(unknown)?;
        let until = whole.len().min((from + bytes_max) as usize);
        Ok(&whole[from as usize..until])
    }
}
