//! Which rows hold which entries, and which of them are worth folding into one.
//!
//! IndexedDB costs per row, not per byte: a save puts one row with one entry, because a person
//! waits for it; later many such rows become one, in the background. Plans only;
//! [`crate::copy::state`] carries them out.

use std::collections::BTreeMap;

use chasqui_shared::WriterId;

use crate::storage::row::SEGMENT_ENTRIES_MAX;

/// Fold when so many rows would go away.
pub const FOLD_ROWS: usize = 256;

/// Entries `first..=until` of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first seq.
    pub first: u64,
    /// The last seq.
    pub until: u64,
}

impl Span {
    fn entries(self) -> u64 {
        self.until - self.first + 1
    }
}

/// Rows of one log to be written, and the first seqs of those to be deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewrite {
    /// To be written.
    pub writes: Vec<Span>,
    /// To be deleted; none of them is among the written.
    pub deletes: Vec<u64>,
}

/// The rows on disk: log and first seq → last seq. Rows may overlap; what they say of a seq is the
/// same.
#[derive(Clone, Debug, Default)]
pub struct Rows(BTreeMap<(WriterId, u64), u64>);

impl Rows {
    /// A row is there.
    pub fn insert(&mut self, writer: WriterId, span: Span) {
        self.0.insert((writer, span.first), span.until);
    }

    /// Takes over that a plan was carried out.
    pub fn apply(&mut self, writer: WriterId, rewrite: &Rewrite) {
        for span in &rewrite.writes {
            self.insert(writer, *span);
        }
        for first in &rewrite.deletes {
            self.0.remove(&(writer, *first));
        }
    }

    /// Makes the rows of a log say what changed in it: everything from seq `from` on, up to its
    /// end.
    pub fn rewrite(&self, writer: WriterId, from: u64, end: u64) -> Rewrite {
        let mut rewrite = Rewrite::default();
        let mut deletes = Vec::new();
        for span in self.of(writer) {
            if span.first >= from {
                deletes.push(span.first);
            } else if span.until >= from {
                rewrite.writes.push(Span { first: span.first, until: from - 1 });
            }
        }
        let mut first = from;
        while first <= end {
            let until = end.min(first + SEGMENT_ENTRIES_MAX - 1);
            rewrite.writes.push(Span { first, until });
            first = until + 1;
        }
        deletes.retain(|first| rewrite.writes.iter().all(|span| span.first != *first));
        rewrite.deletes = deletes;
        rewrite
    }

    /// Rows to fold, if at least [`FOLD_ROWS`] would go away.
    pub fn fold(&self) -> Vec<(WriterId, Rewrite)> {
        let mut folds: Vec<(WriterId, Rewrite)> = Vec::new();
        let mut group: Option<(WriterId, Span, Vec<u64>)> = None;
        for (&(writer, first), &until) in &self.0 {
            match &mut group {
                Some((w, span, rest)) if *w == writer && reaches(*span, first, until) => {
                    span.until = span.until.max(until);
                    rest.push(first);
                }
                _ => {
                    folds.extend(group.take().and_then(folded));
                    group = Some((writer, Span { first, until }, Vec::new()));
                }
            }
        }
        folds.extend(group.and_then(folded));
        let gone: usize = folds.iter().map(|(_, rewrite)| rewrite.deletes.len()).sum();
        if gone < FOLD_ROWS { Vec::new() } else { folds }
    }

    fn of(&self, writer: WriterId) -> impl Iterator<Item = Span> + '_ {
        let rows = self.0.range((writer, 0)..=(writer, u64::MAX));
        rows.map(|(&(_, first), &until)| Span { first, until })
    }
}

fn reaches(span: Span, first: u64, until: u64) -> bool {
    let joined = Span { first: span.first, until: span.until.max(until) };
    first <= span.until + 1 && joined.entries() <= SEGMENT_ENTRIES_MAX
}

fn folded((writer, span, deletes): (WriterId, Span, Vec<u64>)) -> Option<(WriterId, Rewrite)> {
    if deletes.is_empty() {
        return None;
    }
    Some((writer, Rewrite { writes: vec![span], deletes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: WriterId = WriterId([1; 16]);
    const B: WriterId = WriterId([2; 16]);

    fn rows(spans: &[(WriterId, u64, u64)]) -> Rows {
        let mut rows = Rows::default();
        for &(writer, first, until) in spans {
            rows.insert(writer, Span { first, until });
        }
        rows
    }

    fn singles(writer: WriterId, count: u64) -> Vec<(WriterId, u64, u64)> {
        (1..=count).map(|seq| (writer, seq, seq)).collect()
    }

    #[test]
    fn appending_writes_what_is_new_and_deletes_nothing() {
        let rewrite = rows(&[(A, 1, 500)]).rewrite(A, 501, 501);
        assert_eq!(rewrite.writes, [Span { first: 501, until: 501 }]);
        assert!(rewrite.deletes.is_empty());
    }

    #[test]
    fn a_long_tail_is_cut_into_segments() {
        let rewrite = Rows::default().rewrite(A, 1, SEGMENT_ENTRIES_MAX + 1);
        assert_eq!(
            rewrite.writes,
            [
                Span { first: 1, until: SEGMENT_ENTRIES_MAX },
                Span { first: SEGMENT_ENTRIES_MAX + 1, until: SEGMENT_ENTRIES_MAX + 1 },
            ]
        );
    }

    #[test]
    fn a_cut_shortens_the_row_across_it_and_deletes_those_after() {
        let rewrite = rows(&[(A, 1, 10), (A, 11, 20), (A, 21, 21), (B, 1, 9)]).rewrite(A, 5, 4);
        assert_eq!(rewrite.writes, [Span { first: 1, until: 4 }]);
        assert_eq!(rewrite.deletes, [11, 21]);
    }

    #[test]
    fn a_row_that_is_written_again_is_not_deleted() {
        let rewrite = rows(&[(A, 1, 10), (A, 11, 20)]).rewrite(A, 11, 12);
        assert_eq!(rewrite.writes, [Span { first: 11, until: 12 }]);
        assert!(rewrite.deletes.is_empty());
    }

    #[test]
    fn few_rows_are_left_alone_and_one_more_folds_them_all() {
        let limit = FOLD_ROWS as u64;
        assert!(rows(&singles(A, limit)).fold().is_empty());
        let folds = rows(&singles(A, limit + 1)).fold();
        assert_eq!(folds.len(), 1);
        assert_eq!(folds[0].1.writes, [Span { first: 1, until: limit + 1 }]);
        assert_eq!(folds[0].1.deletes.len(), FOLD_ROWS);
    }

    #[test]
    fn a_fold_stays_within_a_segment_and_a_log_and_closes_over_overlaps() {
        let mut spans = singles(A, 300);
        spans.extend([(B, 1, 400), (B, 7, 7), (B, 401, 600)]);
        let folds = rows(&spans).fold();
        assert_eq!(folds.len(), 2);
        assert_eq!(folds[1].1.writes, [Span { first: 1, until: 400 }]);
        assert_eq!(folds[1].1.deletes, [7]);
    }

    #[test]
    fn after_a_fold_nothing_is_left_to_fold() {
        let mut rows = rows(&singles(A, 2_000));
        for (writer, rewrite) in rows.fold() {
            rows.apply(writer, &rewrite);
        }
        assert_eq!(rows.0.len(), 4);
        assert!(rows.fold().is_empty());
    }
}
