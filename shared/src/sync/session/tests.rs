//! Whole conversations between two logs in memory, message by message.

use super::*;
use crate::{
    Author, Batch, BatchAnswer, Chain, Change, Charter, DeviceId, Draft, Epoch, Gate, MemoryLog,
    Offer, Pen, ProjectId, RecordId, Role, Timestamp, answer_batch, answer_offer, answer_question,
    from_cbor, take_run, to_cbor, write,
};

const CHARTER: Charter = Charter { founder: DeviceId([9; 32]), salt: Epoch([9; 16]) };

struct Side {
    log: MemoryLog,
    pen: Pen,
}

impl Side {
    fn new(name: u8) -> Self {
        Self { log: MemoryLog::new(CHARTER), pen: Pen::new(&[name; 32], Epoch([name; 16])) }
    }

    fn write(&mut self, record: u16) {
        let by =
            Author { device: self.pen.owner().device, role: Role::Monitor, now: Timestamp::MIN };
        let draft = Draft { category: "fire".into(), ..Draft::default() };
        let mut id = [0; 16];
        id[..2].copy_from_slice(&record.to_be_bytes());
        let version = draft.version(&self.log, RecordId(id), Change::Edit, by).unwrap();
        write(&mut self.log, &self.pen, version.encode().unwrap()).unwrap();
        self.log.take_changes();
    }

    fn store(&mut self, batch: &Batch, fresh: u8) -> Vec<RunAnswer> {
        let mut gate = Gate { verify: true, pen: &mut self.pen, fresh_epoch: Epoch([fresh; 16]) };
        let answers =
            batch.runs.iter().map(|run| take_run(&mut self.log, &mut gate, run).unwrap()).collect();
        self.log.take_changes();
        answers
    }

    fn answer(&mut self, request: &Request) -> Reply {
        let writer = self.pen.writer();
        match request {
            Request::Offer(offer) => Reply::Offer(answer_offer(&self.log, offer).unwrap()),
            Request::Pull(question) => {
                Reply::Pull(answer_question(&self.log, writer, question).unwrap())
            }
            Request::Push(batch) => {
                let mut gate =
                    Gate { verify: true, pen: &mut self.pen, fresh_epoch: Epoch([77; 16]) };
                let answer = answer_batch(&mut self.log, &mut gate, batch).unwrap();
                self.log.take_changes();
                Reply::Push(answer)
            }
        }
    }
}

/// What went over the wire in one conversation.
#[derive(Default)]
struct Traffic {
    requests: usize,
    bytes_up_max: usize,
    bytes_down_max: usize,
    notices: Vec<Notice>,
    end: Option<Output>,
}

fn meet(session: &mut Session, phone: &mut Side, laptop: &mut Side) -> Traffic {
    let mut traffic = Traffic::default();
    session.handle_input(0, &phone.log, Input::Wake).unwrap();
    while let Some(output) = session.poll_output() {
        let input = match output {
            Output::Ask(number, request) => {
                let reply = laptop.answer(&request);
                traffic.requests += 1;
                traffic.bytes_up_max = traffic.bytes_up_max.max(request_bytes(&request));
                traffic.bytes_down_max = traffic.bytes_down_max.max(reply_bytes(&reply));
                Input::Answered(number, reply)
            }
            Output::Store(batch) => Input::Stored(phone.store(&batch, 55)),
            Output::Renew => {
                phone.pen.renew(Epoch([66; 16]));
                session.set_writer(phone.pen.writer());
                continue;
            }
            Output::Notice(notice) => {
                traffic.notices.push(notice);
                continue;
            }
            end @ (Output::Finished(_) | Output::GaveUp(_)) => {
                traffic.end = Some(end);
                continue;
            }
        };
        session.handle_input(0, &phone.log, input).unwrap();
    }
    traffic
}

fn request_bytes(request: &Request) -> usize {
    match request {
        Request::Offer(offer) => to_cbor(offer).unwrap().len(),
        Request::Push(batch) => to_cbor(batch).unwrap().len(),
        Request::Pull(question) => to_cbor(question).unwrap().len(),
    }
}

fn reply_bytes(reply: &Reply) -> usize {
    match reply {
        Reply::Offer(answer) => to_cbor(answer).unwrap().len(),
        Reply::Push(answer) => to_cbor(answer).unwrap().len(),
        Reply::Pull(batch) => to_cbor(batch).unwrap().len(),
    }
}

fn session_of(side: &Side) -> Session {
    Session::new(side.pen.writer(), None, 1)
}

