//! A peer that is silent, takes nothing or talks nonsense ends the conversation, and never holds
//! it.

use super::harness::{Side, session_of};
use crate::{
    Batch, BatchResponse, Chain, Clock, ClockDigest, Code, Input, Locator, OfferResponse, Output,
    Position, ProjectId, Range, Reply,
};

#[test]
fn a_request_without_an_answer_ends_in_time_and_a_late_answer_is_ignored() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1);
    let mut session = session_of(&alice);
    session.handle_input(0, &alice.log, Input::Wake).unwrap();
    let Some(Output::Ask(number, request)) = session.poll_output() else { panic!("an offer") };
    let deadline = session.next_deadline().unwrap();
    session.handle_input(deadline, &alice.log, Input::Tick).unwrap();
    let Some(Output::GaveUp(failure)) = session.poll_output() else { panic!("a failure") };
    assert!(failure.retryable);
    let late = Input::Answered(number, laptop.answer(&request));
    session.handle_input(deadline, &alice.log, late).unwrap();
    assert_eq!(session.poll_output(), None);

    let retry = session.next_deadline().unwrap();
    assert!(retry > deadline);
    session.handle_input(retry, &alice.log, Input::Tick).unwrap();
    assert!(matches!(session.poll_output(), Some(Output::Ask(..))));
}

#[test]
fn a_peer_that_never_takes_anything_ends_the_conversation() {
    let mut alice = Side::new(1);
    alice.write(1);
    let mut session = session_of(&alice);
    session.handle_input(0, &alice.log, Input::Wake).unwrap();
    let mut requests = 0;
    let end = loop {
        match session.poll_output() {
            Some(Output::Ask(number, request)) => {
                requests += 1;
                assert!(requests < 10);
                let mut stubborn = Side::new(2);
                let mut reply = stubborn.answer(&request);
                if let Reply::Push(answer) = &mut reply {
                    answer.runs[0].added = 0;
                    answer.digest = ClockDigest([1; 32]);
                }
                session.handle_input(0, &alice.log, Input::Answered(number, reply)).unwrap();
            }
            Some(Output::GaveUp(failure)) => break failure,
            other => panic!("unexpected {other:?}"),
        }
    };
    assert_eq!(end.code, Code::Stuck);
}

/// A laptop acknowledged none of the runs that it was sent. The phone sent the same batch again at
/// once, for ever, until its battery was empty.
#[test]
fn a_peer_whose_answers_are_about_something_else_is_not_asked_for_ever() {
    let mut alice = Side::new(1);
    alice.write(1);
    let mut session = session_of(&alice);
    session.handle_input(0, &alice.log, Input::Wake).unwrap();
    for _ in 0..10 {
        let Some(Output::Ask(number, request)) = session.poll_output() else { break };
        let mut reply = Side::new(2).answer(&request);
        if let Reply::Push(answer) = &mut reply {
            answer.runs.clear();
            answer.digest = Clock::default().digest();
        }
        session.handle_input(0, &alice.log, Input::Answered(number, reply)).unwrap();
    }
    assert!(!session.is_busy(), "the session gave up");
}

/// A laptop wanted the continuation of an entry that the phone does not have, and said nothing of
/// it when asked. The phone asked a hundred thousand times, without a pause.
#[test]
fn a_peer_that_says_nothing_of_a_suspect_is_asked_once() {
    let mut alice = Side::new(1);
    alice.write(1);
    let writer = alice.log_writer.writer();
    let after = Position { seq: 1, chain: Chain([3; 32]) };
    let until = Position { seq: 2, chain: Chain([4; 32]) };
    let mut session = session_of(&alice);
    session.handle_input(0, &alice.log, Input::Wake).unwrap();
    let mut requests = 0;
    while let Some(Output::Ask(number, _)) = session.poll_output() {
        requests += 1;
        assert!(requests < 10);
        let answer = OfferResponse {
            digest: ClockDigest([0; 32]),
            clock_wanted: false,
            wanted: vec![Range { writer, after, until }],
            offered: vec![],
            lost: false,
            forks: vec![],
        };
        let input = Input::Answered(number, Reply::Offer(answer));
        session.handle_input(0, &alice.log, input).unwrap();
    }
    assert!(!session.is_busy(), "the session gave up");
}

#[test]
fn nonsense_from_a_peer_is_a_failure_and_never_a_panic() {
    let mut alice = Side::new(1);
    (0..3).for_each(|record| alice.write(record));
    let writer = alice.log_writer.writer();
    let far = Position { seq: u64::MAX, chain: Chain([3; 32]) };
    let nonsense = [
        Reply::Push(BatchResponse { digest: ClockDigest([0; 32]), runs: vec![] }),
        Reply::Pull(Batch { project: ProjectId([0; 16]), writer, runs: vec![] }),
        Reply::Offer(OfferResponse {
            digest: ClockDigest([0; 32]),
            clock_wanted: true,
            wanted: vec![Range { writer, after: far, until: Position::START }],
            offered: vec![Range { writer, after: far, until: Position::START }],
            lost: true,
            forks: vec![],
        }),
        Reply::Offer(OfferResponse {
            digest: ClockDigest([0; 32]),
            clock_wanted: false,
            wanted: vec![Range { writer, after: Position::START, until: far }],
            offered: vec![],
            lost: false,
            forks: vec![Locator { writer, positions: vec![far] }],
        }),
    ];
    for reply in nonsense {
        let mut session = session_of(&alice);
        session.handle_input(0, &alice.log, Input::Wake).unwrap();
        let Some(Output::Ask(number, _)) = session.poll_output() else { panic!("an offer") };
        session.handle_input(0, &alice.log, Input::Answered(number, reply)).unwrap();
        assert!(session.poll_output().is_some(), "the session goes on or gives up");
    }
}
