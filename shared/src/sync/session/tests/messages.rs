//! The messages of a conversation as bytes.

use super::harness::Side;
use crate::{Batch, LogView, Offer, Position, Range, collect, from_cbor, offer, to_cbor};

#[test]
fn messages_round_trip_through_cbor_and_json() {
    let mut alice = Side::new(1);
    alice.write(1);
    let offer = offer(&alice.log, alice.log_writer.writer(), None, vec![]).unwrap();
    assert_eq!(from_cbor::<Offer>(&to_cbor(&offer).unwrap()).unwrap(), offer);
    let json = serde_json::to_string(&offer).unwrap();
    assert_eq!(serde_json::from_str::<Offer>(&json).unwrap(), offer);
    let until = alice.log.position(alice.log_writer.writer()).unwrap();
    let range = Range { writer: alice.log_writer.writer(), after: Position::START, until };
    let batch = collect(&alice.log, alice.log_writer.writer(), &[range]).unwrap();
    assert_eq!(from_cbor::<Batch>(&to_cbor(&batch).unwrap()).unwrap(), batch);
    let json = serde_json::to_string(&batch).unwrap();
    assert_eq!(serde_json::from_str::<Batch>(&json).unwrap(), batch);
    assert!(from_cbor::<Batch>(b"\xff").is_err());
}