#[test]
fn both_sides_end_with_the_same_and_the_next_meeting_is_one_small_round_trip() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    (0..1200).for_each(|record| alice.write(record));
    (2000..2700).for_each(|record| laptop.write(record));
    let mut session = session_of(&alice);
    let first = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(first.end, Some(Output::Finished(_))));
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
    assert_eq!(session.progress(), Progress { done: 1900, total: 1900 });

    let next = meet(&mut session, &mut alice, &mut laptop);
    assert_eq!(next.requests, 1);
    assert!(next.bytes_up_max <= 300 && next.bytes_down_max <= 300);
}

#[test]
fn a_project_of_many_writers_costs_no_more_than_the_writers_that_moved() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    for number in 0..600u16 {
        let mut other = Side::new(3);
        let mut epoch = [0; 16];
        epoch[..2].copy_from_slice(&number.to_be_bytes());
        other.pen.renew(Epoch(epoch));
        other.write(number);
        let clock = other.log.clock().unwrap();
        let runs =
            clock.iter().map(|(writer, until)| Range { writer, after: Position::START, until });
        let batch = collect(&other.log, writer_of(&other), &runs.collect::<Vec<_>>()).unwrap();
        laptop.store(&batch, 90);
    }
    let mut session = session_of(&alice);
    let first = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(first.end, Some(Output::Finished(_))));
    assert_eq!(alice.log.clock().unwrap().len(), 600);

    alice.write(1000);
    laptop.write(1001);
    let next = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(next.end, Some(Output::Finished(_))));
    assert!(next.requests <= 4, "offer, push, pull, and an offer at most");
    assert!(next.bytes_up_max <= 1000 && next.bytes_down_max <= 1000);
}

fn writer_of(side: &Side) -> WriterId {
    side.pen.writer()
}

#[test]
fn a_laptop_that_forgot_the_last_meeting_asks_for_the_whole_clock() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1);
    let mut session = session_of(&alice);
    meet(&mut session, &mut alice, &mut laptop);
    let mut other = Side::new(4);
    other.write(2);
    let next = meet(&mut session, &mut alice, &mut other);
    assert!(matches!(next.end, Some(Output::Finished(_))));
    assert_eq!(other.log.clock().unwrap(), alice.log.clock().unwrap());
}

#[test]
fn a_phone_that_lost_its_tail_is_told_so_and_begins_a_new_log() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1);
    let backup = alice.log.clone();
    alice.write(2);
    meet(&mut session_of(&alice), &mut alice, &mut laptop);
    let old = alice.pen.writer();
    alice.log = backup;
    let traffic = meet(&mut session_of(&alice), &mut alice, &mut laptop);
    assert_eq!(traffic.notices, [Notice::LogLost { writer: old }]);
    assert_ne!(alice.pen.writer(), old);
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
}

#[test]
fn a_log_that_went_two_ways_ends_the_same_on_both_sides_whichever_is_longer() {
    for (original, cloned) in [(1, 1), (40, 3), (3, 40)] {
        let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
        (0..20).for_each(|record| alice.write(record));
        let mut clone = Side { log: alice.log.clone(), pen: alice.pen.clone() };
        (100..100 + original).for_each(|record| alice.write(record));
        (200..200 + cloned).for_each(|record| clone.write(record));
        meet(&mut session_of(&alice), &mut alice, &mut laptop);
        let traffic = meet(&mut session_of(&clone), &mut clone, &mut laptop);
        assert!(matches!(traffic.end, Some(Output::Finished(_))), "{original} and {cloned}");
        let records = usize::from(20 + original + cloned);
        assert_eq!(laptop.log.records().count(), records);
        assert_eq!(clone.log.records().count(), records);
        assert!(!traffic.notices.is_empty());
    }
}

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
                    answer.digest = crate::ClockDigest([1; 32]);
                }
                session.handle_input(0, &alice.log, Input::Answered(number, reply)).unwrap();
            }
            Some(Output::GaveUp(failure)) => break failure,
            other => panic!("unexpected {other:?}"),
        }
    };
    assert_eq!(end.code, "stuck");
}

/// A laptop acknowledged none of the runs that it was sent. The phone sent the same batch again at once, for ever, until
/// its battery was empty.
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
            answer.digest = crate::Clock::default().digest();
        }
        session.handle_input(0, &alice.log, Input::Answered(number, reply)).unwrap();
    }
    assert!(!session.is_busy(), "the session gave up");
}

