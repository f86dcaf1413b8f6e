//! A phone's conversation with a laptop whose answers may be late, lost, bent or noise.

use chasqui_shared::{Code, Failure, Input, Reply, from_cbor};

use super::{
    reply::bend,
    script::{Script, Step},
    talk::Talk,
};

/// Feeds a session with the inputs of a script, then lets the laptop be stubborn, and then honest.
///
/// # Panics
/// If the session neither waits, stores nor says anything, asks what a peer cannot read, or does
/// not end.
pub fn session(data: &[u8]) {
    let mut talk = Talk::new();
    let mut script = Script::new(data);
    while let Some(step) = script.next() {
        play(&mut talk, step, &mut script);
    }
    talk.clone().ends_with_a_stubborn_laptop();
    talk.ends_with_an_honest_laptop();
}

fn play(talk: &mut Talk, step: Step, script: &mut Script<'_>) {
    match step.verb % 16 {
        0 => talk.waits(step),
        1 => talk.feed(Input::Wake),
        2 | 3 => talk.laptop_answers(|_, _| {}),
        4 | 5 => {
            let Some(how) = script.next() else { return };
            talk.laptop_answers(|laptop, reply| bend(laptop, reply, how));
        }
        6 => {
            let Some(reply) = from_wire(step, script) else { return };
            talk.laptop_answers(|_, honest| *honest = reply);
        }
        7 => talk.answers_late(step),
        8 | 9 => talk.stores(),
        10 => talk.says_it_stored(step),
        11 => talk.feed(Input::NotStored(Failure::new(Code::StorageFull, "no space is left"))),
        12 => talk.phone.write(step),
        13 => talk.laptop.write(step),
        14 => talk.renews(),
        _ => talk.goes_back(step),
    }
}

fn from_wire(step: Step, script: &mut Script<'_>) -> Option<Reply> {
    let bytes = script.message(step);
    match step.a % 3 {
        0 => from_cbor(bytes).ok().map(Reply::Offer),
        1 => from_cbor(bytes).ok().map(Reply::Push),
        _ => from_cbor(bytes).ok().map(Reply::Pull),
    }
}
