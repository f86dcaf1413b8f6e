//! A text of a CSV file parted into cells (RFC 4180), and whether its quotes are whole.
//!
//! The csv crate is not used here: it reads a quote that is never closed up to the end of the file,
//! as one cell, and cannot tell that from a long one.

/// What came of parting a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Quotes {
    /// All are closed.
    Whole,
    /// All are closed; within a cell stands one that was not doubled, and is taken as it is.
    Odd,
    /// One is open at the end of the text.
    Open,
    /// One goes over the end of a line, and what follows its end is no end of a cell: it was never
    /// closed.
    Broken,
}

/// Parts a text, with its end of line or without, into `cells`, without spaces around them.
pub(in crate::import) fn split(text: &[u8], delimiter: u8, cells: &mut Vec<Vec<u8>>) -> Quotes {
    cells.clear();
    let mut quotes = Quotes::Whole;
    let mut at = 0;
    loop {
        at += spaces(&text[at..], delimiter);
        let cell = if text.get(at) == Some(&b'"') {
            match quoted(&text[at + 1..], delimiter) {
                Ok((cell, read, is_odd)) => {
                    at += 1 + read;
                    if is_odd {
                        quotes = Quotes::Odd;
                    }
                    cell
                }
                Err(failed) => return failed,
            }
        } else {
            let rest = &text[at..];
            let is_end = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
            let end = rest.iter().position(is_end).unwrap_or(rest.len());
            at += end;
            rest[..end].trim_ascii_end().to_vec()
        };
        cells.push(cell);
        at += spaces(&text[at..], delimiter);
        match text.get(at) {
            Some(&byte) if byte == delimiter => at += 1,
            _ => return quotes,
        }
    }
}

fn spaces(text: &[u8], delimiter: u8) -> usize {
    let is_space = |byte: &&u8| **byte != delimiter && matches!(byte, b' ' | b'\t');
    text.iter().take_while(is_space).count()
}

/// The cell behind an opening quote, how many bytes it takes with its closing one, and whether a
/// quote in it stands alone.
fn quoted(text: &[u8], delimiter: u8) -> Result<(Vec<u8>, usize, bool), Quotes> {
    let (mut cell, mut at, mut is_odd, mut has_line) = (Vec::new(), 0, false, false);
    while let Some(&byte) = text.get(at) {
        at += 1;
        if byte != b'"' {
            has_line |= matches!(byte, b'\n' | b'\r');
            cell.push(byte);
            continue;
        }
        if text.get(at) == Some(&b'"') {
            at += 1;
            cell.push(b'"');
            continue;
        }
        let behind = at + spaces(&text[at..], delimiter);
        match text.get(behind) {
            None | Some(b'\n' | b'\r') => return Ok((cell.trim_ascii().to_vec(), at, is_odd)),
            Some(&next) if next == delimiter => {
                return Ok((cell.trim_ascii().to_vec(), at, is_odd));
            }
            Some(_) if has_line => return Err(Quotes::Broken),
            Some(_) => {
                is_odd = true;
                cell.push(b'"');
            }
        }
    }
    Err(Quotes::Open)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(text: &str) -> (Quotes, Vec<String>) {
        let mut cells = Vec::new();
        let quotes = split(text.as_bytes(), b',', &mut cells);
        (quotes, cells.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect())
    }

    #[test]
    fn quotes_are_told_apart() {
        let of = |text| {
            let (quotes, cells) = parts(text);
            (quotes, cells.join("|"))
        };
        assert_eq!(of("a, \"b,\"\"c\"\"\" ,\n"), (Quotes::Whole, "a|b,\"c\"|".into()));
        assert_eq!(of("\"two\nlines\",x\r\n"), (Quotes::Whole, "two\nlines|x".into()));
        assert_eq!(of("\"a \"b\" c\",d"), (Quotes::Odd, "a \"b\" c|d".into()));
        assert_eq!(of("5\" pipe,x"), (Quotes::Whole, "5\" pipe|x".into()));
        assert_eq!(parts("a,\"open,b\n").0, Quotes::Open);
        assert_eq!(parts("a,\"open,b\nc,\"d\",e\n").0, Quotes::Broken);
    }

    proptest! {
        #[test]
        fn what_is_written_by_the_rules_comes_back(
            cells in prop::collection::vec("[a-z,;\"\n é]{0,8}", 1..6),
            delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        ) {
            let write = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let sign = char::from(delimiter).to_string();
            let text = cells.iter().map(write).collect::<Vec<_>>().join(&sign);
            let mut read = Vec::new();
            prop_assert_eq!(split(text.as_bytes(), delimiter, &mut read), Quotes::Whole);
            let read: Vec<_> = read.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect();
            let trimmed: Vec<_> =
                cells.iter().map(|c| c.trim_matches([' ', '\n']).to_owned()).collect();
            prop_assert_eq!(read, trimmed);
        }
    }
}
