//! Which rows of a file were met already, so that none is taken for another.

use std::collections::HashMap;

use chasqui_shared::Draft;

use super::{content_hash::content_hash_without, row::Identity};
use crate::import::messages::{code::NoteCode, told::Told};

/// By hashes, of which no two rows of a file share one by chance.
#[derive(Debug, Default)]
pub(in crate::import) struct RowsSeen {
    /// Of each id the content of the first row that had it.
    ids: HashMap<[u8; 16], [u8; 16]>,
    /// Of each content the numbers of the rows that say it.
    contents: HashMap<[u8; 16], Numbers>,
}

#[derive(Debug)]
enum Numbers {
    One([u8; 8]),
    More(Vec<[u8; 8]>),
}

impl RowsSeen {
    /// By what a row is known again. An id that another row of the file has tells nothing: that row
    /// is known by its content. Rows of one content are as many as they have different numbers.
    /// `None` if the row cannot be written.
    pub fn identify(
        &mut self,
        draft: &Draft,
        counters: &[String],
        id: Option<String>,
        counter: Option<String>,
        notes: &mut Vec<(NoteCode, Told)>,
    ) -> Option<Identity> {
        let hash = content_hash_without(draft, counters)?;
        let content = first(&hash);
        if let Some(id) = id {
            let key = first::<16>(blake3::hash(id.as_bytes()).as_bytes());
            match self.ids.get(&key) {
                None => {
                    self.ids.insert(key, content);
                    return Some(Identity::Worldwide(id));
                }
                Some(had) if *had == content => {
                    notes.push((NoteCode::RowsRepeated, Told::default()));
                    return Some(Identity::Worldwide(id));
                }
                Some(_) => notes.push((NoteCode::IdsRepeated, Told::value(&id))),
            }
        }
        let number = first(blake3::hash(counter.unwrap_or_default().as_bytes()).as_bytes());
        let nth = match self.contents.get_mut(&content) {
            None => {
                self.contents.insert(content, Numbers::One(number));
                return Some(Identity::Content { hash, nth: 0 });
            }
            Some(numbers) => numbers.place_of(number),
        };
        if nth.is_repeated {
            notes.push((NoteCode::RowsRepeated, Told::default()));
        }
        Some(Identity::Content { hash, nth: nth.nth })
    }
}

struct Nth {
    nth: u32,
    is_repeated: bool,
}

impl Numbers {
    fn place_of(&mut self, number: [u8; 8]) -> Nth {
        let all = match self {
            Self::One(one) if *one == number => return Nth { nth: 0, is_repeated: true },
            Self::One(one) => {
                *self = Self::More(vec![*one]);
                return self.place_of(number);
            }
            Self::More(all) => all,
        };
        if let Some(nth) = all.iter().position(|had| *had == number) {
            return Nth { nth: nth as u32, is_repeated: true };
        }
        all.push(number);
        Nth { nth: all.len() as u32 - 1, is_repeated: false }
    }
}

fn first<const N: usize>(hash: &[u8; 32]) -> [u8; N] {
    let mut first = [0; N];
    first.copy_from_slice(&hash[..N]);
    first
}
