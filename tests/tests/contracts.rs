//! What the pages are checked against is what the programs say: `www/contracts` has the description of the laptop's API and
//! of the engine's types, as these programs write them. `make contracts` writes them again, and the types in TypeScript that
//! `www` makes of them.

use std::{env, fs, path::Path};

use serde::Serialize;

fn check(name: &str, description: &impl Serialize) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/contracts").join(name);
    let written = serde_json::to_string_pretty(description).unwrap() + "\n";
    if env::var_os("CHASQUI_WRITE_CONTRACTS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &written).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == written, "www/contracts/{name} is stale: run `make contracts`");
}

#[test]
fn the_pages_know_the_api_of_this_laptop() {
    check("laptop.json", &chasqui_server::describe());
}

#[test]
fn the_pages_know_what_the_engine_says() {
    check("engine.json", &chasqui_client_wasm::describe());
}
