//! The lines of a text, each with its sign of an end; they end by LF, CR LF or CR alone.

use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Line {
    /// From 1.
    pub number: u64,
    /// With its end, which the last may lack.
    pub bytes: Vec<u8>,
}

/// Reads lines, and takes back those that were read too early.
#[derive(Debug)]
pub(in crate::import) struct Lines<R> {
    reader: R,
    number: u64,
    bytes_max: usize,
    back: VecDeque<Line>,
}

/// A line, or why there is none.
#[derive(Debug)]
pub(in crate::import) enum NextLine {
    Line(Line),
    End,
    /// Longer than is read, with its number.
    TooLong(u64),
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R, bytes_max: usize) -> Self {
        Self { reader, number: 0, bytes_max, back: VecDeque::new() }
    }

    pub fn next(&mut self) -> io::Result<NextLine> {
        if let Some(line) = self.back.pop_front() {
            return Ok(NextLine::Line(line));
        }
        let mut bytes = Vec::new();
        loop {
            let ahead = self.reader.fill_buf()?;
            if ahead.is_empty() {
                break;
            }
            if bytes.last() == Some(&b'\r') {
                if ahead[0] == b'\n' {
                    bytes.push(b'\n');
                    self.reader.consume(1);
                }
                break;
            }
            let end = ahead.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let count = end.map_or(ahead.len(), |end| end + 1);
            bytes.extend_from_slice(&ahead[..count]);
            self.reader.consume(count);
            if bytes.len() > self.bytes_max {
                return Ok(NextLine::TooLong(self.number + 1));
            }
            if bytes.last() == Some(&b'\n') {
                break;
            }
        }
        if bytes.is_empty() {
            return Ok(NextLine::End);
        }
        self.number += 1;
        Ok(NextLine::Line(Line { number: self.number, bytes }))
    }

    /// Has these read again, the first first.
    pub fn give_back(&mut self, lines: impl DoubleEndedIterator<Item = Line>) {
        for line in lines.rev() {
            self.back.push_front(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways_and_can_be_given_back() {
        let mut lines = Lines::new(io::BufReader::with_capacity(2, &b"a\r\nb\rc\n\nd"[..]), 10);
        let mut all = Vec::new();
        while let NextLine::Line(line) = lines.next().unwrap() {
            all.push(line);
        }
        let told: Vec<_> = all.iter().map(|line| (line.number, line.bytes.as_slice())).collect();
        let expected: [(u64, &[u8]); 5] =
            [(1, b"a\r\n"), (2, b"b\r"), (3, b"c\n"), (4, b"\n"), (5, b"d")];
        assert_eq!(told, expected);
        lines.give_back(all.drain(3..));
        assert!(matches!(lines.next().unwrap(), NextLine::Line(line) if line.number == 4));
    }

    #[test]
    fn a_line_that_is_too_long_is_told_by_its_number() {
        let mut lines = Lines::new(&b"a\nbbbbbbbbbbbbb\n"[..], 5);
        assert!(matches!(lines.next().unwrap(), NextLine::Line(_)));
        assert!(matches!(lines.next().unwrap(), NextLine::TooLong(2)));
    }
}
