//! Wakes one waiting task; a notification before anybody waits is not lost.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    task::{Poll, Waker},
};

/// Single-threaded, for one waiting task.
#[derive(Debug, Default)]
pub struct Notify {
    notified: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl Notify {
    /// Wakes the task that waits, or the next that will.
    pub fn notify(&self) {
        self.notified.set(true);
        if let Some(waker) = self.waiting.borrow_mut().take() {
            waker.wake();
        }
    }

    /// Resolves at once if it was notified since the last time.
    pub async fn wait(&self) {
        poll_fn(|context| {
            if self.notified.take() {
                return Poll::Ready(());
            }
            *self.waiting.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
