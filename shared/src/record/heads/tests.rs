//! How much is read of a record to show it, and what its heads come from.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashSet},
};

use proptest::prelude::*;

use super::*;
use crate::{DeviceId, Kind, RecordId, Role, Timestamp, VERSION_FORMAT};

const RECORD: RecordId = RecordId([1; 16]);
const HONEST: DeviceId = DeviceId([1; 32]);
const FLOODING: DeviceId = DeviceId([2; 32]);

/// Versions that count how often they are read, of which those of some devices are set aside.
#[derive(Debug, Default)]
struct Counted {
    versions: BTreeMap<VersionId, Version>,
    aside: HashSet<DeviceId>,
    read: RefCell<(usize, usize)>,
}

impl Counted {
    fn add(&mut self, parents: &[VersionId], author: DeviceId, note: &str) -> VersionId {
        let generations = parents.iter().map(|parent| self.versions[parent].generation);
        let generation = 1 + generations.max().unwrap_or(0);
        let mut parents = parents.to_vec();
        parents.sort_unstable();
        parents.dedup();
        let at = Timestamp::from_millis(0);
        let version = Version {
            format: VERSION_FORMAT,
            record: RECORD,
            kind: Kind::Observation,
            parents,
            generation,
            author,
            role: Role::Monitor,
            change: Change::Edit,
            observed_at: at.into(),
            zone_assumed: false,
            written_at: at,
            location: None,
            category: "oil_spill".into(),
            answers: BTreeMap::new(),
            note: note.into(),
            media: vec![],
            source: String::new(),
        };
        let id = version.encode().unwrap().id();
        self.versions.insert(id, version);
        id
    }

    fn chain(&mut self, mut from: VersionId, author: DeviceId, length: usize) -> VersionId {
        for step in 0..length {
            from = self.add(&[from], author, &format!("{author:?} {step}"));
        }
        from
    }

    /// Versions of which it was read where they stand, and versions that were read whole.
    fn read(&self) -> (usize, usize) {
        self.read.take()
    }

    fn ancestors(&self, head: VersionId) -> BTreeSet<VersionId> {
        let (mut found, mut wanted) = (BTreeSet::new(), self.versions[&head].parents.clone());
        while let Some(id) = wanted.pop() {
            if found.insert(id) {
                wanted.extend(&self.versions[&id].parents);
            }
        }
        found
    }
}

impl Versions for Counted {
    type Error = std::convert::Infallible;

    fn heads(&self) -> Result<Vec<VersionId>, Self::Error> {
        let named: BTreeSet<_> = self.versions.values().flat_map(|v| &v.parents).collect();
        Ok(self.versions.keys().filter(|id| !named.contains(id)).copied().collect())
    }

    fn kin(&self, id: VersionId) -> Result<Option<Kin>, Self::Error> {
        self.read.borrow_mut().0 += 1;
        Ok(self.versions.get(&id).map(Kin::from))
    }

    fn version(&self, id: VersionId) -> Result<Option<Version>, Self::Error> {
        self.read.borrow_mut().1 += 1;
        Ok(self.versions.get(&id).cloned())
    }

    fn counts(&self, kin: &Kin) -> Result<bool, Self::Error> {
        Ok(!self.aside.contains(&kin.author))
    }
}

fn loaded(source: &Counted) -> Heads {
    let Ok(heads) = Heads::load(source);
    heads
}

fn ids(heads: &Heads) -> Vec<VersionId> {
    heads.best.iter().map(|(id, _)| *id).collect()
}

#[test]
fn of_many_heads_each_is_looked_at_once_and_64_are_read_whole() {
    let mut source = Counted::default();
    let root = source.add(&[], HONEST, "root");
    for heads in [limits::HEADS_SHOWN_MAX, limits::HEADS_SHOWN_MAX + 1, 1_000] {
        while source.heads().unwrap().len() < heads || source.versions.len() == 1 {
            let note = source.versions.len().to_string();
            source.add(&[root], FLOODING, &note);
        }
        source.read();
        let loaded = loaded(&source);
        let best = heads.min(limits::HEADS_SHOWN_MAX);
        assert_eq!((loaded.total, loaded.best.len()), (heads, best));
        assert_eq!(loaded.base.map(|base| base.note), Some("root".into()));
        assert_eq!(source.read(), (heads + 1, best + 1), "with the root");
    }
}

