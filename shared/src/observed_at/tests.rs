//! Days and instants, in every zone from -12 to +14.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> ObservedAt {
    ObservedAt::parse(text).unwrap()
}

#[test]
fn a_day_stays_a_day_and_an_instant_keeps_its_offset() {
    for text in [
        "2026-01-01",
        "0000-01-01",
        "9999-12-31",
        "2024-02-29",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T23:59:59.5-05:00",
        "2026-01-01T23:59:59.123+05:45",
        "1969-12-31T23:00:00-12:00",
        "2026-01-01T00:00:00+14:00",
    ] {
        assert_eq!(read(text).to_string(), text);
        let cbor = serde_ipld_dagcbor::to_vec(&read(text)).unwrap();
        assert_eq!(serde_ipld_dagcbor::from_slice::<ObservedAt>(&cbor).unwrap(), read(text));
        assert_eq!(cbor, serde_ipld_dagcbor::to_vec(&text).unwrap(), "the very text");
    }
}

#[test]
fn other_writings_of_the_same_are_read_from_json_and_refused_in_signed_bytes() {
    for (text, canonical) in [
        ("2026-01-01T00:00:00z", "2026-01-01T00:00:00Z"),
        ("2026-01-01t00:00:00.10-05:00", "2026-01-01T00:00:00.1-05:00"),
        ("2026-01-01T00:00:00.1239Z", "2026-01-01T00:00:00.123Z"),
        ("2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00Z"),
    ] {
        assert_eq!(read(text).to_string(), canonical);
        let cbor = serde_ipld_dagcbor::to_vec(&text).unwrap();
        assert!(serde_ipld_dagcbor::from_slice::<ObservedAt>(&cbor).is_err(), "{text}");
    }
    for text in
        ["", "2026-1-1", "2026-02-30", "2026-13-01", "2026-01-01T07:05", "-001-01-01", "2026-01-0é"]
    {
        assert_eq!(ObservedAt::parse(text), None, "{text}");
    }
}

#[test]
fn a_day_is_within_itself_in_every_zone() {
    let day = read("2026-01-01");
    for minutes in (-12 * 60..=14 * 60).step_by(15) {
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, rest) = (i32::abs(minutes) / 60, i32::abs(minutes) % 60);
        let at =
            |date: &str, clock: &str| read(&format!("{date}T{clock}{sign}{hours:02}:{rest:02}"));
        let zone = |_| minutes as i16;
        let (first, last) = (at("2026-01-01", "00:00:00"), at("2026-01-01", "23:59:59"));
        assert_ne!(day.against(first, zone), Ordering::Less, "{first}");
        assert_ne!(day.against(last, zone), Ordering::Greater, "{last}");
        assert_eq!(day.against(at("2025-12-31", "23:59:59"), zone), Ordering::Greater);
        assert_eq!(day.against(at("2026-01-02", "00:00:00"), zone), Ordering::Less);
        for instant in [first, last] {
            assert_eq!(instant.against(day, |_| 0), Ordering::Equal, "by its own clock");
            let ObservedAt::Instant { at, .. } = instant else { unreachable!() };
            assert_eq!(ObservedAt::from(at).against(day, zone), Ordering::Equal, "by the asker's");
        }
    }
}

fn any_time() -> impl Strategy<Value = ObservedAt> {
    let at = Timestamp::MIN.as_millis()..=Timestamp::MAX.as_millis();
    prop_oneof![
        (0..=9_999i32, 1u8..=12, 1u8..=28)
            .prop_map(|(y, m, d)| ObservedAt::Day(Day::new(y, m, d).unwrap())),
        (at, proptest::option::of(-1_439i16..=1_439)).prop_map(|(at, offset_min)| {
            ObservedAt::Instant { at: Timestamp::from_millis(at), offset_min }
        }),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same_text(time in any_time()) {
        let text = time.to_string();
        let read = ObservedAt::parse(&text).unwrap();
        prop_assert_eq!(read.to_string(), text);
        prop_assert_eq!(read.sort_at(), time.sort_at());
    }

    /// A list is ordered by one moment of each, and a range of days is looked for around it.
    #[test]
    fn a_day_is_within_its_reach_of_the_moment_that_lists_order_by(time in any_time(), zone in -840i16..=840) {
        let day = time.day(|_| zone);
        let apart = day.noon().as_millis().abs_diff(time.sort_at().as_millis());
        prop_assert!(apart <= DAY_REACH_MS, "{apart}");
    }

    #[test]
    fn noise_never_panics(noise in ".{0,40}") {
        let _ = ObservedAt::parse(&noise);
    }
}
