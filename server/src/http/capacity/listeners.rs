//! Who listens to events: so many of one caller and of all, and nobody who lost the right to.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use chasqui_shared::DeviceId;
use tokio::sync::watch;

use super::places::Asker;

/// All who listen, oldest first.
#[derive(Debug, Default)]
pub struct Listeners {
    all: Mutex<Vec<Row>>,
    next: AtomicU64,
}

#[derive(Debug)]
struct Row {
    number: u64,
    asker: Asker,
    end: watch::Sender<bool>,
}

/// One who listens; dropped, there is room for another.
#[derive(Debug)]
pub struct Listener {
    number: u64,
    listeners: Arc<Listeners>,
    ended: watch::Receiver<bool>,
}

impl Listeners {
    /// One more who listens. Who has as many as it may loses its oldest; `None` if all of its kind
    /// leave no room.
    pub fn begin(self: &Arc<Self>, asker: Asker) -> Option<Listener> {
        let mut all = self.all();
        let (of_one_max, of_kind_max) = asker.numbers();
        let of_one = all.iter().filter(|row| row.asker == asker).count();
        if of_one >= of_one_max.listeners {
            let oldest = all.iter().position(|row| row.asker == asker)?;
            all.remove(oldest).end.send_replace(true);
        } else if all.iter().filter(|row| row.asker.is_like(asker)).count() >= of_kind_max.listeners
        {
            return None;
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (end, ended) = watch::channel(false);
        all.push(Row { number, asker, end });
        Some(Listener { number, listeners: self.clone(), ended })
    }

    /// Ends all of a device.
    pub fn end(&self, device: DeviceId) {
        self.all().retain(|row| {
            let is_over = row.asker.device() == Some(device);
            if is_over {
                row.end.send_replace(true);
            }
            !is_over
        });
    }

    fn all(&self) -> MutexGuard<'_, Vec<Row>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener {
    /// Waits until it is to listen no more.
    pub async fn ended(&mut self) {
        // Whoever takes the sender away has told before.
        let _ = self.ended.wait_for(|ended| *ended).await;
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.listeners.all().retain(|row| row.number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;
    use crate::limits::places as numbers;

    fn phone(number: usize) -> Asker {
        let mut device = [7; 32];
        device[..8].copy_from_slice(&number.to_be_bytes());
        Asker::Monitor(DeviceId(device))
    }

    fn is_over(listener: &mut Listener) -> bool {
        listener.ended().now_or_never().is_some()
    }

    #[test]
    fn who_opens_one_more_than_it_may_loses_its_oldest_and_nobody_else_does() {
        let listeners = Arc::new(Listeners::default());
        let mut other = listeners.begin(phone(2)).unwrap();
        let most = numbers::DEVICE.listeners;
        let mut own: Vec<_> = (0..most).map(|_| listeners.begin(phone(1)).unwrap()).collect();
        assert!(!own.iter_mut().any(is_over));
        own.push(listeners.begin(phone(1)).unwrap());
        let ended: Vec<_> = own.iter_mut().map(is_over).collect();
        assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
        assert!(ended[0] && !is_over(&mut other));
    }

    #[test]
    fn all_phones_together_leave_room_for_managers() {
        let listeners = Arc::new(Listeners::default());
        let most = numbers::MONITORS.listeners;
        let open: Vec<_> = (0..most).map(|number| listeners.begin(phone(number))).collect();
        assert!(open.iter().all(Option::is_some));
        assert!(listeners.begin(phone(most)).is_none());
        assert!(listeners.begin(Asker::LocalManager).is_some());
        assert!(listeners.begin(Asker::Manager(DeviceId([1; 32]))).is_some());
        drop(open);
        assert!(listeners.begin(phone(most)).is_some(), "who goes leaves room");
    }

    #[test]
    fn a_device_that_is_put_out_hears_no_more() {
        let listeners = Arc::new(Listeners::default());
        let Asker::Monitor(device) = phone(1) else { unreachable!() };
        let [mut as_monitor, mut as_manager, mut other] =
            [phone(1), Asker::Manager(device), phone(2)]
                .map(|asker| listeners.begin(asker).unwrap());
        listeners.end(device);
        assert!(is_over(&mut as_monitor) && is_over(&mut as_manager) && !is_over(&mut other));
    }
}
