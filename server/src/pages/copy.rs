//! Writes the pages into a directory, for a web server in town.
//!
//! It replaces nothing but its own older copies: a list beside the files says what it wrote, and
//! anything else, or anything that was changed since, is left alone together with the whole
//! directory.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    dist::Dist,
    headers::{ENGINE_SCRIPT, HEADERS, caching, security_policy},
};

const LIST: &str = "chasqui-pages.json";
const NOTE: &str = "chasqui-pages.txt";

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// This program carries no pages.
    #[error(
        "this program was built without its pages: build them with `make www`, then build it again"
    )]
    NoPages,
    /// Something in the directory is not of an older copy as it was written.
    #[error(
        "{} was not written by this command, or was changed since: choose an empty folder, or empty this one",
        path.display()
    )]
    NotOurs {
        /// What is there.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{} cannot be read or written", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// What a copy consists of.
#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    /// Of the program that wrote it.
    version: String,
    /// The BLAKE3 hash of each file, in hex, by its path with `/`.
    files: BTreeMap<String, String>,
}

/// Writes the pages into `directory`, which is made if it is not there, and returns how many files
/// they are.
///
/// Refuses a directory with anything in it but an older copy, and has changed nothing then.
pub fn copy_to(directory: &Path) -> Result<usize, CopyError> {
    let pages = Dist::iter()
        .filter_map(|name| Some((name.to_string(), Dist::get(&name)?.data.into_owned())));
    copy(pages.collect(), directory)
}

fn copy(mut files: BTreeMap<String, Vec<u8>>, directory: &Path) -> Result<usize, CopyError> {
    if files.is_empty() {
        return Err(CopyError::NoPages);
    }
    files.insert(NOTE.into(), note().into_bytes());
    fs::create_dir_all(directory).map_err(failed(directory))?;
    let old = read_list(directory)?;
    let mut held = Vec::new();
    check(directory, directory, &old, &mut held)?;
    let hashes = files.iter().map(|(name, data)| (name.clone(), blake3::hash(data).to_string()));
    let new = List { version: env!("CARGO_PKG_VERSION").into(), files: hashes.collect() };
    // What the entry pages name is there before they are.
    let (assets, entries): (Vec<_>, Vec<_>) =
        files.iter().partition(|(name, _)| name.starts_with("assets/"));
    for (name, data) in assets.into_iter().chain(entries) {
        write(&directory.join(name), data)?;
    }
    let path = directory.join(LIST);
    let list = serde_json::to_vec_pretty(&new).map_err(|error| failed(&path)(error.into()))?;
    write(&path, &list)?;
    for name in held.iter().filter(|name| !new.files.contains_key(*name)) {
        let path = directory.join(name);
        fs::remove_file(&path).map_err(failed(&path))?;
    }
    Ok(files.len())
}

fn read_list(directory: &Path) -> Result<List, CopyError> {
    let path = directory.join(LIST);
    match fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).map_err(|_| CopyError::NotOurs { path }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(List::default()),
        Err(source) => Err(CopyError::File { path, source }),
    }
}

/// Gathers the names of all files below `directory`, which is `root` or in it, each as the list of
/// `root` says.
fn check(
    root: &Path,
    directory: &Path,
    list: &List,
    held: &mut Vec<String>,
) -> Result<(), CopyError> {
    for item in fs::read_dir(directory).map_err(failed(directory))? {
        let item = item.map_err(failed(directory))?;
        let path = item.path();
        let kind = item.file_type().map_err(failed(&path))?;
        let inside = path.strip_prefix(root).unwrap_or(&path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        if kind.is_dir() {
            check(root, &path, list, held)?;
        } else if kind.is_file() && name == LIST {
            continue;
        } else if kind.is_file() && is_as_written(&path, list.files.get(&name))? {
            held.push(name);
        } else {
            return Err(CopyError::NotOurs { path });
        }
    }
    Ok(())
}

fn is_as_written(path: &Path, hash: Option<&String>) -> Result<bool, CopyError> {
    let Some(hash) = hash else { return Ok(false) };
    let mut hasher = blake3::Hasher::new();
    let hashed = File::open(path).and_then(|file| hasher.update_reader(file).map(drop));
    hashed.map_err(failed(path))?;
    Ok(hasher.finalize().to_string() == *hash)
}

/// Writes a file whole: a server that is running meanwhile never sends half of it.
fn write(path: &Path, data: &[u8]) -> Result<(), CopyError> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".new");
    let written = path.parent().map_or(Ok(()), fs::create_dir_all);
    let written = written.and_then(|()| fs::write(&unfinished, data));
    written.and_then(|()| fs::rename(&unfinished, path)).map_err(failed(path))
}

