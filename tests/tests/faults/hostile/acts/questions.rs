//! What it asks.

use chasqui_shared::{
    Chain, Clock, ClockDigest, ContentHash, Offer, PlacesRequest, Position, Range, Since,
    StoredRequest, VersionId, WantedRequest, WriterId, limits,
};
use fastrand::Rng;
use serde_json::json;

use super::{Device, Honest, bytes, one_of};

fn hash(random: &mut Rng) -> [u8; 32] {
    let mut hash = [0; 32];
    random.fill(&mut hash);
    hash
}

fn position(random: &mut Rng) -> Position {
    let seq = one_of(random, &[1, 2, 1_000, 1 << 40, limits::SEQ_MAX]);
    Position { seq, chain: Chain(hash(random)) }
}

/// A log, of an honest phone or of nobody.
fn writer(honest: &[Honest; 2], random: &mut Rng) -> WriterId {
    if random.bool() {
        return honest[random.usize(0..2)].phone.writer();
    }
    let mut writer = [0; 16];
    random.fill(&mut writer);
    WriterId(writer)
}

fn clock(honest: &[Honest; 2], random: &mut Rng, logs: usize) -> Clock {
    let mut clock = Clock::default();
    for _ in 0..logs {
        clock.set(writer(honest, random), position(random));
    }
    clock
}

fn offer(device: &Device, honest: &[Honest; 2], random: &mut Rng) -> Offer {
    let own = device.log_writer.writer();
    Offer {
        project: device.project(),
        writer: if random.bool() { own } else { writer(honest, random) },
        digest: ClockDigest(hash(random)),
        since: None,
        clock: None,
        suspects: Vec::new(),
    }
}

/// Longer logs than there are, logs that went another way, logs of nobody, and suspects among them.
pub fn false_clock(device: &mut Device, honest: &[Honest; 2], random: &mut Rng) {
    let logs = one_of(random, &[0, 3, 300, 2_000]);
    let clock = clock(honest, random, logs);
    let suspects =
        clock.iter().take(random.usize(0..=limits::RANGES_MAX)).map(|(writer, _)| writer);
    let suspects = suspects.collect();
    let offer = Offer { clock: Some(clock), suspects, ..offer(device, honest, random) };
    device.post_cbor("sync/offer", &offer);
}

pub fn false_meeting(device: &mut Device, honest: &[Honest; 2], random: &mut Rng) {
    let logs = random.usize(0..=200);
    let since = Since { digest: ClockDigest(hash(random)), moved: clock(honest, random, logs) };
    let offer = Offer { since: Some(since), ..offer(device, honest, random) };
    device.post_cbor("sync/offer", &offer);
}

pub fn false_ranges(device: &mut Device, honest: &[Honest; 2], random: &mut Rng) {
    let ranges = (0..random.usize(0..=limits::RANGES_MAX + 1))
        .map(|_| {
            let after = if random.bool() { Position::START } else { position(random) };
            Range { writer: writer(honest, random), after, until: position(random) }
        })
        .collect();
    device.post_cbor("changes/wanted", &WantedRequest { project: device.project(), ranges });
}

pub fn noise_of_hashes(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let length = one_of(random, &[0, 1, 40, 4_000, limits::HASH_MESSAGE_BYTES_MAX + 1]);
    let mut message = bytes(random, length);
    if random.bool() && !message.is_empty() {
        // The version of the protocol; a range to the end of everything, and its kind.
        message.splice(..1, [0x61, 0, 0, random.u8(0..4)]);
    }
    let message = data_encoding::BASE64.encode(&message);
    let body = json!({ "project": device.project(), "message": message }).to_string();
    device.post("sync/hashes", body.as_bytes(), "application/json");
}

pub fn unknown_places(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let versions =
        (0..random.usize(0..=limits::PLACES_MAX)).map(|_| VersionId(hash(random))).collect();
    device.post_cbor("sync/places", &PlacesRequest { project: device.project(), versions });
}

pub fn many_held(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let hashes =
        (0..random.usize(1..=limits::HELD_MAX + 1)).map(|_| ContentHash(hash(random))).collect();
    let question = StoredRequest { hashes, to_free: random.bool() };
    let body = serde_json::to_vec(&question).unwrap();
    device.post("media/held", &body, "application/json");
}

pub fn odd_searches(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    for _ in 0..random.usize(1..=4) {
        let query = one_of(
            random,
            &[
                "text=%00",
                "text=%CC%81%CC%81",
                "text=a%20e%20i%20o%20u",
                "from=9999-12-31&to=0000-01-01",
                "bbox=180,-90,-180,90",
                "bbox=nan,0,0,0",
                "limit=0",
                "limit=1000",
                "after=x",
                "zone=Mars",
                "media=missing&limit=1",
                "conflicts=true&limit=3",
                "deleted=true",
                "from=&to=",
            ],
        );
        device.get(&format!("observations?{query}"));
    }
}

pub fn history(device: &mut Device, honest: &[Honest; 2], random: &mut Rng) {
    let writer = honest[random.usize(0..2)].phone.writer();
    let record = format!("{}{:016x}", data_encoding::HEXLOWER.encode(&writer.0[..8]), 1);
    let limit = one_of(random, &["1", "1000", "0", "-1"]);
    device.get(&format!("observations/{record}?limit={limit}"));
    device.get(&format!("records/{record}/custody"));
}
