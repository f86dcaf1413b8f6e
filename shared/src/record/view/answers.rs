//! Answers of all heads, merged key by key in one pass over the heads and their keys.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    fields::{FieldChoice, FieldValue},
    merge::Merge,
};
use crate::{limits, record::version::Answer};

impl Merge<'_> {
    /// The answers that are shown, and how many more the heads have.
    ///
    /// The best head's keys come first, then those that the next adds, up to
    /// [`limits::ANSWERS_MAX`] and as many bytes as one version may have.
    pub(super) fn answers(&mut self) -> (BTreeMap<String, Answer>, u64) {
        let mut order: Vec<&str> = Vec::new();
        let mut by_key: HashMap<&str, Vec<(usize, &Answer)>> = HashMap::new();
        for (index, (_, version)) in self.heads.iter().enumerate() {
            for (key, answer) in &version.answers {
                let said = by_key.entry(key).or_insert_with(|| {
                    order.push(key);
                    Vec::new()
                });
                said.push((index, answer));
            }
        }
        let (mut answers, mut more) = (BTreeMap::new(), 0);
        let mut left = limits::VERSION_BYTES_MAX;
        let mut differing: BTreeSet<&str> = BTreeSet::new();
        let mut changed: HashMap<&str, Vec<(usize, Option<&Answer>)>> = HashMap::new();
        for key in order {
            let values = self.changed(key, &by_key[key]);
            let value = match values.first() {
                Some((_, value)) => *value,
                None => self.heads[0].1.answers.get(key),
            };
            if let Some(answer) = value {
                let bytes = key.len() + answer.text_bytes();
                if answers.len() < limits::ANSWERS_MAX && bytes <= left {
                    left -= bytes;
                    answers.insert(key.to_owned(), answer.clone());
                } else {
                    more += 1;
                }
            }
            if values.len() > 1 {
                differing.insert(key);
                changed.insert(key, values);
            }
        }
        for key in differing {
            let choices = changed[key].iter().map(|(index, value)| {
                let value = FieldValue::Answer(value.cloned());
                FieldChoice { version: self.heads[*index].0, author: None, value }
            });
            let choices = choices.collect();
            self.conflicts.note(&format!("answers.{key}"), choices);
        }
        (answers, more)
    }

    /// The values of a key that are not the ancestor's, each once, by the first head that has it.
    fn changed<'v>(
        &self,
        key: &str,
        said: &[(usize, &'v Answer)],
    ) -> Vec<(usize, Option<&'v Answer>)> {
        let unchanged = self.base.map(|base| base.answers.get(key));
        let silent =
            (0..self.heads.len()).find(|index| said.get(*index).map(|at| at.0) != Some(*index));
        let mut values: Vec<(usize, Option<&Answer>)> = Vec::new();
        let mut seen: HashSet<&Answer> = HashSet::new();
        for &(index, answer) in said {
            if unchanged != Some(Some(answer)) && seen.insert(answer) {
                values.push((index, Some(answer)));
            }
        }
        if let Some(silent) = silent
            && unchanged != Some(None)
        {
            let at = values.partition_point(|(index, _)| *index < silent);
            values.insert(at, (silent, None));
        }
        values
    }
}
