//! Previews over a real directory, made by makers of the test's own.

use std::sync::{
    Condvar,
    atomic::{AtomicUsize, Ordering},
};

use super::*;

const HASH: ContentHash = ContentHash([0xab; 32]);

fn nowhere() -> PathBuf {
    PathBuf::from("nowhere")
}

#[tokio::test]
async fn two_who_ask_at_once_have_one_made() {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let directory = tempfile::tempdir().unwrap();
    let previews = Previews::made_by(directory.path().join("previews"), |_| {
        MADE.fetch_add(1, Ordering::SeqCst);
        Ok(Some(b"jpeg".to_vec()))
    });
    let both =
        futures_util::future::join(previews.show(HASH, nowhere()), previews.show(HASH, nowhere()));
    let (one, other) = both.await;
    assert_eq!((&*one.unwrap(), &*other.unwrap()), (&b"jpeg"[..], &b"jpeg"[..]));
    assert_eq!(&*previews.show(HASH, nowhere()).await.unwrap(), b"jpeg");
    assert_eq!(MADE.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_is_impossible_is_tried_once() {
    static TRIED: AtomicUsize = AtomicUsize::new(0);
    let directory = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let previews = Previews::made_by(directory.path().join("previews"), |_| {
            TRIED.fetch_add(1, Ordering::SeqCst);
            Ok(None)
        });
        assert_eq!(previews.show(HASH, nowhere()).await, Err(PreviewError::Impossible));
    }
    assert_eq!(TRIED.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_is_forgotten_is_gone_from_the_disk_and_made_anew() {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let directory = tempfile::tempdir().unwrap();
    let shelf = directory.path().join("ab");
    let previews = Previews::made_by(directory.path().to_owned(), |_| {
        let is_damaged = MADE.fetch_add(1, Ordering::SeqCst) == 0;
        Ok((!is_damaged).then(|| b"jpeg".to_vec()))
    });
    previews.forget(HASH);
    assert_eq!(previews.show(HASH, nowhere()).await, Err(PreviewError::Impossible));
    previews.forget(HASH);
    assert_eq!(fs::read_dir(&shelf).unwrap().count(), 0);
    assert_eq!(&*previews.show(HASH, nowhere()).await.unwrap(), b"jpeg");
    previews.forget(HASH);
    assert_eq!(fs::read_dir(&shelf).unwrap().count(), 0);
}

#[tokio::test]
async fn a_failure_of_the_disk_is_tried_again() {
    static TRIED: AtomicUsize = AtomicUsize::new(0);
    let directory = tempfile::tempdir().unwrap();
    let previews = Previews::made_by(directory.path().join("previews"), |_| {
        match TRIED.fetch_add(1, Ordering::SeqCst) {
            0 => Err(io::Error::other("a bad sector")),
            _ => Ok(Some(b"jpeg".to_vec())),
        }
    });
    assert_eq!(previews.show(HASH, nowhere()).await, Err(PreviewError::Failed));
    assert_eq!(&*previews.show(HASH, nowhere()).await.unwrap(), b"jpeg");
}

#[tokio::test]
async fn a_preview_that_cannot_be_kept_is_shown_all_the_same() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let previews = Previews::made_by(file.path().to_owned(), |_| Ok(Some(b"jpeg".to_vec())));
    assert_eq!(&*previews.show(HASH, nowhere()).await.unwrap(), b"jpeg");
}

#[tokio::test]
async fn so_many_are_made_at_once_so_many_wait_and_no_more() {
    /// Makers that work now, the most that ever did, and whether they may end.
    static AT_WORK: Mutex<(usize, usize, bool)> = Mutex::new((0, 0, false));
    static CHANGED: Condvar = Condvar::new();
    let directory = tempfile::tempdir().unwrap();
    let previews = Previews::made_by(directory.path().join("previews"), |_| {
        let mut at_work = AT_WORK.lock().unwrap();
        at_work.0 += 1;
        at_work.1 = at_work.1.max(at_work.0);
        at_work = CHANGED.wait_while(at_work, |(_, _, may_end)| !*may_end).unwrap();
        at_work.0 -= 1;
        Ok(None)
    });
    let hash = |number: usize| ContentHash([u8::try_from(number).unwrap(); 32]);
    let waiting: Vec<_> = (0..limits::PREVIEWS_WAITING_MAX)
        .map(|number| previews.begin(hash(number), nowhere()).unwrap())
        .collect();
    let beyond = previews.begin(hash(limits::PREVIEWS_WAITING_MAX), nowhere());
    assert_eq!(beyond.err(), Some(PreviewError::Busy));
    assert!(previews.begin(hash(0), nowhere()).is_ok(), "it is being made already");
    AT_WORK.lock().unwrap().2 = true;
    CHANGED.notify_all();
    for mut made in waiting {
        let made = made.wait_for(Option::is_some).await.unwrap().clone();
        assert_eq!(made, Some(Err(PreviewError::Impossible)));
    }
    assert!(AT_WORK.lock().unwrap().1 <= limits::PREVIEWS_AT_ONCE_MAX);
    assert_eq!(previews.making().len(), 0);
}
