//! A panic while something is being written.

use chasqui_server::store::{Store, StoreError};

#[tokio::test]
async fn a_panic_in_one_write_is_not_the_end_of_all() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let before = store.committed();
    let panicked = store
        .write(1, |log| -> Result<(), StoreError> {
            log.set_row(chasqui_shared::RecordId([1; 16]), [1; 32])?;
            panic!("a fault of our own")
        })
        .await;
    assert!(panicked.is_err());

    let row = chasqui_shared::RecordId([1; 16]);
    let held = store.write(1, move |log| log.row(row)).await.unwrap();
    assert_eq!(held, None, "nothing of it is kept");
    store.write(1, move |log| log.set_row(row, [2; 32])).await.unwrap();
    assert_eq!(store.committed().serial, before.serial + 1);
    let held = store.write(1, move |log| log.row(row)).await.unwrap();
    assert_eq!(held, Some([2; 32]));
}
