//! A random life of two phones and a laptop: whatever was said to be saved is there in the end,
//! once.

use std::collections::BTreeMap;

use chasqui_shared::RecordId;

use super::{harness::Phone, laptop::Laptop};
use crate::{DiskError, MemoryDisk};

#[test]
fn whatever_was_saved_is_everywhere_in_the_end_and_once() {
    let seed = std::env::var("CHASQUI_SEED").ok().and_then(|text| text.parse().ok());
    let seeds = seed.map_or(0..40, |seed: u64| seed..seed + 1);
    for seed in seeds {
        eprintln!("CHASQUI_SEED={seed}");
        walk(seed);
    }
}

fn walk(seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let laptop = Laptop::new(1);
    let disks = [MemoryDisk::default(), MemoryDisk::default()];
    let mut phones =
        [10, 20].map(|name| Phone::paired(name, &disks[usize::from(name) / 20], &laptop));
    let mut saved: BTreeMap<RecordId, String> = BTreeMap::new();
    for step in 0..120 {
        let side = random.usize(0..2);
        let note = format!("{step}");
        match random.u8(0..12) {
            0..=4 => {
                if random.u8(0..6) == 0 {
                    phones[side].disk.fail_next(DiskError::Full);
                }
                if let Ok(record) = phones[side].try_record(&note) {
                    saved.insert(record, note);
                }
            }
            5 | 6 => edit(&mut phones[side], &mut saved, &mut random, &note),
            7 => laptop.set_away(random.bool()),
            8 => laptop.with(|laptop| laptop.lose_answers = 1),
            9 => {
                let name = phones[side].next_name();
                phones[side] = Phone::start(name, &disks[side], &laptop);
            }
            _ => phones[side].pass(random.u64(0..30_000)),
        }
    }
    laptop.set_away(false);
    for _ in 0..3 {
        for phone in &mut phones {
            phone.engine.network_changed();
            phone.pass(20_000);
        }
    }
    let entries = laptop.with(|laptop| {
        let Ok(clock) = chasqui_shared::LogView::clock(&laptop.log);
        clock.entries()
    });
    for (phone, disk) in phones.iter_mut().zip(&disks) {
        assert_eq!(phone.entries(), entries);
        assert_eq!(phone.status().waiting, 0);
        assert_eq!(phone.list().len(), saved.len());
        let name = phone.next_name();
        assert_eq!(Phone::start(name, disk, &laptop).list(), phone.list());
    }
    assert_eq!(laptop.notes().len(), saved.len());
}

fn edit(
    phone: &mut Phone,
    saved: &mut BTreeMap<RecordId, String>,
    random: &mut fastrand::Rng,
    note: &str,
) {
    let records: Vec<_> = saved.keys().copied().collect();
    if !records.is_empty() {
        // A record of the other phone may not have arrived yet, which is a refusal by name.
        let _ = phone.edit(records[random.usize(0..records.len())], note);
    }
}
