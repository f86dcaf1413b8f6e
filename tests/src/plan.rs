//! What one seed decides before anything happens: how many replicas there are, and which faults are
//! on.

use fastrand::Rng;

/// The plan of one story.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The seed that it comes from.
    pub seed: u64,
    /// Phones at the beginning.
    pub phones: usize,
    /// Laptops at the beginning.
    pub laptops: usize,
    /// How many things people do before it becomes quiet.
    pub acts: u32,
    /// What the logs look like at the beginning.
    pub shape: Shape,
    /// Whether laptops check signatures. Most seeds do without, because checking takes most of
    /// their time.
    pub verify: bool,
    /// Whether laptops remember moves of their clock over a restart, and phones do not.
    pub laptops_remember_moves: bool,
    /// Whether the first laptop names all others manager before anything else happens.
    pub named_at_once: bool,
    /// What goes wrong.
    pub faults: Faults,
}

/// What the logs look like at the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Empty.
    Empty,
    /// Empty, and notes are so long that a batch holds only some of them.
    LongNotes,
    /// One log is longer than a batch.
    LongLog,
    /// There are more logs than one offer may name.
    ManyLogs,
}

/// How often each fault happens. A rate of 0 is off.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// Messages that never arrive, per mille.
    pub lost: u32,
    /// Requests that arrive twice, per mille.
    pub doubled: u32,
    /// Messages cut at any byte, per mille.
    pub cut: u32,
    /// Pushed batches and drives with one byte changed, per mille. Only where signatures are
    /// checked.
    pub tampered: u32,
    /// Longest delay of a message, in milliseconds; more than a request may take is possible.
    pub delay_ms_max: u64,
    /// Crashes just before a commit is durable, per mille of commits.
    pub crash_before_commit: u32,
    /// Crashes just after a commit is durable and before anybody hears of it, per mille of commits.
    pub crash_after_commit: u32,
    /// Weight of a crash at any other time, among what happens.
    pub crash: u32,
    /// Weight of a wall clock that jumps.
    pub clock_jump: u32,
    /// Weight of a wiped phone.
    pub wipe: u32,
    /// Weight of a backup being taken or put back.
    pub restore: u32,
    /// Weight of a disk that is copied into another device.
    pub clone: u32,
    /// Weight of a drive being written or read.
    pub drive: u32,
    /// Weight of a device that logs what is not its own, or is forbidden, newer or noise.
    pub forge: u32,
    /// Weight of a manager who deletes.
    pub delete: u32,
    /// Weight of a manager who resolves.
    pub resolve: u32,
    /// Weight of a laptop that names another manager.
    pub naming: u32,
}

impl Plan {
    /// The plan of a seed. Each fault is on in about half of all seeds, so that some seeds meet it
    /// alone.
    pub fn of(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed ^ 0x9e37_79b9_7f4a_7c15);
        let verify = seed.is_multiple_of(16);
        let shape = match random.u32(..400) {
            0 => Shape::LongLog,
            1 => Shape::ManyLogs,
            2..6 => Shape::LongNotes,
            _ => Shape::Empty,
        };
        Self {
            seed,
            phones: random.usize(1..=6),
            laptops: random.usize(1..=3),
            acts: random.u32(30..=80),
            shape,
            verify,
            laptops_remember_moves: random.bool(),
            faults: Faults::of(&mut random, verify),
            named_at_once: random.bool(),
        }
    }
}

impl Faults {
    fn of(random: &mut Rng, verify: bool) -> Self {
        Self {
            lost: some(random, 300),
            doubled: some(random, 200),
            cut: some(random, 200),
            tampered: if verify { some(random, 200) } else { 0 },
            delay_ms_max: [20, 500, 5_000, 45_000][random.usize(..4)],
            crash_before_commit: some(random, 100),
            crash_after_commit: some(random, 100),
            crash: some(random, 8),
            clock_jump: some(random, 8),
            wipe: some(random, 5),
            restore: some(random, 12),
            clone: some(random, 3),
            drive: some(random, 12),
            forge: some(random, 8),
            delete: some(random, 8),
            resolve: some(random, 12),
            naming: some(random, 4),
        }
    }
}

fn some(random: &mut Rng, max: u32) -> u32 {
    if random.bool() { random.u32(1..=max) } else { 0 }
}
