//! The settings of the project, as they reach a phone.

use chasqui_shared::{Change, Photos, Settings};

use super::{harness::Phone, laptop::Laptop};
use crate::MemoryDisk;

#[test]
fn what_managers_decided_reaches_the_phone_and_is_no_observation() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    assert_eq!(alice.settings(), Settings::default());
    let listing = alice.listing("");
    let token = listing["token"].as_str().unwrap().to_owned();
    let decided = Settings { photos: Photos::Scaled { pixels_max: 1_024, quality: 70 } };
    laptop.write_draft(Settings::record(), decided.draft(), Change::Edit);
    alice.engine.wake();
    alice.settle();
    assert_eq!(alice.settings(), decided);
    for token in ["", &token] {
        assert!(alice.listing(token)["views"].as_array().unwrap().is_empty());
    }
    let status = alice.status();
    assert_eq!((status.waiting, status.files.waiting), (0, 0));
    laptop.set_away(true);
    assert_eq!(Phone::start(11, &alice.disk, &laptop).settings(), decided);
}

#[test]
fn a_phone_without_a_project_has_the_usual_settings() {
    let mut alice = Phone::start(10, &MemoryDisk::default(), &Laptop::new(1));
    assert_eq!(alice.settings(), Settings::default());
}
