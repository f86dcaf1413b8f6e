//! State of which people are told a part: whoever changes it tells the pages, if that part is
//! another one then.

use std::{cell::RefCell, rc::Rc};

use crate::host::Host;

/// What people are told of a state.
pub trait Seen {
    /// Compared before and after each change.
    type Seen: PartialEq;

    /// As it stands.
    fn seen(&self) -> Self::Seen;
}

/// State of one component. It is never lent out: it is read and changed in one step, and nothing is
/// awaited meanwhile.
pub struct Watched<S, H> {
    state: RefCell<S>,
    host: Rc<H>,
}

impl<S: Seen, H: Host> Watched<S, H> {
    pub fn new(state: S, host: Rc<H>) -> Self {
        Self { state: RefCell::new(state), host }
    }

    /// Reads it.
    pub fn read<R>(&self, read: impl FnOnce(&S) -> R) -> R {
        read(&self.state.borrow())
    }

    /// Changes it, and tells the pages if that shows.
    pub fn change<R>(&self, change: impl FnOnce(&mut S) -> R) -> R {
        let before = self.seen();
        let result = change(&mut self.state.borrow_mut());
        self.tell(&before);
        result
    }

    /// What people are told of it.
    #[inline(never)]
    pub fn seen(&self) -> S::Seen {
        self.state.borrow().seen()
    }

    #[inline(never)]
    fn tell(&self, before: &S::Seen) {
        if *before != self.seen() {
            self.host.changed();
        }
    }
}
