//! Offers and questions that nobody honest would ask.

use chasqui_shared::{
    Clock, ClockDigest, LogView, MemoryLog, Offer, OfferResponse, Position, Range, Since,
    WantedRequest, from_cbor, limits, respond_to_offer, respond_to_wanted,
};

use super::{
    messages::survives,
    place::{position, range, writer},
    script::{Script, Step},
    side::{Side, cast, charter},
    whole::check_logs,
};

/// Puts offers and questions to a laptop, from the wire and made up.
///
/// # Panics
/// If an answer breaks a limit, cannot be read by the other side, or says what is not so.
pub fn answer(data: &[u8]) {
    let [.., laptop] = cast();
    let mut asked = Asked::new(&laptop);
    let mut script = Script::new(data);
    while let Some(step) = script.next() {
        match step.verb % 8 {
            0 => from_cbor(script.message(step)).into_iter().for_each(|o| answers(&laptop, &o)),
            1 => from_cbor(script.message(step)).into_iter().for_each(|q| gives(&laptop, &q)),
            2 => answers(&laptop, &asked.offer),
            3 => gives(&laptop, &asked.question),
            _ => asked.adds(&laptop, step),
        }
    }
    answers(&laptop, &asked.offer);
    gives(&laptop, &asked.question);
}

/// An offer and a question, as they grow step by step.
struct Asked {
    offer: Offer,
    question: WantedRequest,
}

impl Asked {
    fn new(laptop: &Side) -> Self {
        let offer = Offer {
            project: charter().project(),
            writer: writer(laptop, 0),
            digest: ClockDigest([0; 32]),
            since: None,
            clock: None,
            suspects: Vec::new(),
        };
        Self { offer, question: WantedRequest { project: charter().project(), ranges: Vec::new() } }
    }

    fn adds(&mut self, laptop: &Side, step: Step) {
        let (offer, writer) = (&mut self.offer, writer(laptop, step.a));
        let at = position(laptop, writer, step.b);
        match step.verb % 8 {
            4 => offer.clock.get_or_insert_default().set(writer, at),
            5 => {
                let digest = match step.c % 3 {
                    0 => laptop.clock().digest(),
                    1 => Clock::default().digest(),
                    _ => ClockDigest([step.c; 32]),
                };
                let none = || Since { digest, moved: Clock::default() };
                offer.since.get_or_insert_with(none).moved.set(writer, at);
            }
            6 if offer.suspects.len() < limits::RANGES_MAX => offer.suspects.push(writer),
            7 if self.question.ranges.len() < limits::RANGES_MAX => {
                self.question.ranges.push(range(laptop, step));
            }
            _ => {}
        }
        if step.c == u8::MAX {
            offer.digest = laptop.clock().digest();
        }
    }
}

fn answers(laptop: &Side, offer: &Offer) {
    let Ok(answer) = respond_to_offer(&laptop.log, offer) else { return };
    assert_eq!(answer.digest, laptop.clock().digest());
    let nothing = OfferResponse {
        digest: answer.digest,
        clock_wanted: answer.clock_wanted,
        wanted: Vec::new(),
        offered: Vec::new(),
        lost: false,
        forks: Vec::new(),
    };
    if answer.clock_wanted || answer.digest == offer.digest {
        assert_eq!(answer, nothing, "the same, or not known: nothing else is said");
    }
    for range in &answer.wanted {
        let Ok(held) = laptop.log.position(range.writer);
        assert!(range.after == held && range.until.seq > held.seq, "it lacks what comes after");
    }
    for range in &answer.offered {
        let Ok(held) = laptop.log.position(range.writer);
        assert!(range.until == held && range.after.seq < held.seq, "it has what it offers");
        assert!(is_held(&laptop.log, range.after, range), "and the place before");
    }
    survives(&answer);
}

fn is_held(log: &MemoryLog, at: Position, range: &Range) -> bool {
    let Ok(chain) = log.chain_at(range.writer, at.seq);
    chain == Some(at.chain)
}

fn gives(laptop: &Side, question: &WantedRequest) {
    let sender = laptop.log_writer.writer();
    let Ok(batch) = respond_to_wanted(&laptop.log, sender, question) else { return };
    assert!(batch.is_within_limits(), "a batch keeps its limits");
    survives(&batch);
    let mut newcomer = Side::new(5, true);
    for run in &batch.runs {
        let begins = run.after == Position::START;
        let answer = newcomer.take(run);
        assert!(!begins || answer.refused.is_none(), "what is given from the start is taken");
    }
    check_logs(&newcomer.log);
}
