//! The real program on one of the machines.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
};

use chasqui_harness::process::program;
use tempfile::TempDir;

use crate::discovery::{village::PATIENCE, wifi::Machine};

/// A laptop that serves until it is dropped.
pub struct Serving {
    process: Child,
    said: Receiver<String>,
    before: Vec<String>,
    directory: TempDir,
}

impl Serving {
    /// Starts `chasqui serve` over new data, and waits until it listens.
    pub fn on(machine: &Machine, arguments: &[&str]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut command = chasqui("serve", arguments);
        command.arg("--data").arg(directory.path()).stdout(Stdio::piped());
        let mut process = machine.spawn(command);
        let (saying, said) = mpsc::channel();
        let out = BufReader::new(process.stdout.take().unwrap());
        thread::spawn(move || {
            // Ends with the program, or with the test.
            out.lines().map_while(Result::ok).try_for_each(|line| saying.send(line))
        });
        let mut serving = Self { process, said, before: Vec::new(), directory };
        serving.before = serving.wait_for("Ctrl+C");
        serving
    }

    /// What the program said until it listened, line by line.
    pub fn before(&self) -> &[String] {
        &self.before
    }

    /// Waits until the program says a line with these words in it, and returns those before it.
    pub fn wait_for(&self, words: &str) -> Vec<String> {
        let mut before = Vec::new();
        loop {
            let line = self.said.recv_timeout(PATIENCE).expect(words);
            if line.contains(words) {
                return before;
            }
            before.push(line);
        }
    }

    /// Its data directory.
    pub fn data(&self) -> &Path {
        self.directory.path()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs a command of the program to its end.
pub fn run(machine: &Machine, name: &str, arguments: &[&str]) -> Output {
    let mut command = chasqui(name, arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    machine.spawn(command).wait_with_output().unwrap()
}

fn chasqui(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.arg(name).args(arguments);
    command
}
