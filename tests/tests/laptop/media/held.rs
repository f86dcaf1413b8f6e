//! To be told that a laptop holds a file is what a phone gives up its own copy for: it is true at
//! that moment.

use std::{fs, path::PathBuf};

use super::*;

const FILE: &[u8] = b"a photo of a spill";

fn on_disk(app: &Laptop, file: &[u8]) -> PathBuf {
    let name = hash(file);
    app.directory().join(format!("media/blobs/{}/{name}", &name[..2]))
}

async fn asked(app: &Laptop, to_free: bool) -> Value {
    let question = json!({ "hashes": [hash(FILE)], "to_free": to_free });
    app.post_json("/api/v1/media/held", &question).await.ok().json()
}

#[tokio::test]
async fn a_file_that_is_gone_cut_or_altered_is_not_held_and_comes_again() {
    type Act = fn(&std::path::Path);
    let acts: [(&str, Act); 4] = [
        ("gone", |path| fs::remove_file(path).unwrap()),
        ("cut", |path| fs::write(path, &FILE[1..]).unwrap()),
        ("altered", |path| fs::write(path, [b"A", &FILE[1..]].concat()).unwrap()),
        ("a directory", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }),
    ];
    for (what, act) in acts {
        for (way, is_read_first) in [("asked", false), ("read, then asked", true)] {
            let app = Laptop::start();
            assert_eq!(begin(&app, FILE, FILE).await.status, 201);
            assert_eq!(held(&app, FILE).await, json!({ "held": [hash(FILE)] }));
            act(&on_disk(&app, FILE));
            if is_read_first {
                let read = app.get(&format!("{MEDIA}/{}", hash(FILE))).await;
                assert!(!read.status.is_success(), "{what}: altered bytes go to nobody");
            }
            let told = asked(&app, false).await;
            assert_eq!(told, json!({ "held": [] }), "{what}, {way}");
            assert_eq!(app.status().await["media"]["here_bytes"], 0, "{what}, {way}");
            if what != "a directory" {
                assert_eq!(begin(&app, FILE, FILE).await.status, 201);
                assert_eq!(held(&app, FILE).await, json!({ "held": [hash(FILE)] }), "{what}");
                let read = app.get(&format!("{MEDIA}/{}", hash(FILE))).await.ok();
                assert_eq!(&read.body[..], FILE, "{what}");
            }
        }
    }
}

/// The disk says nothing of what went wrong: the same length, the same time.
#[tokio::test]
async fn before_a_phone_gives_up_its_copy_the_file_is_hashed_again_after_a_start() {
    let app = Laptop::start();
    assert_eq!(begin(&app, FILE, FILE).await.status, 201);
    assert_eq!(asked(&app, true).await, json!({ "held": [hash(FILE)] }), "it was hashed just now");
    let app = app.restart();
    assert_eq!(asked(&app, true).await, json!({ "held": [hash(FILE)] }));
    let path = on_disk(&app, FILE);
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let directory = app.stop();
    fs::write(&path, [b"A", &FILE[1..]].concat()).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let app = Laptop::start_in(directory);
    assert_eq!(asked(&app, true).await, json!({ "held": [] }));
    assert_eq!(asked(&app, false).await, json!({ "held": [] }), "and it stays so");
    let app = app.restart();
    assert_eq!(asked(&app, false).await, json!({ "held": [] }), "after a restart, too");
}
