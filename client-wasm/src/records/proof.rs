//! Who wrote a record, and whether it is unaltered: its versions computed again from the bytes that
//! the phone holds.
//!
//! A phone takes signatures on its laptop's word when it syncs, thousands at a time; of one record
//! it checks them itself, when a person looks at it.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{DeviceId, Lineage, LogView, Member, MemoryLog, RecordId, VersionId, examine};
use serde::Serialize;

use crate::limits;

/// Who wrote a record, and what held when it was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Proof {
    /// Versions that were computed again, the latest of the record.
    pub versions: u64,
    /// How many of them are what their author's device signed, at a place that its log vouches for.
    pub whole: u64,
    /// Whether the record has no other versions.
    pub is_all: bool,
    /// Who holds the devices that wrote them, as managers say, and the names of laptops as they say
    /// themselves.
    pub names: BTreeMap<DeviceId, String>,
    /// Those of the devices that are known by no name.
    pub unnamed: BTreeSet<DeviceId>,
}

impl Proof {
    /// Calls laptops by their own names, where no manager named them.
    pub fn name_laptops<'a>(&mut self, laptops: impl IntoIterator<Item = (DeviceId, &'a str)>) {
        for (laptop, name) in laptops {
            if self.unnamed.remove(&laptop) {
                self.names.insert(laptop, name.to_owned());
            }
        }
    }
}

/// Computes the latest versions of a record again, [`limits::PROOF_VERSIONS_MAX`] of them; `None`
/// if it is not held.
pub fn prove(log: &MemoryLog, record: RecordId) -> Option<Proof> {
    let Ok(mut lineage) = Lineage::of(log, record);
    let (names, unnamed) = (BTreeMap::new(), BTreeSet::new());
    let mut proof = Proof { versions: 0, whole: 0, is_all: true, names, unnamed };
    while let Ok(Some((id, kin))) = lineage.next(log) {
        if proof.versions == limits::PROOF_VERSIONS_MAX {
            proof.is_all = false;
            break;
        }
        proof.versions += 1;
        proof.whole += u64::from(is_whole(log, id));
        if proof.names.contains_key(&kin.author) || proof.unnamed.contains(&kin.author) {
            continue;
        }
        if let Ok(Some(member)) = Member::load(log, kin.author) {
            proof.names.insert(kin.author, member.name);
        } else {
            proof.unnamed.insert(kin.author);
        }
    }
    (proof.versions > 0).then_some(proof)
}

fn is_whole(log: &MemoryLog, id: VersionId) -> bool {
    let Ok(Some(place)) = log.place(id) else { return false };
    let (Ok(logged), Ok(owner)) = (log.entry(place.writer, place.seq), log.owner(place.writer));
    let (Some(logged), Some(owner)) = (logged, owner) else { return false };
    let before = match place.seq {
        1 => Some(owner.genesis(log.project())),
        seq => {
            let Ok(chain) = log.chain_at(place.writer, seq - 1);
            chain
        }
    };
    let is_signed_where_it_began =
        logged.entry.origin.as_ref().is_none_or(|origin| origin.verify(id));
    logged.entry.version.id() == id
        && before.is_some()
        && is_signed_where_it_began
        && examine(owner, before, &logged).is_ok()
}

#[cfg(test)]
mod tests {
    use chasqui_shared::{
        Admission, Author, Change, Charter, Draft, Epoch, LogWriter, Position, Range, Role,
        Timestamp, VersionBytes, collect, take_run, write,
    };

    use super::*;

    const RECORD: RecordId = RecordId([1; 16]);

    fn charter(founder: &LogWriter) -> Charter {
        Charter { founder: founder.owner().device, salt: Epoch([9; 16]) }
    }

    /// What a phone holds of a record that another wrote twice, if its bytes were altered on the
    /// way like this.
    fn held(alter: impl Fn(&mut Vec<u8>)) -> (MemoryLog, LogWriter) {
        let (rosa, mut phone) =
            (LogWriter::new(&[1; 32], Epoch([1; 16])), LogWriter::new(&[2; 32], Epoch([2; 16])));
        let (mut theirs, mut log) =
            (MemoryLog::new(charter(&rosa)), MemoryLog::new(charter(&rosa)));
        let device = rosa.owner().device;
        let by = Author { device, role: Role::Manager, now: Timestamp::from_millis(0) };
        let me = Member { device, role: Role::Manager, name: "Rosa".into(), is_aside: false };
        let one = Draft { category: "fire".into(), note: "seen".into(), ..Draft::default() };
        let two = Draft { note: "gone".into(), ..one.clone() };
        for (record, draft) in [(Member::record(device), me.draft()), (RECORD, one), (RECORD, two)]
        {
            let Ok(version) = draft.version(&theirs, record, Change::Edit, by);
            let Ok(_) = write(&mut theirs, &rosa, version.encode().unwrap());
        }
        let Ok(until) = theirs.position(rosa.writer());
        let range = Range { writer: rosa.writer(), after: Position::START, until };
        let Ok(mut batch) = collect(&theirs, rosa.writer(), &[range]);
        let last = batch.runs[0].entries.last_mut().unwrap();
        let mut bytes = last.version.as_slice().to_vec();
        alter(&mut bytes);
        last.version = VersionBytes::new(bytes).unwrap();
        let mut admission = Admission {
            verify: false,
            log_writer: &mut phone,
            fresh_epoch: Epoch([3; 16]),
            brought_by: Role::Manager,
        };
        let Ok(_) = take_run(&mut log, &mut admission, &batch.runs[0]);
        (log, rosa)
    }

    #[test]
    fn what_nobody_touched_is_whole_and_named() {
        let (log, rosa) = held(|_| {});
        let proof = prove(&log, RECORD).unwrap();
        assert_eq!((proof.versions, proof.whole), (2, 2));
        assert_eq!(proof.names, [(rosa.owner().device, "Rosa".to_owned())].into());
        assert!(proof.unnamed.is_empty());
        assert_eq!(prove(&log, RecordId([2; 16])), None);
    }

    #[test]
    fn a_laptop_is_called_as_managers_say_else_as_it_says_itself() {
        let (log, rosa) = held(|_| {});
        let device = rosa.owner().device;
        let mut named = prove(&log, RECORD).unwrap();
        named.name_laptops([(device, "Nauta"), (DeviceId([9; 32]), "Iquitos")]);
        assert_eq!(named.names, [(device, "Rosa".to_owned())].into());
        let mut unnamed = named.clone();
        unnamed.names.clear();
        unnamed.unnamed.insert(device);
        unnamed.name_laptops([(device, "Nauta"), (DeviceId([9; 32]), "Iquitos")]);
        assert_eq!(unnamed.names, [(device, "Nauta".to_owned())].into());
        assert!(unnamed.unnamed.is_empty());
    }

    #[test]
    fn a_word_that_somebody_changed_is_found_out() {
        let (log, _) = held(|bytes| {
            let at = bytes.windows(4).position(|word| word == b"gone").unwrap();
            bytes[at..at + 4].copy_from_slice(b"home");
        });
        let proof = prove(&log, RECORD).unwrap();
        assert_eq!((proof.versions, proof.whole), (2, 1));
    }
}
