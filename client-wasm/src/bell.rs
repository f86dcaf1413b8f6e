//! A bell that one task waits for and any other may ring; ringing it before anyone waits is not lost.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    task::{Poll, Waker},
};

/// Single-threaded, for one waiting task.
#[derive(Debug, Default)]
pub struct Bell {
    rung: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl Bell {
    /// Wakes the task that waits, or the next that will.
    pub fn ring(&self) {
        self.rung.set(true);
        if let Some(waker) = self.waiting.borrow_mut().take() {
            waker.wake();
        }
    }

    /// Resolves at once if it was rung since the last time.
    pub async fn wait(&self) {
        poll_fn(|context| {
            if self.rung.take() {
                return Poll::Ready(());
            }
            *self.waiting.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
