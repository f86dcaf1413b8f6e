//! What this project is built of: permissive licences, one registry, and no version twice unless it
//! is listed here.
//!
//! The three rules are those of cargo-deny. Building it would take longer than they are worth on
//! two cores, and the advisories that it also reads are a database on the internet.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

/// What may be built in: whoever gets the program owes no more than a notice.
const LICENCES: [&str; 10] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that are there in several versions, and who needs an older one.
const SEVERAL: [(&str, &str); 13] = [
    ("bit-vec", "yasna of rcgen"),
    ("generic-array", "heapless of geo-types"),
    ("getrandom", "ring"),
    ("hash32", "heapless of geo-types"),
    ("heapless", "rstar of geo-types"),
    ("miniz_oxide", "png"),
    ("quick-error", "rusty-fork of proptest"),
    ("rstar", "geo-types, which names six versions"),
    ("syn", "derives that are not on syn 3 yet"),
    ("synstructure", "asn1-rs of rcgen"),
    ("thiserror", "rexie"),
    ("thiserror-impl", "rexie"),
    ("windows-sys", "ring"),
];

/// All packages, also those of other platforms.
fn packages() -> Vec<Value> {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&told.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&told.stderr)));
    metadata["packages"].as_array().unwrap().clone()
}

#[test]
fn every_licence_is_permissive() {
    let permitted: Vec<_> =
        LICENCES.iter().map(|name| spdx::Licensee::parse(name).unwrap()).collect();
    let is_permitted = |expression: &str| {
        let parsed = spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX);
        parsed.unwrap().evaluate(|needed| permitted.iter().any(|has| has.satisfies(needed)))
    };
    for package in packages() {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_permitted(licence), "{} is under {licence:?}", package["name"]);
    }
    for refused in ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "MPL-2.0"] {
        assert!(!is_permitted(refused), "{refused}");
    }
}

#[test]
fn every_package_comes_from_the_one_registry_or_from_here() {
    for package in packages() {
        let source = package["source"].as_str();
        let is_known = source.is_none_or(|source| source.starts_with("registry+"));
        assert!(is_known, "{} comes from {source:?}", package["name"]);
    }
}

#[test]
fn no_crate_is_there_in_several_versions_but_those_that_are_listed() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages() {
        let text = |key: &str| package[key].as_str().unwrap().to_owned();
        versions.entry(text("name")).or_default().insert(text("version"));
    }
    let several = versions.iter().filter(|(_, versions)| versions.len() > 1);
    let several: Vec<&str> = several.map(|(name, _)| &**name).collect();
    assert_eq!(several, SEVERAL.map(|(name, _)| name));
}
