//! The comparison by hashes, with a peer that is honest, damaged or noise.

use std::{ops::Range, sync::LazyLock};

use chasqui_shared::{Comparison, Difference, Failure, HashMessage, VersionId, VersionSet, limits};

use super::{
    messages::survives,
    script::{Script, Step},
};

/// Most messages of a comparison of sets of this size.
const MESSAGES_MAX: usize = 40;

/// Compares two sets whose messages are bent on the way as the script says, or replaced by what is
/// on the wire.
///
/// # Panics
/// If a side panics, a message is too long, or an honest comparison finds anything but the
/// difference.
pub fn hashes(data: &[u8]) {
    let mut script = Script::new(data);
    let Some(step) = script.next() else { return };
    let (mine, theirs) = (&SETS[usize::from(step.a) % 4], &SETS[usize::from(step.b) % 4]);
    match step.verb % 3 {
        0 => honest(mine, theirs),
        1 => drop(bent(mine, theirs, &mut script)),
        _ => noise(mine, theirs, script.message(Step { verb: 0, a: 0, b: u8::MAX, c: u8::MAX })),
    }
}

/// A set as a range of numbers, and ready to be compared.
struct Set {
    numbers: Range<u16>,
    versions: VersionSet,
}

/// None, few, many, and most of those and others.
static SETS: LazyLock<[Set; 4]> = LazyLock::new(|| {
    [0..0, 5..10, 0..700, 20..900].map(|numbers: Range<u16>| Set {
        versions: VersionSet::of(numbers.clone().map(version)),
        numbers,
    })
});

/// Scattered, as hashes are.
fn version(number: u16) -> VersionId {
    VersionId(*blake3::hash(&number.to_be_bytes()).as_bytes())
}

fn honest(mine: &Set, theirs: &Set) {
    let (mut comparison, message) =
        Comparison::begin(&mine.versions).expect("a set can be compared");
    let mut next = Some(message);
    for _ in 0..MESSAGES_MAX {
        let Some(message) = next else { break };
        check(&message);
        let reply = theirs.versions.answer(&message).expect("an honest message is answered");
        check(&reply);
        next = comparison.next(&reply).expect("an honest reply is read");
    }
    let only = |one: &Set, other: &Set| {
        let numbers = one.numbers.clone().filter(|number| !other.numbers.contains(number));
        let mut versions: Vec<_> = numbers.map(version).collect();
        versions.sort_unstable();
        versions
    };
    let (here_only, there_only) = (only(mine, theirs), only(theirs, mine));
    assert_eq!(comparison.finish(), Difference { here_only, there_only });
}

fn bent(mine: &Set, theirs: &Set, script: &mut Script<'_>) -> Result<(), Failure> {
    let (mut comparison, mut message) = Comparison::begin(&mine.versions)?;
    while let Some(step) = script.next() {
        let reply = theirs.versions.answer(&changed(message, step))?;
        check(&reply);
        let reply = script.next().map_or(reply.clone(), |step| changed(reply, step));
        let Some(next) = comparison.next(&reply)? else { break };
        check(&next);
        message = next;
    }
    let found = comparison.finish();
    assert!(found.here_only.is_sorted_by(|a, b| a < b), "ascending, each once");
    Ok(())
}

fn noise(mine: &Set, theirs: &Set, bytes: &[u8]) {
    let Some(message) = message(bytes.to_vec()) else { return };
    if let Ok(reply) = theirs.versions.answer(&message) {
        check(&reply);
    }
    let (mut comparison, _) = Comparison::begin(&mine.versions).expect("a set can be compared");
    if let Ok(Some(next)) = comparison.next(&message) {
        check(&next);
    }
}

/// A message as it is after the wire changed, cut or repeated something.
fn changed(message: HashMessage, step: Step) -> HashMessage {
    let mut bytes = message.as_slice().to_vec();
    let at = usize::from(u16::from_be_bytes([step.b, step.c])) % bytes.len().max(1);
    match step.verb % 5 {
        0 => {}
        1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= step.a),
        2 => bytes.truncate(at),
        3 => bytes.insert(at, step.a),
        _ => bytes.extend_from_within(at..),
    }
    self::message(bytes).unwrap_or(message)
}

/// A message that says these bytes; `None` if they are too many.
fn message(bytes: Vec<u8>) -> Option<HashMessage> {
    let json = format!("\"{}\"", data_encoding::BASE64.encode(&bytes));
    serde_json::from_str(&json).ok()
}

fn check(message: &HashMessage) {
    assert!(
        message.as_slice().len() <= limits::HASH_MESSAGE_BYTES_MAX,
        "a message is not too long"
    );
    survives(message);
}