fn failed(path: &Path) -> impl Fn(io::Error) -> CopyError {
    move |source| CopyError::File { path: path.to_owned(), source }
}

/// What whoever runs the web server must know.
fn note() -> String {
    let headers = HEADERS.map(|(name, value)| format!("    {name}: {value}"));
    include_str!("note.txt")
        .replace("{{version}}", env!("CARGO_PKG_VERSION"))
        .replace("{{headers}}", &headers.join("\n"))
        .replace("{{policy}}", security_policy(""))
        .replace("{{engine}}", ENGINE_SCRIPT)
        .replace("{{engine_policy}}", security_policy(ENGINE_SCRIPT))
        .replace("{{assets}}", caching("assets/"))
        .replace("{{others}}", caching(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(names: &[&str]) -> BTreeMap<String, Vec<u8>> {
        names.iter().map(|name| ((*name).into(), name.as_bytes().to_vec())).collect()
    }

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(directory)
            .unwrap()
            .map(|item| item.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn an_older_copy_is_replaced_and_its_leftovers_go() {
        let parent = tempfile::tempdir().unwrap();
        let directory = parent.path().join("site");
        copy(pages(&["index.html", "assets/old.js", "gone.js"]), &directory).unwrap();
        fs::remove_file(directory.join("gone.js")).unwrap();
        let count = copy(pages(&["index.html", "sw.js", "assets/new.js"]), &directory).unwrap();
        assert_eq!(count, 4, "three pages and the note");
        assert_eq!(names(&directory.join("assets")), ["new.js"]);
        assert_eq!(names(&directory), ["assets", LIST, NOTE, "index.html", "sw.js"]);
        let note = fs::read_to_string(directory.join(NOTE)).unwrap();
        assert!(note.contains("Content-Security-Policy: default-src 'self'"), "{note}");
        assert!(!note.contains("{{"), "{note}");
    }

    #[test]
    fn a_directory_with_anything_else_in_it_is_left_as_it_is() {
        for (strange, text) in [
            ("thesis.odt", "mine"),
            ("assets/mine.js", "mine"),
            ("index.html", "changed"),
            (LIST, "{\"version\": \"0\", \"files\": 3}"),
        ] {
            let directory = tempfile::tempdir().unwrap();
            copy(pages(&["index.html", "assets/old.js"]), directory.path()).unwrap();
            fs::write(directory.path().join(strange), text).unwrap();
            let refused = copy(pages(&["index.html"]), directory.path()).unwrap_err();
            assert!(matches!(refused, CopyError::NotOurs { .. }), "{strange}: {refused}");
            assert!(refused.to_string().contains(strange), "{refused}");
            assert!(directory.path().join("assets/old.js").exists(), "{strange}");
            assert_eq!(fs::read_to_string(directory.path().join(strange)).unwrap(), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_directory_is_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        let directory = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), directory.path().join("assets")).unwrap();
        let refused = copy(pages(&["assets/new.js"]), directory.path()).unwrap_err();
        assert!(matches!(refused, CopyError::NotOurs { .. }), "{refused}");
        assert!(names(outside.path()).is_empty());
    }

    #[test]
    fn a_program_without_pages_says_so() {
        let directory = tempfile::tempdir().unwrap();
        let refused = copy(BTreeMap::new(), directory.path()).unwrap_err();
        assert!(matches!(refused, CopyError::NoPages));
    }
}
