//! Machines with networks of their own, inside this one: a network namespace each, joined by cables
//! (`veth`). Nothing that runs in them can reach the real network.
//!
//! Made by `ip`, so only root can; everything is removed when it is dropped.

use std::{
    future::Future,
    process::{Child, Command},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Instant,
};

use crate::discovery::village::PATIENCE;

static MADE: AtomicU32 = AtomicU32::new(0);

/// One machine. Without the right to make one, this very machine.
#[derive(Debug)]
pub struct Machine {
    namespace: Option<String>,
}

impl Machine {
    /// A machine that has only its loopback; `None` where that is not allowed.
    pub fn alone() -> Option<Self> {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("chasqui-{}-{number}", std::process::id());
        let is_made = run_ip(&["netns", "add", &name]);
        // From here on it is removed again, whatever follows.
        let machine = is_made.then_some(Self { namespace: Some(name) })?;
        machine.ip(&["link", "set", "lo", "up"]);
        machine.ip(&["link", "set", "lo", "multicast", "on"]);
        Some(machine)
    }

    /// A machine of its own where that is allowed, else this one; says which.
    pub fn alone_or_this_one() -> Self {
        let machine = Self::alone().unwrap_or(Self { namespace: None });
        match &machine.namespace {
            Some(name) => eprintln!("in the network namespace {name}"),
            None => eprintln!("on the loopback of this machine: no right to make a namespace"),
        }
        machine
    }

    /// Joins two machines by a cable; the first has `10.77.0.1/24` or the like on it.
    pub fn join(&self, own: &str, other: &Self, others: &str) {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let (near, far) = (format!("near{number}"), format!("far{number}"));
        let namespace = other.namespace.as_deref().expect("both machines are namespaces");
        let pair = ["type", "veth", "peer", "name", &far, "netns", namespace];
        self.ip(&[&["link", "add", &near][..], &pair[..]].concat());
        for (machine, end, address) in [(self, &near, own), (other, &far, others)] {
            machine.ip(&["addr", "add", address, "dev", end]);
            machine.ip(&["link", "set", end, "up"]);
        }
        // The kernel sees the other end of a new cable only after a while.
        let deadline = Instant::now() + PATIENCE;
        while !(self.is_plugged_in(&near) && other.is_plugged_in(&far)) {
            assert!(Instant::now() < deadline, "the cable stays dead");
        }
    }

    /// Replaces the address that it was given when it was joined; `old` and `new` are like
    /// `10.77.0.1/24`.
    pub fn move_to(&self, old: &str, new: &str) {
        let end = self.end_with(old);
        // The first address of a network takes the later ones with it when it goes.
        self.ip(&["addr", "del", old, "dev", &end]);
        self.ip(&["addr", "add", new, "dev", &end]);
    }

    /// Pulls out the cable with this address, or plugs it in again.
    pub fn set_cable(&self, address: &str, is_plugged_in: bool) {
        let state = if is_plugged_in { "up" } else { "down" };
        self.ip(&["link", "set", &self.end_with(address), state]);
    }

    /// The interface that has this address.
    fn end_with(&self, address: &str) -> String {
        let namespace = self.namespace.as_deref().expect("the machine is a namespace");
        let arguments = ["-n", namespace, "-o", "addr", "show", "to", address];
        let shown = Command::new("ip").args(arguments).output().unwrap();
        // A line of it is `7: near3@if2    inet 10.77.0.1/24 scope …`.
        let shown = String::from_utf8(shown.stdout).unwrap();
        let end = shown.split_whitespace().nth(1).expect("an interface has the address");
        end.split('@').next().unwrap_or(end).to_owned()
    }

    /// Runs `program` inside, on a thread of its own with a runtime of its own.
    pub fn start<F, T>(&self, program: impl FnOnce() -> F + Send + 'static) -> thread::JoinHandle<T>
    where
        F: Future<Output = T>,
        T: Send + 'static,
    {
        let namespace = self.namespace.clone();
        thread::spawn(move || {
            if let Some(name) = namespace {
                enter(&name);
            }
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(program())
        })
    }

    /// As [`Self::start`], and waits for what comes out.
    pub fn run<F, T>(&self, program: impl FnOnce() -> F + Send + 'static) -> T
    where
        F: Future<Output = T>,
        T: Send + 'static,
    {
        self.start(program).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// Runs a program inside.
    pub fn spawn(&self, mut command: Command) -> Child {
        let namespace = self.namespace.clone();
        let spawning = thread::spawn(move || {
            if let Some(name) = namespace {
                enter(&name);
            }
            command.spawn()
        });
        let spawned = spawning.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        spawned.unwrap_or_else(|error| panic!("{error}: cargo build -p chasqui-server comes first"))
    }

    fn is_plugged_in(&self, end: &str) -> bool {
        let namespace = self.namespace.as_deref().expect("the machine is a namespace");
        let shown = Command::new("ip").args(["-n", namespace, "link", "show", end]).output();
        String::from_utf8_lossy(&shown.unwrap().stdout).contains("state UP")
    }

    fn ip(&self, arguments: &[&str]) {
        let namespace = self.namespace.as_deref().expect("the machine is a namespace");
        let arguments = [&["-n", namespace], arguments].concat();
        assert!(run_ip(&arguments), "ip {}", arguments.join(" "));
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if let Some(name) = &self.namespace {
            run_ip(&["netns", "del", name]);
        }
    }
}

fn run_ip(arguments: &[&str]) -> bool {
    Command::new("ip").args(arguments).output().is_ok_and(|output| output.status.success())
}

/// Moves this thread, and those that it starts from now on, into a namespace.
#[cfg(target_os = "linux")]
fn enter(namespace: &str) {
    use std::{fs::File, os::fd::AsFd};

    use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

    let file = File::open(format!("/run/netns/{namespace}")).unwrap();
    move_into_link_name_space(file.as_fd(), Some(LinkNameSpaceType::Network)).unwrap();
}

#[cfg(not(target_os = "linux"))]
fn enter(_: &str) {
    unreachable!("only Linux makes namespaces");
}
