//! Times of day as people write them: with 24 hours or 12, in Spanish, Portuguese and English, with
//! an offset or without.

use jiff::civil::Time;

/// A time of day as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct ReadClock {
    pub time: Time,
    /// As RFC 3339 writes it.
    pub offset: Option<String>,
}

/// Reads the words of a time, which are folded.
pub(in crate::import) fn read_clock(words: &[String]) -> Option<ReadClock> {
    let text = words.join(" ");
    // What stands before the first sign of an offset: `7:05-05:00`, `7:05 utc-5`, `7:05z`.
    let signs = ["+", "-", "z", "\u{2212}", "utc", "gmt"];
    let at = signs.iter().filter_map(|sign| text.find(sign)).min();
    let (clock, offset) = text.split_at(at.unwrap_or(text.len()));
    let offset = if offset.is_empty() { None } else { Some(read_offset(offset)?) };
    Some(ReadClock { time: read_time(clock.trim())?, offset })
}

/// `z`, `utc`, `-05`, `-0500`, `-05:00`, `gmt-5`, `utc -05:00`.
fn read_offset(text: &str) -> Option<String> {
    let text = text.replace(' ', "").replace('\u{2212}', "-");
    let text = text.strip_prefix("utc").or_else(|| text.strip_prefix("gmt")).unwrap_or(&text);
    if matches!(text, "" | "z") {
        return Some("Z".to_owned());
    }
    let (sign, digits) = text.split_at_checked(1).filter(|(sign, _)| matches!(*sign, "+" | "-"))?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at(2),
        None => (digits, "00"),
    };
    let hours: u8 = digits_of(hours)?.parse().ok()?;
    let minutes: u8 = digits_of(minutes)?.parse().ok()?;
    (hours <= 23 && minutes <= 59).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

fn digits_of(text: &str) -> Option<&str> {
    ((1..=2).contains(&text.len()) && digits_only(text)).then_some(text)
}

/// `h:mm`, with seconds and their fraction; `15h30`, `15 h`; `070500`; with a half of the day.
fn read_time(text: &str) -> Option<Time> {
    let letters_at = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (clock, letters) = text.split_at(letters_at);
    let letters: String = letters.chars().filter(|c| c.is_alphanumeric()).collect();
    let half = match letters.as_str() {
        "" | "h" | "hs" | "hrs" | "hr" | "hora" | "horas" | "hours" => None,
        "am" | "a" | "delamanana" | "damanha" => Some(0),
        // Noon, as in `12 m.`.
        "m" if clock.starts_with("12") => Some(12),
        "pm" | "p" | "delatarde" | "delanoche" | "datarde" | "danoite" => Some(12),
        _ => return None,
    };
    let parts: Vec<&str> = match clock.split([':', 'h']).collect::<Vec<_>>()[..] {
        [digits] if digits.len() == 6 => vec![&digits[..2], &digits[2..4], &digits[4..]],
        [digits] if digits.len() == 4 => vec![&digits[..2], &digits[2..]],
        [hour] if !letters.is_empty() => vec![hour, "00"],
        ref parts => parts.to_vec(),
    };
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, "00"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let (second, fraction) = second.split_once(['.', ' ']).unwrap_or((second, ""));
    let fraction = format!("{fraction:0<3}");
    let millis: i32 = fraction.get(..3)?.parse().ok().filter(|_| digits_only(&fraction))?;
    let of = |text: &str| digits_of(text.trim()).and_then(|text| text.parse::<i8>().ok());
    let hour = match (half, of(hour)?) {
        (Some(half), hour @ 1..=12) => hour % 12 + half,
        (Some(_), _) => return None,
        (None, hour) => hour,
    };
    Time::new(hour, of(minute)?, of(second)?, millis * 1_000_000).ok()
}

fn digits_only(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
