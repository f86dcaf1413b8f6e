//! This project's own code: logs, sessions and heads of `chasqui-shared`, as phone and laptop run them.

use std::collections::{BTreeMap, HashMap};

use chasqui_shared::{
    Author, Batch, Change, Clock, Draft, Epoch, Failure, Gate, Input, LogChange, LogView,
    MemoryLog, Output, Pen, ProjectId, RecordId, Reply, Request, Role, Session, Timestamp,
    VersionId, answer_batch, answer_offer, answer_question, take_run, write,
};
use fastrand::Rng;

use super::{Id, Meeting, NODES, Rival};

const PROJECT: ProjectId = ProjectId([9; 16]);

/// All nodes.
pub(super) struct Ours {
    nodes: Vec<Node>,
    backups: BTreeMap<usize, Node>,
    numbers: HashMap<VersionId, Id>,
    random: Rng,
}

#[derive(Clone)]
struct Node {
    log: MemoryLog,
    pen: Pen,
    meetings: BTreeMap<usize, Clock>,
}

impl Ours {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let nodes = (0..NODES).map(|_| Node::new(&mut random)).collect();
        Self { nodes, backups: BTreeMap::new(), numbers: HashMap::new(), random }
    }

    fn take(
        &mut self,
        node: usize,
        batch: &Batch,
    ) -> (Vec<chasqui_shared::RunAnswer>, Vec<(usize, Id)>) {
        let fresh_epoch = epoch(&mut self.random);
        let Node { log, pen, .. } = &mut self.nodes[node];
        let mut gate = Gate { verify: false, trust_quarantine: true, pen, fresh_epoch };
        let answers = batch.runs.iter().map(|run| {
            let Ok(answer) = take_run(log, &mut gate, run);
            answer
        });
        let answers = answers.collect();
        (answers, self.arrived(node))
    }

    /// The numbers of what came into a node's log since the last call.
    fn arrived(&mut self, node: usize) -> Vec<(usize, Id)> {
        let changes = self.nodes[node].log.take_changes();
        let puts = changes.iter().filter_map(|change| match change {
            LogChange::Put(logged, _) => Some(logged.entry.version.id()),
            LogChange::Cut(..) => None,
        });
        puts.filter_map(|id| Some((node, *self.numbers.get(&id)?))).collect()
    }

    fn answer(
        &mut self,
        laptop: usize,
        request: &Request,
    ) -> (Result<Reply, Failure>, Vec<(usize, Id)>) {
        let fresh_epoch = epoch(&mut self.random);
        let Node { log, pen, .. } = &mut self.nodes[laptop];
        let writer = pen.writer();
        let mut gate = Gate { verify: false, trust_quarantine: false, pen, fresh_epoch };
        let reply = match request {
            Request::Offer(offer) => answer_offer(log, offer).map(Reply::Offer),
            Request::Push(batch) => answer_batch(log, &mut gate, batch).map(Reply::Push),
            Request::Pull(question) => answer_question(log, writer, question).map(Reply::Pull),
        };
        let failed =
            |error: chasqui_shared::AnswerError<_>| Failure::passing("failed", error.to_string());
        (reply.map_err(failed), self.arrived(laptop))
    }
}

impl Rival for Ours {
    fn edit(&mut self, node: usize, record: u16, id: Id, wall: i64) -> Vec<Id> {
        let shown = self.shown(node, record);
        let Node { log, pen, .. } = &mut self.nodes[node];
        let draft = Draft { category: "fire".into(), note: id.to_string(), ..Draft::default() };
        let now = Timestamp::from_millis(wall * 1_000);
        let by = Author { device: pen.owner().device, role: Role::Manager, now };
        let change = if shown.len() > 1 { Change::Resolve } else { Change::Edit };
        let Ok(version) = draft.version(log, record_id(record), change, by);
        let bytes = version.encode().expect("the draft above is within all limits");
        self.numbers.insert(bytes.id(), id);
        let Ok(_) = write(log, pen, bytes);
        log.take_changes();
        shown
    }

    fn meet(&mut self, node: usize, laptop: usize, meeting: Meeting) -> Vec<(usize, Id)> {
        let known = self.nodes[node].meetings.get(&laptop).cloned();
        let mut session = Session::new(self.nodes[node].pen.writer(), known, 0);
        let mut requests_left = meeting.cut.map(|cut| cut / 100 % 6);
        let mut all = Vec::new();
        let Ok(()) = session.handle_input(0, &self.nodes[node].log, Input::Wake);
        while let Some(output) = session.poll_output() {
            let input = match output {
                Output::Ask(number, request) => {
                    let (reply, arrived) = self.answer(laptop, &request);
                    all.extend(arrived);
                    let cut = requests_left == Some(0);
                    requests_left = requests_left.map(|left| left.saturating_sub(1));
                    match reply {
                        Ok(reply) if !cut => Input::Answered(number, reply),
                        _ => Input::Failed(number, Failure::passing("cut", "the wifi is gone")),
                    }
                }
                Output::Store(batch) => {
                    let (answers, arrived) = self.take(node, &batch);
                    all.extend(arrived);
                    session.set_writer(self.nodes[node].pen.writer());
                    Input::Stored(answers)
                }
                Output::Renew => {
                    let fresh_epoch = epoch(&mut self.random);
                    self.nodes[node].pen.renew(fresh_epoch);
                    session.set_writer(self.nodes[node].pen.writer());
                    continue;
                }
                Output::Finished(clock) => {
                    self.nodes[node].meetings.insert(laptop, clock);
                    continue;
                }
                Output::Notice(_) | Output::GaveUp(_) => continue,
            };
            let Ok(()) = session.handle_input(0, &self.nodes[node].log, input);
        }
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

impl Node {
    fn new(random: &mut Rng) -> Self {
        let mut secret = [0; 32];
        random.fill(&mut secret);
        let pen = Pen::new(&secret, epoch(random));
        Self { log: MemoryLog::new(PROJECT), pen, meetings: BTreeMap::new() }
    }
}

fn epoch(random: &mut Rng) -> Epoch {
    let mut epoch = Epoch([0; 16]);
    random.fill(&mut epoch.0);
    epoch
}

fn record_id(record: u16) -> RecordId {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&record.to_be_bytes());
    RecordId(id)
}
