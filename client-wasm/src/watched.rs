//! State of which people are told a part: whoever changes it tells the pages, if that part is another one then.

use std::{cell::RefCell, rc::Rc};

use crate::host::Host;

/// What people are told of a state.
pub trait Seen {
    /// Compared before and after each change.
    type Seen: PartialEq;

    /// As it stands.
    fn seen(&self) -> Self::Seen;
}

/// State of one component. It is never lent out: it is read and changed in one step, and nothing is awaited meanwhile.
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
        let (is_told, result) = {
            let mut state = self.state.borrow_mut();
            let before = state.seen();
            let result = change(&mut state);
            (before != state.seen(), result)
        };
        if is_told {
            self.host.changed();
        }
        result
    }
}
