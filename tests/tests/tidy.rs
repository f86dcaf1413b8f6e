//! The tree itself: sizes of files, widths of comments, and references that lead somewhere.
//!
//! rustfmt and prettier break code, and leave comments and sentences as they are.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Most lines of a file that are neither blank nor a comment, its unit tests apart.
const CODE_LINES_MAX: usize = 300;
/// A page is handed all of this as one function.
const IN_ONE_PIECE: &str = "tests/browser/harness/landscape.mjs";
/// Written by `make contracts`.
const GENERATED: &str = "www/src/api/types.ts";
/// Widest comment.
const COLUMNS_MAX: usize = 100;
/// Where packages come from is a machine's own business.
const REGISTRIES: [&str; 5] =
    ["npmjs.org", "static.crates", "index.crates", "pythonhosted.org", "artifactory"];

/// A file of the repository, as text.
struct File {
    path: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The paths that git knows, or would take in.
fn paths() -> BTreeSet<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files of its repository");
    let listed = String::from_utf8(listed.stdout).unwrap();
    listed.lines().filter(|path| root().join(path).exists()).map(str::to_owned).collect()
}

fn files(endings: &[&str]) -> Vec<File> {
    let is_of =
        |path: &String| endings.iter().any(|ending| path.ends_with(ending)) && path != GENERATED;
    let read =
        |path: String| fs::read_to_string(root().join(&path)).map(|text| File { path, text });
    paths().into_iter().filter(is_of).map(|path| read(path).unwrap()).collect()
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["//", "/*", "* ", "*/", "<!--", "#"].iter().any(|mark| line.starts_with(mark))
        && !line.starts_with("#[")
        && !line.starts_with("#!")
}

#[track_caller]
fn nothing(found: Vec<String>, what: &str) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn no_file_has_more_code_than_a_reader_takes_in_at_once() {
    let too_long = |file: &File| {
        let code = file.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim().is_empty() && !is_comment(line));
        let lines = lines.count();
        (lines > CODE_LINES_MAX && file.path != IN_ONE_PIECE)
            .then(|| format!("{}: {lines} lines of code", file.path))
    };
    let files = files(&[".rs", ".ts", ".svelte", ".mjs", ".py"]);
    nothing(files.iter().filter_map(too_long).collect(), "split by subject");
}

#[test]
fn no_comment_is_wider_than_the_code() {
    let files = files(&[".rs", ".ts", ".svelte", ".mjs", ".sh", ".py"]);
    let wide = files.iter().flat_map(|file| {
        let lines = file.text.lines().enumerate().filter(|(_, line)| {
            let is_table = line.contains(" | ");
            let is_wide = line.chars().count() > COLUMNS_MAX;
            is_wide && is_comment(line) && !is_table && !line.contains("://")
        });
        lines.map(|(number, _)| format!("{}:{}", file.path, number + 1))
    });
    nothing(wide.collect(), "comments of more than 100 columns");
}

#[test]
fn every_path_that_is_named_is_in_the_tree() {
    let paths = paths();
    let folders = ["client-wasm/", "docs/", "evidence/", "server/", "shared/", "tests/", "www/"];
    let is_there = |named: &str| {
        let folder = format!("{}/", named.trim_end_matches('/'));
        paths.contains(named) || paths.iter().any(|path| path.starts_with(&folder))
    };
    let mut dangling = Vec::new();
    for File { path, text } in files(&[".rs", ".md", ".toml", ".mjs", ".ts", ".sh"]) {
        for quoted in text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)) {
            let is_path = folders.iter().any(|folder| quoted.starts_with(folder))
                && !quoted.contains([' ', '*', '{', '$', '<', '…', '(', ':']);
            let is_made = ["www/dist", "generated"].iter().any(|made| quoted.contains(made));
            if is_path && !is_made && !is_there(quoted) {
                dangling.push(format!("{path}: {quoted}"));
            }
        }
        if path.ends_with(".md") {
            let folder = Path::new(&path).parent().unwrap();
            for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
                let is_local = !link.is_empty() && !link.contains("://") && !link.contains(' ');
                if is_local && !root().join(folder).join(link).exists() {
                    dangling.push(format!("{path}: {link}"));
                }
            }
        }
        if path != "tests/tests/tidy.rs" && text.contains("DESIGN §") {
            dangling.push(format!("{path}: a section of a document that is not here"));
        }
    }
    nothing(dangling, "not in the tree");
}

#[test]
fn no_file_says_where_packages_come_from() {
    let files = files(&[".rs", ".ts", ".mjs", ".md", ".sh", ".json", ".toml", ".lock", ".txt"]);
    let named = files.iter().filter(|file| file.path != "tests/tests/tidy.rs").filter_map(|file| {
        let host = REGISTRIES.iter().find(|host| file.text.contains(*host))?;
        Some(format!("{}: {host}", file.path))
    });
    nothing(named.collect(), "hosts of registries");
}
