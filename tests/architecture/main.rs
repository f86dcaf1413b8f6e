//! Who imports whom: no circle, nothing upward, and the layers of [`layers`].
//!
//! A module stands for its file. An import counts as it is written: `super::Name` is an import of
//! the folder's own file, so that what a folder's files share has a file of its own. Tests are left
//! out.

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "all of this crate is a test")]

mod imports;
mod layers;
mod rules;

use std::path::Path;

use imports::Imports;
use layers::{CRATES, Rules};

fn imports_of(rules: &Rules) -> Imports {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(rules.name).join("src");
    Imports::read(&source)
}

#[test]
fn imports_make_no_circle_and_run_down_the_layers() {
    let broken: Vec<_> = CRATES.iter().flat_map(|rules| rules.broken(&imports_of(rules))).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Plants each kind of mistake in a house of a few files.
#[test]
fn every_kind_of_wrong_import_is_found() {
    let planted = |files: &[(&str, &str)]| {
        let rules = Rules {
            name: "planted",
            layers: &[&["top"], &["left", "right"], &["ground"]],
            foreign: &[("axum", &["top"])],
            excepted: &[],
        };
        let mods = "mod top; mod left; mod right; mod ground;";
        let all = [
            ("lib.rs", mods),
            ("top.rs", ""),
            ("left.rs", ""),
            ("right.rs", ""),
            ("ground.rs", ""),
        ];
        let rest = all.iter().filter(|(path, _)| {
            let folder = path.replace(".rs", "/mod.rs");
            files.iter().all(|(planted, _)| planted != path && *planted != folder)
        });
        rules.broken(&Imports::of(files.iter().chain(rest).copied()))
    };
    assert_eq!(planted(&[("top.rs", "use crate::ground::Stone;")]), Vec::<String>::new());
    let store = ("left/mod.rs", "mod a; mod b; pub use a::A; pub struct Here;");
    for (what, files) in [
        (
            "a circle of files",
            &[store, ("left/a.rs", "use super::b::B;"), ("left/b.rs", "use super::a::A;")][..],
        ),
        (
            "a circle in a body",
            &[
                store,
                ("left/a.rs", "fn f() { super::b::g() }"),
                ("left/b.rs", "fn g() { super::a::f() }"),
            ],
        ),
        (
            "a circle in a macro",
            &[store, ("left/a.rs", "say!(super::b::B);"), ("left/b.rs", "use super::a::A;")],
        ),
        (
            "a circle of folders",
            &[
                ("left/mod.rs", "mod a; mod b;"),
                ("left/a/mod.rs", "mod x; mod y;"),
                ("left/b/mod.rs", "mod x; mod y;"),
                ("left/a/x.rs", "use crate::left::b::y::Y;"),
                ("left/b/x.rs", "use crate::left::a::y::Y;"),
                ("left/a/y.rs", ""),
                ("left/b/y.rs", ""),
            ],
        ),
        ("an import of the parent", &[store, ("left/a.rs", ""), ("left/b.rs", "use super::Here;")]),
        ("an import upward", &[("ground.rs", "use crate::top::Roof;")]),
        ("an import of a neighbour", &[("left.rs", "use crate::right::Wall;")]),
        ("a glob", &[("top.rs", "use crate::ground::*;")]),
        ("a foreign crate out of place", &[("ground.rs", "use axum::Router;")]),
        ("a file beside its folder", &[("left.rs", "mod a;"), ("left/a.rs", "")]),
        ("a folder without a layer", &[("lib.rs", "mod top; mod attic;"), ("attic.rs", "")]),
    ] {
        assert!(!planted(files).is_empty(), "{what} is not found");
    }
    let test = "#[cfg(test)] mod tests { use super::*; use crate::top::Roof; }";
    assert_eq!(planted(&[("ground.rs", test)]), Vec::<String>::new(), "tests may");
}
