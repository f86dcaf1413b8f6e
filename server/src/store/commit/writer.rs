//! The one thread that writes: it gathers jobs, carries them out in one transaction, commits once,
//! and only then lets their answers go.
//!
//! If a gathered transaction fails, each of its jobs is tried in a transaction of its own, so that
//! one job's trouble is not another's; unless the disk is full, which is the trouble of all. After
//! the disk failed, the file is opened again.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use chasqui_shared::{ClockDigest, LogWriter};
use redb::Durability;
use tokio::sync::{mpsc, oneshot};

use super::{finalize, sweep::Sweep};
use crate::{
    limits,
    store::{
        error::StoreError,
        file::disk::Disk,
        log::write_log::WriteLog,
        memory::{committed::Sums, inner::Inner},
        open::{
            packing::{self, Packed},
            state::State,
        },
    },
    system::wall_clock,
};

/// Something to be done inside a transaction, perhaps more than once until it is committed.
pub(in crate::store) trait Job: Send {
    fn run(&mut self, log: &mut WriteLog<'_>) -> Result<(), StoreError>;
    /// Sends the answer of the last run, or the error.
    fn finish(self: Box<Self>, outcome: Result<(), StoreError>);
    /// Roughly how many entries it may add.
    fn entries(&self) -> usize;
    /// Whether nobody waits for its answer any more.
    fn is_given_up(&self) -> bool;
}

/// What the thread is asked for.
pub(in crate::store) enum Order {
    /// Something to be done inside a transaction.
    Job(Box<dyn Job>),
    /// The file is to be packed, be it loose or not if forced.
    Pack(bool, oneshot::Sender<Result<Packed, StoreError>>),
}

/// A closure as a job.
pub(in crate::store) struct Work<F, T> {
    pub work: F,
    pub entries: usize,
    pub answer: Option<T>,
    pub reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<F, T> Job for Work<F, T>
where
    F: FnMut(&mut WriteLog<'_>) -> Result<T, StoreError> + Send,
    T: Send,
{
    fn run(&mut self, log: &mut WriteLog<'_>) -> Result<(), StoreError> {
        self.answer = Some((self.work)(log)?);
        Ok(())
    }

    fn finish(self: Box<Self>, outcome: Result<(), StoreError>) {
        let Self { answer, reply, .. } = *self;
        // Whoever asked may have gone; the commit stands.
        let _ = reply.send(outcome.and_then(|()| answer.ok_or(StoreError::Closed)));
    }

    fn entries(&self) -> usize {
        self.entries
    }

    fn is_given_up(&self) -> bool {
        self.reply.is_closed()
    }
}

/// What the thread knows of the last commit besides what everybody sees.
pub(in crate::store) struct Writer {
    pub disk: Arc<Disk>,
    pub inner: Arc<Inner>,
    pub sums: Sums,
    pub log_writer: LogWriter,
    /// What is to be computed again of what is shown.
    pub sweep: Option<Sweep>,
}

impl Writer {
    /// Works until nobody can send jobs any more.
    pub fn run(mut self, mut orders: mpsc::Receiver<Order>) {
        while let Some(first) = self.next(&mut orders) {
            let carried_out = catch_unwind(AssertUnwindSafe(|| {
                if let Some(first) = first {
                    let (gathered, pack) = gather(first, &mut orders);
                    if !gathered.is_empty() {
                        self.carry_out(gathered);
                    }
                    if let Some((is_forced, reply)) = pack {
                        let packed = self.pack(is_forced, &|| !orders.is_empty());
                        // Whoever asked may have gone.
                        let _ = reply.send(packed);
                    }
                }
                self.go_on_sweeping();
            }));
            // A panic is our own fault; what it left half done is in no commit, and the file knows
            // the rest.
            if carried_out.is_err()
                && let Err(error) = self.open_again()
            {
                tracing::error!(error = &error as &dyn std::error::Error, "cannot go on");
            }
        }
        if (self.inner.peers().has_unsaved() || self.inner.pairings().has_unsaved())
            && let Err(error) = self.commit_on_disk(&mut [])
        {
            tracing::warn!(%error, "what was last seen of others could not be written");
        }
    }

    /// Packs the file. If that leaves it closed, it is opened again with the next job.
    fn pack(
        &mut self,
        is_forced: bool,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Packed, StoreError> {
        if !self.disk.is_open() {
            self.open_again()?;
        }
        packing::pack(&self.disk, &self.inner.committed(), is_forced, is_wanted)
    }

    /// The next order; none where there is something else to do meanwhile; `None` once there will
    /// be no more.
    #[expect(clippy::option_option, reason = "the end is another answer than no order")]
    fn next(&self, orders: &mut mpsc::Receiver<Order>) -> Option<Option<Order>> {
        if self.sweep.is_none() {
            return orders.blocking_recv().map(Some);
        }
        match orders.try_recv() {
            Ok(order) => Some(Some(order)),
            Err(mpsc::error::TryRecvError::Empty) => Some(None),
            Err(mpsc::error::TryRecvError::Disconnected) => None,
        }
    }

    /// Computes some more again of what is shown, after records were set aside. Should that fail,
    /// the next start goes on.
    fn go_on_sweeping(&mut self) {
        let Some(sweep) = self.sweep.take() else { return };
        let (reply, mut answer) = oneshot::channel();
        let work = move |log: &mut WriteLog<'_>| log.sweep(sweep);
        let mut job: Box<dyn Job> = Box::new(Work { work, entries: 0, answer: None, reply });
        let outcome = self.commit_on_disk(std::slice::from_mut(&mut job));
        job.finish(outcome);
        match answer.try_recv() {
            Ok(Ok(next)) => self.sweep = next,
            Ok(Err(error)) => tracing::warn!(%error, "what was set aside is still shown in part"),
            Err(_) => {}
        }
    }

    fn carry_out(&mut self, mut jobs: Vec<Box<dyn Job>>) {
        if jobs.is_empty() {
            return;
        }
        let outcome = self.commit_on_disk(&mut jobs);
        if matches!(outcome, Err(StoreError::Full)) {
            jobs.into_iter().for_each(|job| job.finish(Err(StoreError::Full)));
            return;
        }
        if outcome.is_err() && jobs.len() > 1 {
            tracing::warn!(jobs = jobs.len(), "a gathered commit failed; trying one by one");
            for mut job in jobs {
                let outcome = self.commit_on_disk(std::slice::from_mut(&mut job));
                job.finish(outcome);
            }
            return;
        }
        let mut outcome = Some(outcome);
        for job in jobs {
            job.finish(outcome.take().unwrap_or(Ok(())));
        }
    }

    /// Commits; opens the file again before if it is closed, and after if the disk failed.
    fn commit_on_disk(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        if !self.disk.is_open() {
            self.open_again()?;
        }
        let outcome = self.commit(jobs);
        if outcome.as_ref().is_err_and(StoreError::is_of_disk)
            && let Err(error) = self.open_again()
        {
            tracing::error!(error = &error as &dyn std::error::Error, "the data is out of reach");
        }
        outcome
    }

    /// Goes on from what the file says, whatever of the last transaction is in it.
    fn open_again(&mut self) -> Result<(), StoreError> {
        let last = self.inner.committed();
        let state = self.disk.open_again(|database| {
            let state = State::reload(database, &last)?;
            // Another file may have come to its place.
            if state.identity.charter == self.inner.charter {
                Ok(state)
            } else {
                Err(StoreError::Away)
            }
        })?;
        tracing::warn!("opened the data again after its disk failed");
        self.sums = state.identity.sums;
        self.log_writer = state.identity.log_writer;
        *self.inner.moves() = state.moves;
        *self.inner.notices() = state.notices;
        *self.inner.pairings() = state.pairings;
        self.inner.recent.forget();
        self.inner.publish(state.committed);
        Ok(())
    }

    /// One transaction, one commit, then the announcement of the new state.
    fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        let mut txn = self.disk.with(|database| Ok(database.begin_write()?))?;
        txn.set_durability(Durability::Immediate)?;
        txn.set_quick_repair(true);
        let last = self.inner.committed();
        // When devices were last seen is worth a commit of its own at the end alone.
        let is_seen_news = jobs.is_empty() && self.inner.pairings().has_unsaved();
        let finalized = {
            let mut log = WriteLog::open(
                &self.inner,
                &txn,
                &last,
                self.sums,
                self.log_writer.clone(),
                wall_clock::now(),
            )?;
            for job in jobs {
                job.run(&mut log)?;
            }
            // A batch that was sent again because its answer was lost is durable already.
            if !log.is_changed && !self.inner.peers().has_unsaved() && !is_seen_news {
                drop(log);
                return Ok(txn.abort()?);
            }
            finalize::finalize(log)?
        };
        txn.commit()?;
        if finalized.is_set_aside {
            self.sweep = Some(Sweep::default());
        }
        self.sums = finalized.sums;
        self.log_writer = finalized.log_writer.clone();
        self.announce(last.digest, finalized);
        Ok(())
    }

    fn announce(&self, before: ClockDigest, finalized: finalize::Finalized) {
        let mut moves = self.inner.moves();
        moves.mark(before);
        for (writer, position) in finalized.moved {
            moves.push(writer, position);
        }
        moves.mark(finalized.committed.digest);
        drop(moves);
        if let Some(notices) = finalized.notices {
            *self.inner.notices() = notices;
        }
        self.inner.pairings().extend(finalized.paired);
        match finalized.changed {
            Some(records) => self.inner.recent.extend(records),
            None => self.inner.recent.forget(),
        }
        self.inner.publish(finalized.committed);
    }
}

/// Takes what waits already, up to a limit, and up to an order to pack; waits for nothing. A job
/// whose asker has gone before it was begun is dropped: who asks again would have it done twice,
/// and those behind it would wait for it.
fn gather(first: Order, orders: &mut mpsc::Receiver<Order>) -> (Vec<Box<dyn Job>>, Option<Pack>) {
    let (mut entries, mut gathered, mut next) = (0, Vec::new(), Some(first));
    while let Some(order) = next {
        match order {
            Order::Job(job) if job.is_given_up() => {}
            Order::Job(job) => {
                entries += job.entries();
                gathered.push(job);
            }
            Order::Pack(is_forced, reply) => return (gathered, Some((is_forced, reply))),
        }
        next = if entries < limits::COMMIT_ENTRIES_MAX { orders.try_recv().ok() } else { None };
    }
    (gathered, None)
}

/// Whether it is forced, and who waits for it.
type Pack = (bool, oneshot::Sender<Result<Packed, StoreError>>);

#[cfg(test)]
mod tests {
    use super::*;

    fn job() -> (Order, oneshot::Receiver<Result<(), StoreError>>) {
        let (reply, answer) = oneshot::channel();
        let work = |_: &mut WriteLog<'_>| Ok(());
        (Order::Job(Box::new(Work { work, entries: 1, answer: None, reply })), answer)
    }

    #[test]
    fn what_nobody_waits_for_any_more_is_not_begun() {
        let (sender, mut orders) = mpsc::channel(8);
        let mut waiting = Vec::new();
        for is_given_up in [true, false, true, false] {
            let (job, answer) = job();
            assert!(sender.blocking_send(job).is_ok());
            if !is_given_up {
                waiting.push(answer);
            }
        }
        let (first, _) = job();
        assert_eq!(gather(first, &mut orders).0.len(), 2, "of five");
    }
}
