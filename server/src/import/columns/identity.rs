//! Ids that are one of a kind in the world. Counters and names of files never are.

use chasqui_shared::RecordId;

use super::names::plain;

/// Before the id of a record of Chasqui, which its own exports have in `record`.
const RECORD: &str = "record:";

/// Shortest id of a kind that is made of letters, digits and signs, as `MPEG:HER:1234`.
const STRUCTURED_CHARS_MIN: usize = 8;

/// The id in one writing, if it is one of a kind by itself or by the name of its column.
pub(in crate::import) fn worldwide(column: &str, text: &str) -> Option<String> {
    if plain(column) == "record" && RecordId::from_hex(text.trim()).is_some() {
        return Some(format!("{RECORD}{}", text.trim()));
    }
    if let Some(id) = by_itself(text) {
        return Some(id);
    }
    let text = text.trim();
    match plain(column).as_str() {
        "gbifid" if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
            Some(format!("gbif:{text}"))
        }
        "occurrenceid" if is_structured(text) => Some(format!("occurrence:{text}")),
        _ => None,
    }
}

/// The id in one writing, if it is one of a kind by itself: a UUID, a hash, a URN or a URL.
pub fn by_itself(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let bare = lower.strip_prefix("urn:").unwrap_or(&lower);
    let bare = bare.strip_prefix("uuid:").unwrap_or(bare).trim_matches(['{', '}']);
    let is_uuid = bare.len() == 36
        && bare.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    let is_hash = bare.len() >= 32 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_nothing = bare.bytes().all(|byte| matches!(byte, b'0' | b'-'));
    if (is_uuid || is_hash) && !is_nothing {
        return Some(bare.to_owned());
    }
    let starts = ["urn:", "http://", "https://", "doi:", "ark:"];
    starts.iter().any(|start| lower.starts_with(start)).then(|| text.to_owned())
}

/// The record that an id is of, as Chasqui's own exports name it.
pub(in crate::import) fn own_record(id: &str) -> Option<RecordId> {
    id.strip_prefix(RECORD).and_then(RecordId::from_hex)
}

fn is_structured(text: &str) -> bool {
    text.chars().count() >= STRUCTURED_CHARS_MIN
        && text.chars().any(char::is_alphabetic)
        && text.contains([':', '-', '/', '_', '.'])
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_in_each_of_its_writings() {
        let uuid = "5f0c1b7e-2a54-4b0e-9d61-0c6a3d1f1a01";
        for text in [uuid, &uuid.to_uppercase(), &format!("uuid:{uuid}"), &format!("{{{uuid}}}")] {
            assert_eq!(worldwide("KEY", text).as_deref(), Some(uuid), "{text}");
        }
        assert_eq!(worldwide("gbifID", "12345").as_deref(), Some("gbif:12345"));
        assert!(worldwide("occurrenceID", "MPEG:HER:1234").is_some());
        assert!(worldwide("$id", &"01".repeat(32)).is_some());
        assert!(worldwide("url", "https://example.org/1").is_some());
    }

    #[test]
    fn counters_are_no_ids() {
        for text in [
            "1",
            "00017",
            "A-1",
            "",
            "0".repeat(32).as_str(),
            "00000000-0000-0000-0000-000000000000",
        ] {
            assert_eq!(worldwide("id", text), None, "{text}");
        }
        assert_eq!(worldwide("occurrenceID", "1234567890"), None);
    }
}
