//! Where a store can be compared with and healed from: another laptop, or another data directory.

use std::path::Path;

use chasqui_shared::{
    Batch, Code, Failure, HashMessage, HashRequest, Located, LogView, PlacesRequest, ProjectId,
    Reply, Request, RespondError, VersionId, VersionSet, WantedRequest, offer, respond_to_offer,
    respond_to_wanted,
};

use super::{error::CompareError, examine::audit, report::AuditReport};
use crate::{
    limits,
    peer_sync::{PeerAccess, PeerClient, Watcher, meet},
    store::{Store, StoreError},
};

/// The other store.
pub trait Source {
    /// Its project.
    fn project(&self) -> Result<ProjectId, Failure>;
    /// Entries that it holds, up to the limits of a batch.
    fn changes(&self, question: WantedRequest) -> Result<Batch, Failure>;
    /// Its answer to a message of the hash comparison.
    fn hashes(&self, message: HashMessage) -> Result<HashMessage, Failure>;
    /// In which entries it holds versions; at most [`chasqui_shared::limits::PLACES_MAX`] a
    /// question.
    fn places(&self, versions: Vec<VersionId>) -> Result<Vec<Located>, Failure>;
    /// What an audit of it says.
    fn audit(&self) -> Result<AuditReport, Failure>;
    /// Moves what one side merely lacks: to `store`, and from it where the other side may be
    /// changed. Number of entries.
    fn exchange(&self, store: &Store) -> Result<u64, CompareError>;
}

impl Source for PeerClient {
    fn project(&self) -> Result<ProjectId, Failure> {
        Ok(self.hello()?.hello.charter.project())
    }

    fn changes(&self, question: WantedRequest) -> Result<Batch, Failure> {
        match self.ask(&Request::Pull(question))? {
            Reply::Pull(batch) => Ok(batch),
            _ => Err(Failure::new(Code::BadAnswer, "the peer broke the protocol")),
        }
    }

    fn hashes(&self, message: HashMessage) -> Result<HashMessage, Failure> {
        let project = Source::project(self)?;
        Ok(PeerClient::hashes(self, &HashRequest { project, message })?.message)
    }

    fn places(&self, versions: Vec<VersionId>) -> Result<Vec<Located>, Failure> {
        let project = Source::project(self)?;
        Ok(PeerClient::places(self, &PlacesRequest { project, versions })?.places)
    }

    fn audit(&self) -> Result<AuditReport, Failure> {
        self.order("audit?files=false", limits::AUDIT_TIME_MAX)
    }

    fn exchange(&self, store: &Store) -> Result<u64, CompareError> {
        let watcher = Watcher { progress: &|_| (), files: &|_| (), is_stopping: &|| false };
        Ok(meet(store, &PeerAccess::Verified(self.clone()), None, &watcher)?.moved)
    }
}

/// Another data directory, read and never changed.
#[derive(Debug)]
pub struct Folder {
    store: Store,
    versions: VersionSet,
}

impl Folder {
    /// Opens a directory whose data no process writes.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        let store = Store::open_read_only(directory)?;
        let versions = store.view()?.versions()?;
        Ok(Self { store, versions })
    }
}

impl Source for Folder {
    fn project(&self) -> Result<ProjectId, Failure> {
        Ok(self.store.project())
    }

    fn changes(&self, question: WantedRequest) -> Result<Batch, Failure> {
        let sender = self.store.committed().owner.writer();
        let view = self.store.view().map_err(unreadable)?;
        respond_to_wanted(&view, sender, &question).map_err(|error| match error {
            RespondError::Refused(failure) => failure,
            RespondError::Store(error) => unreadable(error),
        })
    }

    fn hashes(&self, message: HashMessage) -> Result<HashMessage, Failure> {
        self.versions.answer(&message)
    }

    fn places(&self, versions: Vec<VersionId>) -> Result<Vec<Located>, Failure> {
        let view = self.store.view().map_err(unreadable)?;
        let mut places = Vec::new();
        for version in versions {
            let place = view.place(version).map_err(unreadable)?;
            places.extend(place.map(|at| Located { version, writer: at.writer, seq: at.seq }));
        }
        Ok(places)
    }

    fn audit(&self) -> Result<AuditReport, Failure> {
        let view = self.store.view().map_err(unreadable)?;
        Ok(audit(&view).map_err(unreadable)?.report)
    }

    fn exchange(&self, store: &Store) -> Result<u64, CompareError> {
        let mut moved = 0;
        loop {
            let added = self.give(store)?;
            if added == 0 {
                return Ok(moved);
            }
            moved += added;
        }
    }
}

impl Folder {
    /// Gives `store` a batch of what it lacks. A log that went two ways is left to laptops that
    /// meet.
    fn give(&self, store: &Store) -> Result<u64, CompareError> {
        let writer = store.committed().owner.writer();
        let offer = offer(&store.view()?, writer, None, Vec::new())?;
        let answer = respond_to_offer(&self.store.view()?, &offer).map_err(refusal)?;
        if answer.offered.is_empty() {
            return Ok(0);
        }
        let question = WantedRequest { project: store.project(), ranges: answer.offered };
        let answer = store.take(self.changes(question)?).map_err(refusal)?;
        Ok(answer.runs.iter().map(|run| run.added).sum())
    }
}

fn refusal(error: RespondError<StoreError>) -> CompareError {
    match error {
        RespondError::Refused(failure) => failure.into(),
        RespondError::Store(error) => error.into(),
    }
}

fn unreadable(error: StoreError) -> Failure {
    tracing::error!(error = &error as &dyn std::error::Error, "the other data cannot be read");
    Failure::new(Code::FolderUnreadable, format!("the other data cannot be read: {error}"))
}