/// A laptop wanted the continuation of an entry that the phone does not have, and said nothing of it when asked. The phone
/// asked a hundred thousand times, without a pause.
#[test]
fn a_peer_that_says_nothing_of_a_suspect_is_asked_once() {
    let mut alice = Side::new(1);
    alice.write(1);
    let writer = alice.pen.writer();
    let after = Position { seq: 1, chain: Chain([3; 32]) };
    let until = Position { seq: 2, chain: Chain([4; 32]) };
    let mut session = session_of(&alice);
    session.handle_input(0, &alice.log, Input::Wake).unwrap();
    let mut requests = 0;
    while let Some(Output::Ask(number, _)) = session.poll_output() {
        requests += 1;
        assert!(requests < 10);
        let answer = OfferAnswer {
            digest: crate::ClockDigest([0; 32]),
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

/// A phone's storage went back to before it held the laptop's log, while its memory of the last meeting did not. The
/// offer told only what had moved, so the laptop believed that the phone still held that log, and never gave it again.
#[test]
fn a_phone_that_went_back_to_before_it_held_a_log_is_given_it_again() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1);
    laptop.write(2);
    let backup = alice.log.clone();
    let mut session = session_of(&alice);
    meet(&mut session, &mut alice, &mut laptop);
    alice.log = backup;
    laptop.write(3);
    let again = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(again.end, Some(Output::Finished(_))));
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
}

/// Somebody saved an observation while the phone's offer was on its way. The answer fitted the offer and not the phone, and
/// the phone said that the laptop would not take what it had not been sent yet.
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

/// Another phone's batch made a log go another way between the laptop's answer and the question that came of it, which
/// then brought nothing. The phone gave up, though one more offer would have told.
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

/// A laptop back from a long journey had more logs for another laptop than one batch may name, and every try to send
/// them was refused as too large.
#[test]
fn more_logs_than_a_batch_may_name_are_sent_in_several() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    for number in 0..=limits::RANGES_MAX as u16 {
        let mut epoch = [7; 16];
        epoch[..2].copy_from_slice(&number.to_be_bytes());
        alice.pen.renew(Epoch(epoch));
        alice.write(number);
    }
    let mut session = session_of(&alice);
    let traffic = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(traffic.end, Some(Output::Finished(_))), "{:?}", traffic.end);
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
}

#[test]
fn nonsense_from_a_peer_is_a_failure_and_never_a_panic() {
    let mut alice = Side::new(1);
    (0..3).for_each(|record| alice.write(record));
    let writer = alice.pen.writer();
    let far = Position { seq: u64::MAX, chain: Chain([3; 32]) };
    let nonsense = [
        Reply::Push(BatchAnswer { digest: crate::ClockDigest([0; 32]), runs: vec![] }),
        Reply::Pull(Batch { project: ProjectId([0; 16]), writer, runs: vec![] }),
        Reply::Offer(OfferAnswer {
            digest: crate::ClockDigest([0; 32]),
            clock_wanted: true,
            wanted: vec![Range { writer, after: far, until: Position::START }],
            offered: vec![Range { writer, after: far, until: Position::START }],
            lost: true,
            forks: vec![],
        }),
        Reply::Offer(OfferAnswer {
            digest: crate::ClockDigest([0; 32]),
            clock_wanted: false,
            wanted: vec![Range { writer, after: Position::START, until: far }],
            offered: vec![],
            lost: false,
            forks: vec![super::super::Locator { writer, positions: vec![far] }],
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

#[test]
fn messages_round_trip_through_cbor_and_json() {
    let mut alice = Side::new(1);
    alice.write(1);
    let offer = offer(&alice.log, alice.pen.writer(), None, vec![]).unwrap();
    assert_eq!(from_cbor::<Offer>(&to_cbor(&offer).unwrap()).unwrap(), offer);
    let json = serde_json::to_string(&offer).unwrap();
    assert_eq!(serde_json::from_str::<Offer>(&json).unwrap(), offer);
    let until = alice.log.position(alice.pen.writer()).unwrap();
    let range = Range { writer: alice.pen.writer(), after: Position::START, until };
    let batch = collect(&alice.log, alice.pen.writer(), &[range]).unwrap();
    assert_eq!(from_cbor::<Batch>(&to_cbor(&batch).unwrap()).unwrap(), batch);
    let json = serde_json::to_string(&batch).unwrap();
    assert_eq!(serde_json::from_str::<Batch>(&json).unwrap(), batch);
    assert!(from_cbor::<Batch>(b"\xff").is_err());
}
