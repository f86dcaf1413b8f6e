//! Ways to break the code, to show that the judge can fail.
//!
//! Each is played at a seam of the rules, in the store below them or in the driver above them, so
//! that the product has no switches for it.

/// One way to break the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// The store does not remember that a version was named before it came.
    ForgetsNamed,
    /// The store adds heads and takes none away.
    KeepsParentsAsHeads,
    /// The store keeps one head of several.
    DropsHeads,
    /// The store keeps the head that was written last by the wall clock.
    LastWriterWins,
    /// The store does not find where a version is held.
    ForgetsPlaces,
    /// The store does not take the versions of a log's other way.
    DropsOtherWay,
    /// The store names one log too few when it is asked which ones moved.
    ForgetsMove,
    /// The store does not remember what is in quarantine.
    ForgetsQuarantine,
    /// The store does not remember who was named manager.
    ForgetsManagers,
    /// The store does not remember what waits for its author to be named manager.
    ForgetsWaiting,
    /// A laptop answers a batch before the commit.
    AnswersBeforeCommit,
    /// A laptop says that it has all of a batch after half of it.
    AcknowledgesWholeBatch,
    /// A laptop that knows the first entry of a run believes that it knows the rest.
    SkipsAfterKnown,
    /// A laptop tells a clock that is not durable yet.
    TellsVolatileClock,
    /// A laptop does not check signatures.
    TrustsEverySignature,
    /// A laptop believes that it holds an entry because it holds one with the same seq.
    ComparesSeqOnly,
    /// A device goes on in a log that it lost or shares.
    NeverRenews,
    /// A crash leaves the front of a transaction on the disk.
    TearsTransactions,
    /// "Saved" is said before the commit.
    SaysSavedEarly,
    /// An edit does not say what it follows.
    EditsWithoutParents,
    /// A manager's resolve follows the winner alone.
    ResolvesWinnerOnly,
}

impl Mutant {
    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::ForgetsNamed,
        Self::KeepsParentsAsHeads,
        Self::DropsHeads,
        Self::LastWriterWins,
        Self::ForgetsPlaces,
        Self::DropsOtherWay,
        Self::ForgetsMove,
        Self::ForgetsQuarantine,
        Self::ForgetsManagers,
        Self::ForgetsWaiting,
        Self::AnswersBeforeCommit,
        Self::AcknowledgesWholeBatch,
        Self::SkipsAfterKnown,
        Self::TellsVolatileClock,
        Self::TrustsEverySignature,
        Self::ComparesSeqOnly,
        Self::NeverRenews,
        Self::TearsTransactions,
        Self::SaysSavedEarly,
        Self::EditsWithoutParents,
        Self::ResolvesWinnerOnly,
    ];

    /// By its name as it stands here.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mutant| format!("{mutant:?}") == name)
    }
}
