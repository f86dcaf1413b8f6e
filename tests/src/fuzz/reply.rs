//! What a laptop answers, and what a broken or hostile one makes of it.

use chasqui_shared::{
    Admission, Locator, Position, Quarantine, Quarantined, Refusal, Refused, Reply, Request, Role,
    respond_to_batch, respond_to_offer, respond_to_wanted,
};

use super::{
    lie,
    place::{position, range, writer},
    script::Step,
    side::Side,
};

/// The true answer; `None` if the request is refused, which no request of an honest session is.
pub(super) fn honest(laptop: &mut Side, request: &Request) -> Option<Reply> {
    match request {
        Request::Offer(offer) => respond_to_offer(&laptop.log, offer).ok().map(Reply::Offer),
        Request::Pull(question) => {
            respond_to_wanted(&laptop.log, laptop.log_writer.writer(), question)
                .ok()
                .map(Reply::Pull)
        }
        Request::Push(batch) => {
            let fresh_epoch = laptop.fresh_epoch();
            let mut admission = Admission {
                verify: true,
                log_writer: &mut laptop.log_writer,
                fresh_epoch,
                brought_by: Role::Manager,
            };
            let answer = respond_to_batch(&mut laptop.log, &mut admission, batch);
            laptop.log.take_changes();
            answer.ok().map(Reply::Push)
        }
    }
}

/// Bends an answer: the verb says how, the numbers where and how far.
pub(super) fn bend(laptop: &Side, reply: &mut Reply, step: Step) {
    let Step { verb, a, b, c } = step;
    match reply {
        Reply::Offer(answer) => match verb % 8 {
            0 => answer.digest.0[usize::from(b) % 32] ^= c,
            1 => answer.clock_wanted = true,
            2 => answer.wanted.push(range(laptop, step)),
            3 => answer.offered.push(range(laptop, step)),
            4 => answer.lost = true,
            5 => {
                let writer = writer(laptop, a);
                let positions = vec![position(laptop, writer, b), position(laptop, writer, c)];
                answer.forks.push(Locator { writer, positions });
            }
            6 => answer.wanted.clear(),
            _ => (answer.offered, answer.forks) = Default::default(),
        },
        Reply::Push(answer) => {
            if verb % 8 == 0 {
                answer.digest.0[usize::from(b) % 32] ^= c;
            } else if verb % 8 == 1 {
                answer.runs.clear();
            } else if let Some(run) = answer.runs.first_mut() {
                match verb % 8 {
                    2 => run.writer = writer(laptop, a),
                    3 => (run.known, run.added) = (b.into(), c.into()),
                    4 => (run.known, run.added) = (u64::MAX, u64::MAX),
                    5 => run.refused = Some(Refused { seq: b.into(), code: Refusal::Gap }),
                    6 => run.forked_at = Some(b.into()),
                    _ => {
                        let quarantine = Quarantine { code: "said".into(), message: String::new() };
                        run.quarantined.push(Quarantined { seq: b.into(), quarantine });
                    }
                }
            }
        }
        Reply::Pull(batch) => match verb % 8 {
            0 => batch.project.0[0] ^= c,
            1 => batch.runs.clear(),
            2 => batch.runs.extend_from_within(..),
            3 => batch.runs.iter_mut().for_each(|run| run.after = Position::START),
            4 => batch.runs.iter_mut().for_each(|run| run.entries.clear()),
            5 => batch.runs.reverse(),
            _ => batch.runs.iter_mut().take(1).for_each(|run| lie::bend(run, step)),
        },
    }
}
