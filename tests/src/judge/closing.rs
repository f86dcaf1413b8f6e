//! What must hold when everything has been quiet: nothing is lost, and all say the same.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{ClockDigest, LogOwner, LoggedEntry, ProjectId, RecordId, VersionId};

use super::{Holding, Intent, Judge, Verdict, Violation, hold, is_whole};

/// What a replica says at the end.
#[derive(Debug)]
pub(crate) struct Testimony {
    /// The project of its logs.
    pub(crate) project: ProjectId,
    /// The digest of its clock.
    pub(crate) digest: ClockDigest,
    /// Its logs, whole.
    pub(crate) logs: Vec<(LogOwner, Vec<LoggedEntry>)>,
    /// For each version that it holds, the bytes' hash that is found at its place.
    pub(crate) places: BTreeMap<VersionId, Option<VersionId>>,
    /// The heads of each record.
    pub(crate) heads: BTreeMap<RecordId, Vec<VersionId>>,
    /// For each record, which head is shown first, and all that is shown as JSON.
    pub(crate) views: BTreeMap<RecordId, (VersionId, String)>,
}

impl Judge {
    /// Hears all replicas after the quiet phase.
    pub(crate) fn close(&self, testimonies: &[Testimony]) -> Verdict {
        let mut surviving = Holding::default();
        for witness in &self.witnesses {
            for (&version, &shown) in &witness.disk.versions {
                surviving.add(version, shown);
            }
        }
        for (replica, testimony) in testimonies.iter().enumerate() {
            let name = &self.witnesses[replica].name;
            let found = |violation: Violation| Violation(format!("{name}: {violation}"));
            self.nothing_lost(&surviving, testimony).map_err(found)?;
            self.heads_are_true(&surviving, testimony).map_err(found)?;
            logs_are_whole(testimony).map_err(found)?;
            places_are_true(testimony).map_err(found)?;
            let first = &testimonies[0];
            let agree = first.digest == testimony.digest
                && first.heads == testimony.heads
                && first.views == testimony.views
                && first.places.keys().eq(testimony.places.keys());
            hold(agree, || format!("{name} and {} do not say the same", self.witnesses[0].name))?;
        }
        Ok(())
    }

    fn nothing_lost(&self, surviving: &Holding, testimony: &Testimony) -> Verdict {
        for &version in surviving.versions.keys() {
            hold(testimony.places.contains_key(&version), || {
                let acknowledged = self.acknowledged.contains(&version);
                let promise = if acknowledged { ", which was acknowledged," } else { "" };
                format!("{version:?}{promise} is lost")
            })?;
        }
        for &version in testimony.places.keys() {
            hold(self.history.get(version).is_some(), || format!("nobody wrote {version:?}"))?;
        }
        Ok(())
    }

    fn heads_are_true(&self, surviving: &Holding, testimony: &Testimony) -> Verdict {
        for record in self.history.records() {
            let truth = self.history.heads(surviving, record);
            let named = testimony.heads.get(&record).map(Vec::as_slice).unwrap_or_default();
            hold(truth == named, || {
                format!("the heads of {record:?} are {truth:?}, and {named:?} are named")
            })?;
            let winner = self.history.winner(&truth);
            let shown = testimony.views.get(&record).map(|(winner, _)| *winner);
            hold(winner == shown, || {
                format!("{record:?} shows {shown:?} first, and should show {winner:?}")
            })?;
        }
        Ok(())
    }

    /// How many versions were written that may be shown, and how many of them were acknowledged.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let written = self
            .history
            .records()
            .flat_map(|record| self.history.of(record))
            .filter(|written| written.intent != Intent::Foul)
            .count();
        (written, self.acknowledged.len())
    }
}

fn logs_are_whole(testimony: &Testimony) -> Verdict {
    for (owner, entries) in &testimony.logs {
        hold(is_whole(testimony.project, *owner, entries), || {
            format!("the log of {:?} is not whole", owner.device)
        })?;
        let mut versions = BTreeSet::new();
        let own =
            |logged: &&LoggedEntry| logged.quarantine.is_none() && logged.entry.origin.is_none();
        for logged in entries.iter().filter(own) {
            let (id, writer) = (logged.entry.version.id(), logged.entry.writer);
            hold(versions.insert(id), || format!("the log {writer:?} holds {id:?} twice"))?;
        }
    }
    Ok(())
}

fn places_are_true(testimony: &Testimony) -> Verdict {
    for (version, found) in &testimony.places {
        hold(*found == Some(*version), || format!("{version:?} is said to be where {found:?} is"))?;
    }
    Ok(())
}
