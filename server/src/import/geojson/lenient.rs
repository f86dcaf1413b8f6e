//! JSON as programs write it that are careless about it: NaN and Infinity in place of a number, and
//! the sign that begins a record of a sequence (RFC 8142).

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

/// Longest word that is looked at as a whole.
const WORD_MAX: usize = 8;

/// Reads a byte at a time, with `null` for what is no number and spaces for the signs of records.
#[derive(Debug)]
pub(in crate::import) struct Lenient<R> {
    inner: R,
    in_text: bool,
    is_escaped: bool,
    /// What was read and is given next, the last byte first.
    pending: Vec<u8>,
    not_numbers: Rc<Cell<u64>>,
}

impl<R: Read> Lenient<R> {
    /// `not_numbers` counts what is replaced.
    pub fn new(inner: R, not_numbers: Rc<Cell<u64>>) -> Self {
        Self { inner, in_text: false, is_escaped: false, pending: Vec::new(), not_numbers }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let mut byte = [0];
        Ok((self.inner.read(&mut byte)? == 1).then_some(byte[0]))
    }

    /// A word outside of texts, whose first byte was read, and what stands behind it.
    fn word(&mut self, first: u8) -> io::Result<()> {
        let mut word = vec![first];
        let mut behind = None;
        while word.len() <= WORD_MAX {
            match self.byte()? {
                Some(byte) if byte.is_ascii_alphabetic() => word.push(byte),
                other => {
                    behind = other;
                    break;
                }
            }
        }
        if matches!(word.as_slice(), b"NaN" | b"Infinity" | b"-Infinity") {
            self.not_numbers.set(self.not_numbers.get() + 1);
            word = b"null".to_vec();
        }
        if behind == Some(b'"') {
            self.in_text = true;
        }
        self.pending = behind.into_iter().chain(word.into_iter().rev()).collect();
        Ok(())
    }
}

impl<R: Read> Read for Lenient<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(place) = buffer.first_mut() else { return Ok(0) };
        if self.pending.is_empty() {
            let Some(byte) = self.byte()? else { return Ok(0) };
            if self.in_text {
                self.in_text = self.is_escaped || byte != b'"';
                self.is_escaped = !self.is_escaped && byte == b'\\';
            } else if byte.is_ascii_alphabetic() || byte == b'-' {
                self.word(byte)?;
            } else {
                self.in_text = byte == b'"';
            }
            if self.pending.is_empty() {
                self.pending.push(if byte == 0x1e && !self.in_text { b' ' } else { byte });
            }
        }
        *place = self.pending.pop().unwrap_or(b' ');
        Ok(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &[u8]) -> (Vec<u8>, u64) {
        let count = Rc::new(Cell::new(0));
        let mut all = Vec::new();
        Lenient::new(text, count.clone()).read_to_end(&mut all).unwrap();
        (all, count.get())
    }

    #[test]
    fn what_is_no_number_is_null_and_texts_stay() {
        let (text, count) =
            read(br#"{"NaN":NaN,"a":[-Infinity,Infinity,-1.5,1e-5,true],"b":"say \"NaN\" -x"}"#);
        let expected = br#"{"NaN":null,"a":[null,null,-1.5,1e-5,true],"b":"say \"NaN\" -x"}"#;
        assert_eq!(String::from_utf8(text).unwrap(), str::from_utf8(expected).unwrap());
        assert_eq!(count, 3);
        assert_eq!(read(b"\x1e{}\n\x1e{}").0, b" {}\n {}");
    }

    proptest! {
        #[test]
        fn json_is_given_as_it_is(text in "[ -~é]{0,20}", number in any::<f64>().prop_filter("JSON", |n| n.is_finite())) {
            let json = serde_json::json!({ text.clone(): [text, number, true, null] }).to_string();
            prop_assert_eq!(read(json.as_bytes()), (json.into_bytes(), 0));
        }
    }
}
