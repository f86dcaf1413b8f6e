//! A laptop as a process of its own.

use std::{
    env::{self, consts::EXE_SUFFIX},
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use chasqui_shared::Charter;
use serde_json::Value;

use crate::{Agent, Base, Founded};

/// A running program; dropped, it is killed.
pub struct Laptop {
    process: Child,
    /// What it says to people; it must be able to say it.
    _said: BufReader<ChildStdout>,
    /// Where it answers its manager.
    pub base: Base,
    agent: Agent,
    log: PathBuf,
}

impl Laptop {
    /// Starts the program over a directory, and returns once it listens.
    pub fn start(data: &Path) -> Self {
        Self::start_by(Command::new(program()), data)
    }

    /// Starts it by a command that takes the arguments of the program.
    pub fn start_by(mut command: Command, data: &Path) -> Self {
        let log = data.with_extension("log");
        let mut process = command
            .args(["serve", "--no-announce", "--http", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(File::options().append(true).create(true).open(&log).unwrap())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}: cargo build -p chasqui-server comes first"));
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let base = said.by_ref().lines().map_while(Result::ok).find_map(|line| {
            let (_, address) = line.split_once("Manager's page: ")?;
            let (url, key) = address.split_once("/manager/#key=")?;
            Some(Base { url: url.to_owned(), key: key.to_owned() })
        });
        match base {
            Some(base) => Self { process, _said: said, base, agent: Agent::new(), log },
            None => panic!("it did not listen: {}", fs::read_to_string(log).unwrap()),
        }
    }

    /// Its number on this machine.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// `kill -9`: nothing is finished, nothing is closed.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// `kill -9` while others still talk with it.
    pub fn kill_now(&self) {
        let killed = Command::new("kill").args(["-9", &self.pid().to_string()]).status();
        assert!(killed.unwrap().success());
    }

    /// Entries that it stores.
    pub fn entries(&self) -> u64 {
        self.agent.get::<Value>(&self.base, "status").unwrap()["entries"].as_u64().unwrap()
    }

    /// Fails if the program came upon a fault of its own and went on.
    pub fn has_not_panicked(&self) {
        let log = fs::read_to_string(&self.log).unwrap();
        assert!(!log.contains("panicked at"), "it panicked");
    }
}

impl Founded for Laptop {
    fn charter(&self) -> Charter {
        self.agent.hello(&self.base).charter
    }
}

impl Drop for Laptop {
    fn drop(&mut self) {
        // It may have been killed before.
        let _ = self.process.kill();
        let _ = self.process.wait();
        if std::thread::panicking() {
            eprintln!("{}", fs::read_to_string(&self.log).unwrap_or_default());
        }
    }
}

/// The program under test: the one that `CHASQUI` names, else the `chasqui` that was built with the
/// running test.
///
/// Cargo builds it only when it is asked to: `cargo build -p chasqui-server` comes first.
pub fn program() -> PathBuf {
    if let Some(path) = env::var_os("CHASQUI") {
        return path.into();
    }
    let test = env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().join(format!("chasqui{EXE_SUFFIX}"))
}
