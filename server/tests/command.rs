//! The `chasqui` program itself: its help, its commands beside the server, and its end.
#![forbid(unsafe_code)]
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "all of this crate is tests, their set-up included")]

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

const SPILLS: &str = "id,lat,lon\n1,1,1\n2,2,2\n3,x,3\n";

fn chasqui(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chasqui"));
    let (name, rest) = arguments.split_first().unwrap();
    command.arg(name).arg("--data").arg(data).args(rest).output().unwrap()
}

#[track_caller]
fn told(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A running server, ended with its test.
struct Serving(Child);

impl Serving {
    /// Starts a server at a free port, and gives the lines that it tells before it serves.
    fn start(data: &Path) -> (Self, Vec<String>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chasqui"))
            .args(["serve", "--http", "127.0.0.1:0", "--no-announce", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut lines: Vec<_> = Vec::new();
        for line in out.lines().map_while(Result::ok) {
            let is_last = line.contains("Ctrl+C");
            lines.push(line);
            if is_last {
                break;
            }
        }
        (Self(child), lines)
    }

    /// Asks it to stop as a service manager does, and waits for its end.
    fn stop(mut self) -> (bool, String) {
        let pid = self.0.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        let ended = self.0.wait().unwrap();
        let mut told = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        (ended.success(), told)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It has ended already, unless its test failed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What is told of the data, but for the room on the disk, which others use as well.
fn status_of(data: &Path) -> String {
    let status = told(chasqui(data, &["status", "--json"]));
    let (before, room) = status.split_once("\"room_bytes\":").expect("the room is told");
    let after = room.trim_start_matches(|digit: char| digit.is_ascii_digit());
    format!("{before}{after}")
}

#[test]
fn commands_answer_the_same_beside_a_server_and_without_one() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("spills.csv");
    std::fs::write(&file, SPILLS).unwrap();
    let file = file.to_str().unwrap();
    let data = directory.path().join("data");

    let (serving, lines) = Serving::start(&data);
    assert!(lines.iter().any(|line| line.contains("/manager/#key=")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("Phones")), "{lines:?}");
    let imported = told(chasqui(&data, &["import", file]));
    assert!(imported.contains("line 4: refused"), "{imported}");
    assert!(imported.contains("added 2, known 0, refused 1; read as UTF-8"), "{imported}");
    let status = status_of(&data);
    assert!(status.contains("\"records\":2,\"versions\":2,\"entries\":2"), "{status}");
    let (success, log) = serving.stop();
    assert!(success, "{log}");

    assert_eq!(status_of(&data), status);
    let again = told(chasqui(&data, &["import", file]));
    assert!(again.contains("added 0, known 2, refused 1"), "{again}");
}

#[test]
fn failures_are_a_sentence_and_an_exit_code() {
    let directory = tempfile::tempdir().unwrap();
    let missing = chasqui(directory.path(), &["import", "/nowhere/at/all.csv"]);
    assert_eq!(missing.status.code(), Some(1));
    let told = String::from_utf8(missing.stderr).unwrap();
    assert!(told.starts_with("chasqui: nothing more was taken from /nowhere/at/all.csv"), "{told}");
    let unknown = chasqui(directory.path(), &["status", "--unknown"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn the_help_names_every_command_and_option() {
    let help = |arguments: &[&str]| {
        told(Command::new(env!("CARGO_BIN_EXE_chasqui")).args(arguments).output().unwrap())
    };
    let whole = help(&["--help"]);
    for command in ["serve", "import", "status", "find", "pages"] {
        assert!(whole.contains(command), "{command}");
    }
    let serve = help(&["serve", "--help"]);
    for option in ["--data", "--http", "--https", "--no-announce", "--ohai"] {
        assert!(serve.contains(option), "{option}");
    }
}
