//! Bytes that claim to be messages of the conversation. The first byte says which.

use std::fmt::Debug;

use chasqui_shared::{
    Author, Batch, BatchResponse, Change, Charter, Clock, DeviceId, Draft, Epoch, Failure,
    HashRequest, HashResponse, Hello, MemoryLog, Offer, OfferResponse, PlacesRequest,
    PlacesResponse, RecordId, Role, Timestamp, WantedRequest, from_cbor, limits, to_cbor,
};
use serde::{Serialize, de::DeserializeOwned};

use super::version::reads_as_written;

/// Decodes CBOR as the message that the first byte names.
///
/// # Panics
/// If a message that is read is not the same after writing and reading it again, or breaks a limit.
pub fn messages_cbor(data: &[u8]) {
    let Some((&kind, bytes)) = data.split_first() else { return };
    match kind % 12 {
        0 => within_offer(read_cbor(bytes)),
        1 => within_answer(read_cbor(bytes)),
        2 => drop(read_cbor::<Batch>(bytes)),
        3 => drop(read_cbor::<BatchResponse>(bytes)),
        4 => within_question(read_cbor(bytes)),
        5 => drop(read_cbor::<Failure>(bytes)),
        6 => drop(read_cbor::<Clock>(bytes)),
        7 => becomes_a_version(read_cbor(bytes)),
        8 => drop(read_cbor::<HashRequest>(bytes)),
        9 => drop(read_cbor::<HashResponse>(bytes)),
        10 => drop(read_cbor::<PlacesRequest>(bytes)),
        _ => drop(read_cbor::<PlacesResponse>(bytes)),
    }
}

/// Decodes JSON as the message that the first byte names.
///
/// # Panics
/// If a message that is read is not the same after writing and reading it again, or breaks a limit.
pub fn messages_json(data: &[u8]) {
    let Some((&kind, bytes)) = data.split_first() else { return };
    match kind % 13 {
        0 => within_offer(read_json(bytes)),
        1 => within_answer(read_json(bytes)),
        2 => drop(read_json::<Batch>(bytes)),
        3 => drop(read_json::<BatchResponse>(bytes)),
        4 => within_question(read_json(bytes)),
        5 => drop(read_json::<Failure>(bytes)),
        6 => drop(read_json::<Clock>(bytes)),
        7 => becomes_a_version(read_json(bytes)),
        8 => drop(read_json::<HashRequest>(bytes)),
        9 => drop(read_json::<HashResponse>(bytes)),
        10 => drop(read_json::<PlacesRequest>(bytes)),
        11 => drop(read_json::<PlacesResponse>(bytes)),
        _ => drop(read_json::<Hello>(bytes)),
    }
}

fn read_cbor<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let message = from_cbor(bytes).ok()?;
    survives(&message);
    let longer = [bytes, &[0]].concat();
    assert!(from_cbor::<T>(&longer).is_err(), "trailing bytes are refused");
    Some(message)
}

fn read_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let message = serde_json::from_slice(bytes).ok()?;
    survives(&message);
    Some(message)
}

/// A message is the same after CBOR and after JSON, and its CBOR is deterministic: what one side
/// says the other can read.
pub(super) fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(message: &T) {
    let cbor = to_cbor(message).expect("what was read can be written");
    let read: T = from_cbor(&cbor).expect("what was written can be read");
    assert_eq!(read, *message, "CBOR loses nothing");
    assert_eq!(to_cbor(&read), Ok(cbor), "one message, one encoding");
    let json = serde_json::to_vec(message).expect("what was read can be written");
    let read: T = serde_json::from_slice(&json).expect("what was written can be read");
    assert_eq!(read, *message, "JSON loses nothing");
}

fn within_offer(offer: Option<Offer>) {
    let Some(offer) = offer else { return };
    assert!(offer.suspects.len() <= limits::RANGES_MAX);
    assert!(offer.clock.is_none_or(|clock| clock.len() <= limits::WRITERS_MAX));
}

fn within_answer(answer: Option<OfferResponse>) {
    let Some(answer) = answer else { return };
    for list in [answer.wanted.len(), answer.offered.len(), answer.forks.len()] {
        assert!(list <= limits::RANGES_MAX);
    }
    for fork in &answer.forks {
        assert!(fork.positions.len() <= limits::LOCATOR_MAX, "a locator is short");
    }
}

fn within_question(question: Option<WantedRequest>) {
    assert!(question.is_none_or(|question| question.ranges.len() <= limits::RANGES_MAX));
}

/// What a form gives is refused here, or is a version that everybody can read.
fn becomes_a_version(draft: Option<Draft>) {
    let Some(draft) = draft else { return };
    let by = Author { device: DeviceId([1; 32]), role: Role::Monitor, now: Timestamp::MAX };
    let log = MemoryLog::new(Charter { founder: by.device, salt: Epoch([9; 16]) });
    let Ok(version) = draft.version(&log, RecordId([2; 16]), Change::Edit, by);
    if let Ok(bytes) = version.encode() {
        assert_eq!(bytes.decode().as_ref(), Ok(&version), "nobody will quarantine it");
        reads_as_written(&version, &bytes);
    }
}