#[test]
fn a_fork_at_the_end_of_a_long_chain_reads_only_its_end() {
    let mut source = Counted::default();
    let root = source.add(&[], HONEST, "root");
    let end = source.chain(root, HONEST, 2_000);
    for head in 0..100 {
        source.add(&[end], HONEST, &format!("head {head}"));
    }
    source.read();
    let loaded = loaded(&source);
    assert_eq!(loaded.base.unwrap().note, source.versions[&end].note);
    let (looked_at, read) = source.read();
    assert_eq!((looked_at, read), (101, limits::HEADS_SHOWN_MAX + 1));
}

#[test]
fn a_fork_that_is_too_long_has_no_known_beginning() {
    let fork = |length: usize| {
        let mut source = Counted::default();
        let root = source.add(&[], HONEST, "root");
        source.chain(root, HONEST, length);
        source.add(&[root], FLOODING, "fork");
        let loaded = loaded(&source);
        (loaded.base.map(|base| base.note), source.read().0)
    };
    // Besides the head of the chain, as many versions as may be looked at lie on the way, the root
    // among them.
    let (base, looked_at) = fork(limits::ANCESTORS_SOUGHT_MAX);
    assert_eq!((base, looked_at), (Some("root".into()), limits::ANCESTORS_SOUGHT_MAX + 2));
    let (base, looked_at) = fork(limits::ANCESTORS_SOUGHT_MAX + 1);
    assert_eq!(base, None);
    assert!(looked_at <= limits::ANCESTORS_SOUGHT_MAX + 4, "{looked_at}");
}

#[test]
fn what_is_set_aside_counts_as_not_there_however_deep_it_lies() {
    let mut source = Counted::default();
    let root = source.add(&[], HONEST, "root");
    let edit = source.add(&[root], HONEST, "edited");
    let flood = source.chain(edit, FLOODING, 3_000);
    let on_flood = source.add(&[flood], HONEST, "by somebody who saw the flood");
    assert_eq!(ids(&loaded(&source)), [on_flood]);
    source.aside.insert(FLOODING);
    assert_eq!(ids(&loaded(&source)), [on_flood], "what honest people wrote later stays");

    let mut source = Counted::default();
    let root = source.add(&[], HONEST, "root");
    let edit = source.add(&[root], HONEST, "edited");
    source.chain(edit, FLOODING, 3_000);
    source.chain(root, FLOODING, 10);
    let other = source.add(&[], FLOODING, "of its own");
    assert_eq!(loaded(&source).total, 3);
    source.aside.insert(FLOODING);
    assert_eq!(ids(&loaded(&source)), [edit], "the root is followed by an edit that counts");
    source.aside.remove(&FLOODING);
    assert!(ids(&loaded(&source)).contains(&other));
    source.aside.extend([FLOODING, HONEST]);
    assert!(ids(&loaded(&source)).is_empty());
}

fn sources() -> impl Strategy<Value = Counted> {
    let step = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>());
    prop::collection::vec(step, 1..24).prop_map(|steps| {
        let mut source = Counted::default();
        let mut ids = vec![source.add(&[], HONEST, "root")];
        for (at, (one, two, is_flood)) in steps.into_iter().enumerate() {
            let author = if is_flood { FLOODING } else { HONEST };
            let parents = [*one.get(&ids), *two.get(&ids)];
            ids.push(source.add(&parents, author, &at.to_string()));
        }
        source
    })
}

proptest! {
    /// By the definition: of the versions that every head comes from, the one of highest
    /// generation, then id.
    #[test]
    fn the_base_is_the_best_version_that_all_heads_come_from(source in sources()) {
        let heads = source.heads().unwrap();
        let mut common = heads.iter().map(|head| source.ancestors(*head));
        let first = common.next().unwrap();
        let all = common.fold(first, |all, next| all.intersection(&next).copied().collect());
        let best = all.iter().max_by_key(|id| (source.versions[id].generation, **id));
        let expected = best.filter(|_| heads.len() > 1).map(|id| source.versions[id].clone());
        prop_assert_eq!(loaded(&source).base, expected);
    }

    /// By the definition: versions that count and from which no version that counts comes.
    #[test]
    fn with_a_device_aside_the_heads_are_those_that_nobody_else_follows(mut source in sources()) {
        source.aside.insert(FLOODING);
        let counts = |id: &&VersionId| source.versions[*id].author == HONEST;
        let followed: BTreeSet<_> = source
            .versions
            .keys()
            .filter(counts)
            .flat_map(|id| source.ancestors(*id))
            .collect();
        let expected: BTreeSet<_> =
            source.versions.keys().filter(counts).filter(|id| !followed.contains(id)).copied().collect();
        prop_assert_eq!(ids(&loaded(&source)).into_iter().collect::<BTreeSet<_>>(), expected);
    }
}
