//! The pages are checked by the compiler against the list of failures: `www/src/engine/codes.ts` is that list.

use std::{env, fs, path::Path};

use chasqui_shared::Code;

/// The list as a type of TypeScript.
fn declared() -> String {
    let codes = Code::ALL.iter().map(|code| format!("\n  | '{code}'")).collect::<String>();
    format!(
        "/**\n * The code of every failure that a laptop or the engine makes.\n *\n * Written by `make codes` from \
         `shared/src/failure/code.rs`. Not to be edited.\n */\nexport type Code ={codes};\n"
    )
}

#[test]
fn the_list_that_the_pages_are_checked_by_is_the_one_of_the_engine() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/src/engine/codes.ts");
    if env::var_os("CHASQUI_WRITE_CODES").is_some() {
        fs::write(&file, declared()).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == declared(), "www/src/engine/codes.ts is stale: run `make codes`");
}
