//! The fields of several heads merged against their common ancestor.

use super::{
    choices::Choices,
    fields::{FieldChoice, FieldValue},
};
use crate::{id::VersionId, record::version::Version};

pub(super) struct Merge<'a> {
    pub base: Option<&'a Version>,
    /// Best first.
    pub heads: &'a [(VersionId, Version)],
    pub conflicts: Choices,
}

impl Merge<'_> {
    pub fn field<T: PartialEq + Clone>(
        &mut self,
        name: &str,
        read: impl Fn(&Version) -> T,
        wrap: impl Fn(T) -> FieldValue,
    ) -> T {
        let unchanged = self.base.map(&read);
        let mut changed: Vec<(VersionId, T)> = Vec::new();
        for (id, version) in self.heads {
            let value = read(version);
            if unchanged.as_ref() != Some(&value) && !changed.iter().any(|(_, v)| *v == value) {
                changed.push((*id, value));
            }
        }
        let shown = changed.first().map(|(_, value)| value.clone());
        let choices = changed.into_iter().map(|(version, value)| FieldChoice {
            version,
            author: None,
            value: wrap(value),
        });
        self.conflicts.note(name, choices.collect());
        shown.unwrap_or_else(|| read(&self.heads[0].1))
    }
}
