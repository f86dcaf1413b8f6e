//! What changes on one side while a request is on its way.

use super::harness::{Side, session_of};
use crate::{Input, LogView, Output, Reply};

/// Somebody saved an observation while the phone's offer was on its way. The answer fitted the
/// offer and not the phone, and the phone said that the laptop would not take what it had not been
/// sent yet.
#[test]
fn a_save_during_an_offer_is_sent_in_the_same_conversation() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    let mut session = session_of(&alice);
    session.handle_input(0, &alice.log, Input::Wake).unwrap();
    let mut saved = false;
    let end = loop {
        match session.poll_output() {
            Some(Output::Ask(number, request)) => {
                let reply = laptop.answer(&request);
                if !std::mem::replace(&mut saved, true) {
                    alice.write(1);
                }
                session.handle_input(0, &alice.log, Input::Answered(number, reply)).unwrap();
            }
            end => break end,
        }
    };
    assert!(matches!(end, Some(Output::Finished(_))), "{end:?}");
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
}

/// Another phone's batch made a log go another way between the laptop's answer and the question
/// that came of it, which then brought nothing. The phone gave up, though one more offer would have
/// told.
#[test]
fn a_peer_that_changed_under_way_is_asked_again() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    laptop.write(1);
    let mut session = session_of(&alice);
    session.handle_input(0, &alice.log, Input::Wake).unwrap();
    let mut pulls = 0;
    let end = loop {
        match session.poll_output() {
            Some(Output::Ask(number, request)) => {
                let mut reply = laptop.answer(&request);
                if let Reply::Pull(batch) = &mut reply {
                    pulls += 1;
                    if pulls == 1 {
                        batch.runs.clear();
                        laptop.write(2);
                    }
                }
                session.handle_input(0, &alice.log, Input::Answered(number, reply)).unwrap();
            }
            Some(Output::Store(batch)) => {
                let answers = alice.store(&batch, 50);
                session.handle_input(0, &alice.log, Input::Stored(answers)).unwrap();
            }
            end => break end,
        }
    };
    assert!(matches!(end, Some(Output::Finished(_))), "{end:?}");
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
}
