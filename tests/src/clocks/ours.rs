//! This project's own code: logs, sessions and heads of `chasqui-shared`, as phone and laptop run
//! them.

use std::collections::{BTreeMap, HashMap};

use chasqui_harness::Phone;
use chasqui_shared::{
    Admission, Author, Change, Charter, Code, DeviceId, Draft, Epoch, Failure, LogChange, LogView,
    Member, RecordId, Reply, Request, RespondError, Role, Timestamp, VersionId, respond_to_batch,
    respond_to_offer, respond_to_wanted,
};
use fastrand::Rng;

use super::{Id, Meeting, NODES, Rival};
use crate::chance::{fresh_epoch, fresh_log_writer, sync};

/// All nodes.
pub(super) struct Ours {
    nodes: Vec<Phone>,
    backups: BTreeMap<usize, Phone>,
    numbers: HashMap<VersionId, Id>,
    random: Rng,
}

impl Ours {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let mut pens: Vec<_> = (0..NODES).map(|_| fresh_log_writer(&mut random)).collect();
        let founder = pens[0].clone();
        let charter = Charter { founder: founder.owner().device, salt: Epoch([9; 16]) };
        let mut first = Phone::with_log_writer(charter, founder);
        pens.iter()
            .skip(1)
            .for_each(|log_writer| name_manager(&mut first, log_writer.owner().device));
        let all_named = |log_writer| {
            let mut phone = first.clone();
            phone.log_writer = log_writer;
            phone
        };
        let nodes = pens.drain(..).map(all_named).collect();
        Self { nodes, backups: BTreeMap::new(), numbers: HashMap::new(), random }
    }

    /// The numbers of the versions that changes brought.
    fn arrived(&self, node: usize, changes: &[LogChange]) -> Vec<(usize, Id)> {
        let puts = changes.iter().filter_map(|change| match change {
            LogChange::Put(logged, _) => Some(logged.entry.version.id()),
            LogChange::Cut(..) => None,
        });
        puts.filter_map(|id| Some((node, *self.numbers.get(&id)?))).collect()
    }
}

impl Rival for Ours {
    fn edit(&mut self, node: usize, record: u16, id: Id, wall: i64) -> Vec<Id> {
        let shown = self.shown(node, record);
        let Phone { log, log_writer, .. } = &self.nodes[node];
        let draft = Draft { category: "fire".into(), note: id.to_string(), ..Draft::default() };
        let now = Timestamp::from_millis(wall * 1_000);
        let by = Author { device: log_writer.owner().device, role: Role::Manager, now };
        let change = if shown.len() > 1 { Change::Resolve } else { Change::Edit };
        let Ok(version) = draft.version(log, record_id(record), change, by);
        let bytes = version.encode().expect("the draft above is within all limits");
        self.numbers.insert(bytes.id(), id);
        self.nodes[node].write(bytes);
        self.nodes[node].log.take_changes();
        shown
    }

    fn meet(&mut self, node: usize, laptop: usize, meeting: Meeting) -> Vec<(usize, Id)> {
        let mut requests_left = meeting.cut.map(|cut| cut / 100 % 6);
        let mut changed_there = Vec::new();
        let [here, there] =
            self.nodes.get_disjoint_mut([node, laptop]).expect("nobody meets itself");
        let mut random = self.random.fork();
        let (_, changed_here) = sync(here, laptop, &mut self.random, |request| {
            let reply = answer(there, request, &mut random);
            changed_there.extend(there.log.take_changes());
            let cut = requests_left == Some(0);
            requests_left = requests_left.map(|left| left.saturating_sub(1));
            if cut { Err(Failure::new(Code::Unreachable, "the wifi is gone")) } else { reply }
        });
        let mut all = self.arrived(laptop, &changed_there);
        all.extend(self.arrived(node, &changed_here));
        all
    }

    fn back_up(&mut self, node: usize) {
        self.backups.insert(node, self.nodes[node].clone());
    }

    fn restore(&mut self, node: usize) {
        if let Some(backup) = self.backups.remove(&node) {
            self.nodes[node] = backup;
        }
    }

    fn shown(&self, node: usize, record: u16) -> Vec<Id> {
        let Ok(heads) = self.nodes[node].log.heads(record_id(record));
        heads.iter().filter_map(|head| self.numbers.get(head).copied()).collect()
    }
}

fn answer(laptop: &mut Phone, request: &Request, random: &mut Rng) -> Result<Reply, Failure> {
    let Phone { log, log_writer, .. } = laptop;
    let (writer, fresh_epoch) = (log_writer.writer(), fresh_epoch(random));
    let mut admission =
        Admission { verify: false, log_writer, fresh_epoch, brought_by: Role::Manager };
    let reply = match request {
        Request::Offer(offer) => respond_to_offer(log, offer).map(Reply::Offer),
        Request::Push(batch) => respond_to_batch(log, &mut admission, batch).map(Reply::Push),
        Request::Pull(question) => respond_to_wanted(log, writer, question).map(Reply::Pull),
    };
    reply.map_err(|error| match error {
        RespondError::Refused(failure) => failure,
        RespondError::Store(never) => match never {},
    })
}

/// Everybody may settle what they see split, and so is a manager from the beginning.
fn name_manager(founder: &mut Phone, device: DeviceId) {
    let member = Member { device, role: Role::Manager, name: "a node".into(), is_aside: false };
    let now = Timestamp::MIN;
    let by = Author { device: founder.log_writer.owner().device, role: Role::Manager, now };
    let Ok(version) =
        member.draft().version(&founder.log, Member::record(device), Change::Edit, by);
    founder.write(version.encode().expect("a member is within all limits"));
    founder.log.take_changes();
}

fn record_id(record: u16) -> RecordId {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&record.to_be_bytes());
    RecordId(id)
}
