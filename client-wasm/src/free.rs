//! Making room on the phone: files that a laptop has leave, their records stay.
//!
//! A file leaves only when a person asks, and only if the laptop that is there at this moment answers that it holds it,
//! durable. That laptop must also have every version that names the file: to one that knows of no record, the file would be
//! a stray.

use std::collections::BTreeSet;

use chasqui_shared::{
    Clock, ContentHash, Failure, HeldQuestion,
    limits::{HELD_MAX, REQUEST_TIMEOUT_MS},
};

use crate::{
    disk::Disk,
    engine::Engine,
    files::FileSum,
    host::Host,
    ledger::Ledger,
    reach::Peer,
    transport::{Transport, away},
};

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// What [`Engine::free_space`] may remove, if the laptop still holds it.
    pub async fn freeable(&self) -> Result<FileSum, Failure> {
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let Ok(ledger) = state.ledger() else { return Ok(FileSum::default()) };
        let bound = media_beyond(ledger, Some(ledger.confirmed()));
        Ok(state.files.freeable(&bound).into_iter().map(|(_, bytes)| bytes).collect())
    }

    /// Asks the laptop that is there which of these files it holds, and removes those that it names, in one transaction. What
    /// it was thought to hold and does not is sent again.
    ///
    /// Fails with `laptop_away`, and as [`Engine::record`]; nothing is removed then.
    pub async fn free_space(&self) -> Result<FileSum, Failure> {
        let peer = self.vouched_peer().await.map_err(away)?;
        let asked = {
            let mut slot = self.state.lock().await;
            let state = self.loaded(&mut slot).await?;
            state.files.freeable(&BTreeSet::new())
        };
        let asked: Vec<_> = asked.into_iter().map(|(hash, _)| hash).collect();
        let held = self.ask_which_held(&peer, &asked).await.map_err(away)?;
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let laptop = peer.hello.device;
        let meeting = state.meeting(laptop).cloned();
        let bound = media_beyond(state.ledger()?, meeting.as_ref());
        let (mut leave, mut stay) = (state.files.freeable(&bound), Vec::new());
        leave.retain(|(hash, _)| held.contains(hash));
        stay.extend(asked.into_iter().filter(|hash| !held.contains(hash)));
        leave.iter().for_each(|(hash, _)| {
            state.files.note_held(*hash, laptop);
            state.files.free(*hash);
        });
        stay.iter().for_each(|hash| state.files.note_missing(*hash, laptop));
        self.commit(&mut slot).await?;
        drop(slot);
        self.host.changed();
        if !stay.is_empty() {
            self.wake();
        }
        Ok(leave.into_iter().map(|(_, bytes)| bytes).collect())
    }

    /// Which of these files a laptop says that it holds.
    pub(crate) async fn ask_which_held(
        &self,
        peer: &Peer,
        files: &[ContentHash],
    ) -> Result<BTreeSet<ContentHash>, Failure> {
        let mut held = BTreeSet::new();
        for hashes in files.chunks(HELD_MAX) {
            let question = HeldQuestion { hashes: hashes.to_vec() };
            let answer = self.transport.held(&peer.base, &peer.token, &question);
            let answer = self.answered_in(REQUEST_TIMEOUT_MS, answer).await;
            // A laptop that went away is looked for anew the next time.
            held.extend(answer.inspect_err(|_| self.forget(peer))?.held);
        }
        let asked: BTreeSet<_> = files.iter().copied().collect();
        Ok(&held & &asked)
    }
}

/// The files that versions name which somebody with this clock does not have.
fn media_beyond(ledger: &Ledger, clock: Option<&Clock>) -> BTreeSet<ContentHash> {
    let beyond = ledger.log().logs().flat_map(|(writer, _, entries)| {
        let seq = clock.map_or(0, |clock| ledger.seq_held(clock, writer));
        entries.iter().skip(usize::try_from(seq).unwrap_or(usize::MAX))
    });
    let versions = beyond.filter_map(|logged| logged.entry.version.decode_admitted().ok());
    versions.flat_map(|version| version.media).map(|media| media.hash).collect()
}
