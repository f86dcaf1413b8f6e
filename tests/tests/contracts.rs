//! What the pages are checked against is what the programs say: `www/contracts` has the description
//! of the laptop's API and of the engine's types, as these programs write them. `make contracts`
//! writes them again, and the types in TypeScript that `www` makes of them.

use std::{env, fs, path::Path};

use serde::Serialize;
use serde_json::Value;

fn check(name: &str, description: &impl Serialize) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/contracts").join(name);
    let mut description = serde_json::to_value(description).unwrap();
    join_lines(&mut description);
    let written = serde_json::to_string_pretty(&description).unwrap() + "\n";
    if env::var_os("CHASQUI_WRITE_CONTRACTS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &written).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == written, "www/contracts/{name} is stale: run `make contracts`");
}

/// Where the lines of a doc comment end is nothing that is described.
fn join_lines(value: &mut Value) {
    match value {
        Value::String(text) => {
            let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
            *text = paragraphs.collect::<Vec<_>>().join("\n\n");
        }
        Value::Array(items) => items.iter_mut().for_each(join_lines),
        Value::Object(fields) => fields.values_mut().for_each(join_lines),
        _ => {}
    }
}

#[test]
fn the_pages_know_the_api_of_this_laptop() {
    check("laptop.json", &chasqui_server::describe());
}

#[test]
fn the_pages_know_what_the_engine_says() {
    check("engine.json", &chasqui_client_wasm::describe());
}
