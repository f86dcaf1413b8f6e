//! What a page may ask of records: to save them, to list them, and to prove who wrote them.

use chasqui_shared::{Draft, Failure, RecordId, Settings, Timestamp, VersionId};

use crate::{
    copy::working_copy::WorkingCopy,
    host::Host,
    records::{
        draft::Filled,
        ledger::{Ledger, record_unknown},
        listing::Listing,
        proof::{Proof, prove},
    },
    storage::disk::Disk,
};

impl<D: Disk, H: Host> WorkingCopy<D, H> {
    /// Logs a new record. Says whether anything was logged.
    pub async fn record(
        &self,
        record: RecordId,
        filled: Filled,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        self.write(record, filled, |ledger, draft, _, _| ledger.record(record, draft, now)).await
    }

    /// Logs a version of a record. Says whether anything was logged.
    pub async fn edit(
        &self,
        record: RecordId,
        filled: Filled,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        self.write(record, filled, |ledger, draft, base, keeps_media| {
            ledger.edit(record, draft, base, keeps_media, now)
        })
        .await
    }

    /// Hands the records that changed since `token` to `read`, and up to `count_max` of those that
    /// follow in its listing.
    pub async fn observations<R>(
        &self,
        token: &str,
        count_max: usize,
        now: Timestamp,
        read: impl FnOnce(&Listing<'_>) -> R,
    ) -> Result<R, Failure> {
        self.with(|state| Ok(read(&state.list(token, count_max, now)?))).await
    }

    /// Who wrote a record, and whether every version of it is what its author's device signed.
    pub async fn prove(&self, record: RecordId) -> Result<Proof, Failure> {
        self.with(|state| {
            let proof = prove(state.ledger()?.log(), record);
            let mut proof = proof.ok_or_else(record_unknown)?;
            // No manager names the laptop itself; it told its name when it let this phone in.
            proof.name_laptops(state.laptop_names());
            Ok(proof)
        })
        .await
    }

    /// Those of these drafts that became records, by their keys.
    pub async fn saved(&self, draft_keys: Vec<String>) -> Result<Vec<String>, Failure> {
        self.with(|state| {
            Ok(draft_keys.into_iter().filter(|key| state.saved.contains(key)).collect())
        })
        .await
    }

    /// As the record of settings says that came from a laptop; the usual ones as long as none did.
    pub async fn settings(&self) -> Result<Settings, Failure> {
        self.with(|state| {
            let Ok(ledger) = state.ledger() else { return Ok(Settings::default()) };
            let Ok(settings) = Settings::load(ledger.log());
            Ok(settings)
        })
        .await
    }

    async fn write(
        &self,
        record: RecordId,
        Filled { draft, keeps_media, draft_key, base }: Filled,
        log: impl FnOnce(&mut Ledger, Draft, Option<VersionId>, bool) -> Result<bool, Failure>,
    ) -> Result<bool, Failure> {
        self.change(|state| {
            let again = draft_key.as_deref().is_some_and(|key| state.saved.contains(key));
            let base = base.filter(|_| !again);
            let ledger = state.ledger()?;
            let known = ledger.media_of(record, base);
            let added = draft.media.iter().filter(|media| !known.contains(&media.hash));
            let added: Vec<_> = added.cloned().collect();
            let logged = log(ledger, draft, base, keeps_media)?;
            if logged {
                added.iter().for_each(|media| state.files.name(media));
                draft_key.iter().for_each(|key| state.saved.add(key));
            }
            let released = draft_key.is_some_and(|key| state.files.release(&key));
            Ok((released || logged, logged))
        })
        .await
    }
}
