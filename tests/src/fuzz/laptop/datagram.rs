//! Datagrams from anyone on the wifi.

use chasqui_server::discovery::{Answer, BaseAddress, Nonce, Question, limits};
use chasqui_shared::{DeviceId, ProjectId};

/// Reads a datagram as a question and as an answer.
///
/// # Panics
/// If what is read is not the same after writing and reading it again, or could be shown badly.
pub fn datagram(data: &[u8]) {
    if let Ok(question) = Question::decode(data) {
        assert_eq!(Question::decode(&question.encode()), Ok(question));
        assert!(question.encode().len() <= data.len(), "a question is not shorter than it must be");
    }
    if let Ok(answer) = Answer::decode(data) {
        assert!(answer.urls.len() <= limits::URLS_MAX);
        assert!(answer.name.len() <= limits::NAME_BYTES_MAX);
        assert!(!answer.name.contains(char::is_control), "a name is safe for a terminal");
        let encoded = answer.encode();
        assert!(encoded.len() <= limits::ANSWER_BYTES_MAX, "never amplifying");
        let again = Answer::decode(&encoded).expect("what was written can be read");
        let same = Answer { urls: again.urls.clone(), ..answer.clone() };
        assert_eq!(again, same, "only addresses may be left out");
        assert!(answer.urls.starts_with(&again.urls), "the last first");
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let nonce = Nonce([7; 8]);
    let address = |url| BaseAddress::from_url(url).expect("a private address");
    let answer = Answer {
        nonce,
        project: ProjectId([1; 16]),
        device: DeviceId([2; 32]),
        name: "Oficina de Iquitos \u{1f33f}".into(),
        urls: vec![address("https://10.42.0.1:8443"), address("https://192.168.1.7:8443")],
    };
    vec![Question { nonce }.encode(), answer.encode(), b"OHAI\r\n".to_vec()]
}
