use proptest::prelude::*;

use super::*;

fn url(n: u8) -> BaseAddress {
    BaseAddress::new(Ipv4Addr::new(192, 168, 100 + n, 100), 65_535).unwrap()
}

fn answer(name: &str, urls: u8) -> Answer {
    Answer {
        nonce: Nonce([0xab; 8]),
        project: ProjectId([1; 16]),
        device: DeviceId([2; 32]),
        name: name.into(),
        urls: (0..urls).map(url).collect(),
    }
}

fn padded(start: &str, bytes: usize) -> Vec<u8> {
    let pad = bytes - start.len() - r#","pad":""}"#.len();
    format!(r#"{start},"pad":"{}"}}"#, " ".repeat(pad)).into_bytes()
}

const ASKED: &str = r#"{"chasqui":1,"nonce":"abababababababab""#;

#[test]
fn a_question_is_as_long_as_the_longest_answer() {
    let question = Question { nonce: Nonce([0xab; 8]) };
    assert_eq!(question.encode().len(), limits::ANSWER_BYTES_MAX);
    assert_eq!(Question::decode(&question.encode()), Ok(question));
}

#[test]
fn a_question_is_read_at_both_limits_and_refused_beyond_them() {
    for bytes in [limits::QUESTION_BYTES_MIN, limits::QUESTION_BYTES_MAX] {
        assert!(Question::decode(&padded(ASKED, bytes)).is_ok(), "{bytes}");
    }
    for bytes in [limits::QUESTION_BYTES_MIN - 1, limits::QUESTION_BYTES_MAX + 1] {
        let refused = Err(DatagramError::Length { bytes });
        assert_eq!(Question::decode(&padded(ASKED, bytes)), refused);
    }
}

#[test]
fn an_answer_is_never_a_question() {
    let full = answer("Laptop", 8).encode();
    let lengthened = [&full[..], &b" ".repeat(512 - full.len())].concat();
    assert_eq!(Question::decode(&lengthened), Err(DatagramError::Unreadable));
}

#[test]
fn other_versions_other_nonces_and_missing_pads_are_refused() {
    let ask = |start: &str| Question::decode(&padded(start, 512));
    let of_two = ask(r#"{"chasqui":2,"nonce":"abababababababab""#);
    assert_eq!(of_two, Err(DatagramError::Version { version: 2 }));
    for start in [
        r#"{"chasqui":1,"nonce":"ABABABABABABABAB""#,
        r#"{"chasqui":1,"nonce":"abababababababa""#,
        r#"{"chasqui":1,"nonce":"ababababababababab""#,
        r#"{"chasqui":1"#,
        r#"{"chasqui":"1","nonce":"abababababababab""#,
    ] {
        assert_eq!(ask(start), Err(DatagramError::Unreadable), "{start}");
    }
    let without_pad = format!("{ASKED}}}{}", " ".repeat(600)).into_bytes();
    assert_eq!(Question::decode(&without_pad), Err(DatagramError::Unreadable));
}

#[test]
fn fields_from_the_future_are_passed_over() {
    let start = format!(r#"{ASKED},"wants":["photos"]"#);
    assert!(Question::decode(&padded(&start, 512)).is_ok());
    let told =
        r#"{"chasqui":1,"nonce":"abababababababab","project":"PP","device":"DD","urls":[],"x":{}}"#
            .replace("PP", &"01".repeat(16))
            .replace("DD", &"02".repeat(32));
    assert_eq!(Answer::decode(told.as_bytes()), Ok(answer("", 0)));
}

#[test]
fn addresses_that_do_not_fit_are_left_out_from_the_end() {
    let told = Answer::decode(&answer(&"\"".repeat(64), 8).encode()).unwrap();
    assert!((1..8).contains(&told.urls.len()));
    assert_eq!(told.urls[0], url(0));
    let short = Answer::decode(&answer("A", 9).encode()).unwrap();
    assert_eq!(short.urls, (0..limits::URLS_MAX as u8).map(url).collect::<Vec<_>>());
}

#[test]
fn hostile_addresses_and_names_are_not_believed() {
    let told = answer("Laptop", 1).encode();
    let forged = String::from_utf8(told)
        .unwrap()
        .replace("Laptop", r"\u001b[2JLaptop\u0007")
        .replace("\"https", "\"https://8.8.8.8:443\",\"javascript:1\",\"https");
    let heard = Answer::decode(forged.as_bytes()).unwrap();
    assert_eq!(heard.name, "[2JLaptop");
    assert_eq!(heard.urls, [url(0)]);
}

#[test]
fn a_name_is_cut_after_a_whole_character() {
    assert_eq!(shown_name(&"ñ".repeat(32)).len(), limits::NAME_BYTES_MAX);
    assert_eq!(shown_name(&format!("a{}", "ñ".repeat(32))), format!("a{}", "ñ".repeat(31)));
}

#[test]
fn ohai_may_end_in_white_space_up_to_the_limit() {
    let with = |spaces: usize| format!("OHAI{}", " ".repeat(spaces)).into_bytes();
    assert!(is_ohai(b"OHAI") && is_ohai(b"OHAI\r\n"));
    assert!(is_ohai(&with(limits::OHAI_BYTES_MAX - 4)));
    assert!(!is_ohai(&with(limits::OHAI_BYTES_MAX - 3)));
    for other in [&b""[..], b"OHA", b"ohai", b" OHAI", b"OHAI!", b"OHAIOHAI"] {
        assert!(!is_ohai(other), "{other:?}");
    }
}

#[test]
fn the_longest_answer_to_ohai_is_what_the_documentation_says() {
    let longest = ohai_answer(65_535, Ipv4Addr::new(192, 168, 100, 100));
    assert_eq!(longest, br#"{"chasqui":1,"urls":["https://192.168.100.100:65535"]}"#);
    assert_eq!(longest.len(), 54);
}

proptest! {
    #[test]
    fn noise_never_panics(noise in prop::collection::vec(any::<u8>(), 0..1_400)) {
        let _ = (Question::decode(&noise), Answer::decode(&noise), is_ohai(&noise));
    }

    #[test]
    fn a_damaged_datagram_never_panics(at in 0..512usize, byte: u8, cut in 0..=512usize) {
        let question = Question { nonce: Nonce([7; 8]) }.encode();
        for mut datagram in [question, answer("Laptop", 8).encode()] {
            let last = datagram.len() - 1;
            datagram[at.min(last)] = byte;
            datagram.truncate(cut);
            let _ = (Question::decode(&datagram), Answer::decode(&datagram));
        }
    }

    #[test]
    fn no_answer_is_longer_than_any_question(name: String, urls in 1..12u8) {
        let told = answer(&name, urls).encode();
        prop_assert!(told.len() <= limits::QUESTION_BYTES_MIN);
        let heard = Answer::decode(&told).unwrap();
        prop_assert_eq!(heard.urls[0], url(0));
        prop_assert_eq!(heard.name, shown_name(&name));
    }

    #[test]
    fn a_question_reads_as_it_was_written(nonce: [u8; 8]) {
        let question = Question { nonce: Nonce(nonce) };
        prop_assert_eq!(Question::decode(&question.encode()), Ok(question));
    }
}
