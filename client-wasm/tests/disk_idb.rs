//! The disk in a real browser: what it asks of IndexedDB, and what it promises the engine.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "clippy does not take a `wasm_bindgen_test` for a test")]

use chasqui_client_wasm::{Disk, DiskError, IdbDisk, Key, Save, Store, Stored, StoredFile};
use chasqui_shared::{ContentHash, WriterId};
use futures_util::FutureExt;
use js_sys::{Array, Function};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const WRITER: WriterId = WriterId([0xab; 16]);

/// A database that no other test knows.
fn fresh(name: &str) -> IdbDisk {
    IdbDisk::new(&format!("{name}-{}", js_sys::Math::random()))
}

fn row(first: u64, bytes: &[u8]) -> (Store, Key, Vec<u8>) {
    (Store::Entries, Key::Row(WRITER, first), bytes.to_vec())
}

fn save(expected: Option<&[u8]>, guard: &[u8], puts: Vec<(Store, Key, Vec<u8>)>) -> Save {
    let expected = expected.map(<[u8]>::to_vec);
    Save { expected, guard: guard.to_vec(), puts, ..Save::default() }
}

fn rows(stored: &Stored) -> Vec<(u64, &[u8])> {
    let values = stored.values.iter().filter_map(|(_, key, bytes)| match key {
        Key::Row(_, first) => Some((*first, bytes.as_slice())),
        Key::Name(_) => None,
    });
    values.collect()
}

/// Runs JavaScript in this worker.
fn js(body: &str) -> JsValue {
    Function::new_no_args(body).call0(&JsValue::NULL).expect("the script of a test runs")
}

/// Notes from here on what each transaction asks for, as `mode/durability`.
fn watch_transactions() {
    js("self.asked = [];
        self.plain ??= IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...args) {
            const made = self.plain.apply(this, args);
            self.asked.push(`${made.mode}/${made.durability}`);
            return made;
        };");
}

fn asked() -> Vec<String> {
    let list: Array = js("return self.asked").unchecked_into();
    list.iter().filter_map(|text| text.as_string()).collect()
}

#[wasm_bindgen_test]
async fn every_saving_transaction_asks_for_strict_durability() {
    let disk = fresh("strict");
    watch_transactions();
    disk.load().await.unwrap();
    disk.save(save(None, b"1", vec![row(1, b"a")])).await.unwrap();
    disk.save(save(Some(b"1"), b"2", vec![])).await.unwrap();
    let mut folding = save(Some(b"2"), b"3", vec![row(2, b"b")]);
    folding.deletes = vec![Key::Row(WRITER, 1)];
    disk.save(folding).await.unwrap();
    let saving: Vec<_> = asked().into_iter().filter(|ask| ask.starts_with("readwrite")).collect();
    assert_eq!(saving, ["readwrite/strict"; 3]);
}

#[wasm_bindgen_test]
async fn a_save_that_nobody_waits_for_any_more_is_undone_and_the_next_one_goes_on() {
    let disk = fresh("abandoned");
    disk.load().await.unwrap();
    disk.save(save(None, b"1", vec![row(1, b"a")])).await.unwrap();
    let given_up = disk.save(save(Some(b"1"), b"2", vec![row(2, b"b")])).now_or_never();
    assert!(given_up.is_none(), "it was under way");
    let stored = disk.load().await.unwrap();
    assert_eq!(rows(&stored), [(1, &b"a"[..])]);
    disk.save(save(Some(b"1"), b"2", vec![row(2, b"c")])).await.unwrap();
    assert_eq!(rows(&disk.load().await.unwrap()), [(1, &b"a"[..]), (2, &b"c"[..])]);
}

#[wasm_bindgen_test]
async fn what_was_saved_is_there_in_the_order_of_seqs_after_opening_again() {
    let disk = fresh("order");
    disk.load().await.unwrap();
    let puts = [10, 9, 1_000_000, 2].map(|seq| row(seq, &[seq as u8])).to_vec();
    disk.save(save(None, b"1", puts)).await.unwrap();
    let mut named = save(Some(b"1"), b"2", vec![]);
    named.puts.push((Store::Keys, Key::name("device"), b"secret".to_vec()));
    disk.save(named).await.unwrap();
    let stored = disk.load().await.unwrap();
    let seqs: Vec<_> = rows(&stored).into_iter().map(|(seq, _)| seq).collect();
    assert_eq!(seqs, [2, 9, 10, 1_000_000]);
    assert_eq!(stored.named(Store::Keys, "device"), Some(&b"secret"[..]));
    assert_eq!(stored.named(Store::Meta, Save::GUARD), Some(&b"2"[..]));
}

#[wasm_bindgen_test]
async fn of_two_connections_the_second_to_save_is_told_and_saves_nothing() {
    let name = format!("guard-{}", js_sys::Math::random());
    let (first, second) = (IdbDisk::new(&name), IdbDisk::new(&name));
    first.load().await.unwrap();
    second.load().await.unwrap();
    first.save(save(None, b"1", vec![row(1, b"first")])).await.unwrap();
    let late = second.save(save(None, b"1", vec![row(1, b"second")])).await;
    assert_eq!(late, Err(DiskError::Moved));
    assert_eq!(rows(&second.load().await.unwrap()), [(1, &b"first"[..])]);
    second.save(save(Some(b"1"), b"2", vec![row(2, b"second")])).await.unwrap();
    assert_eq!(first.save(save(Some(b"1"), b"2", vec![])).await, Err(DiskError::Moved));
}

#[wasm_bindgen_test]
async fn of_two_saves_at_once_one_loses_as_a_whole() {
    let name = format!("race-{}", js_sys::Math::random());
    let (first, second) = (IdbDisk::new(&name), IdbDisk::new(&name));
    first.load().await.unwrap();
    let (a, b) = futures_util::future::join(
        first.save(save(None, b"a", vec![row(1, b"a")])),
        second.save(save(None, b"b", vec![row(1, b"b")])),
    )
    .await;
    assert_eq!([a, b].iter().filter(|saved| saved.is_ok()).count(), 1);
    let stored = first.load().await.unwrap();
    let guard = stored.named(Store::Meta, Save::GUARD).unwrap();
    assert_eq!(rows(&stored), [(1, guard)]);
}

#[wasm_bindgen_test]
async fn a_fold_replaces_the_rows_in_one_step() {
    let disk = fresh("fold");
    disk.load().await.unwrap();
    let singles = (1..=300).map(|seq| row(seq, b"single")).collect();
    disk.save(save(None, b"1", singles)).await.unwrap();
    let mut fold = save(Some(b"1"), b"2", vec![row(1, b"segment")]);
    fold.deletes = (2..=300).map(|seq| Key::Row(WRITER, seq)).collect();
    disk.save(fold).await.unwrap();
    assert_eq!(rows(&disk.load().await.unwrap()), [(1, &b"segment"[..])]);
}

#[wasm_bindgen_test]
async fn a_fold_that_is_cut_between_put_and_delete_leaves_every_row_as_it_was() {
    let disk = fresh("cut");
    disk.load().await.unwrap();
    disk.save(save(None, b"1", vec![row(1, b"a"), row(2, b"b")])).await.unwrap();
    js("self.plainDelete = IDBObjectStore.prototype.delete;
        IDBObjectStore.prototype.delete = function (key) {
            this.transaction.abort();
            return self.plainDelete.call(this, key);
        };");
    let mut fold = save(Some(b"1"), b"2", vec![row(1, b"ab")]);
    fold.deletes = vec![Key::Row(WRITER, 2)];
    let failed = disk.save(fold).await;
    js("IDBObjectStore.prototype.delete = self.plainDelete");
    assert!(matches!(failed, Err(DiskError::Failed { .. })), "{failed:?}");
    assert_eq!(rows(&disk.load().await.unwrap()), [(1, &b"a"[..]), (2, &b"b"[..])]);
    disk.save(save(Some(b"1"), b"2", vec![row(3, b"c")])).await.unwrap();
}

#[wasm_bindgen_test]
async fn no_room_is_told_as_such_and_nothing_is_saved() {
    let disk = fresh("full");
    disk.load().await.unwrap();
    disk.save(save(None, b"1", vec![])).await.unwrap();
    js("self.plainPut = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
            if (Array.isArray(key)) throw new DOMException('no room', 'QuotaExceededError');
            return self.plainPut.call(this, value, key);
        };");
    let failed = disk.save(save(Some(b"1"), b"2", vec![row(1, b"a")])).await;
    js("IDBObjectStore.prototype.put = self.plainPut");
    assert_eq!(failed, Err(DiskError::Full));
    assert!(rows(&disk.load().await.unwrap()).is_empty());
    disk.save(save(Some(b"1"), b"2", vec![row(1, b"a")])).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_connection_that_the_browser_closed_is_opened_again() {
    let disk = fresh("closed");
    disk.load().await.unwrap();
    disk.save(save(None, b"1", vec![])).await.unwrap();
    js("const open = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...args) {
            IDBDatabase.prototype.transaction = open;
            this.close();
            return open.apply(this, args);
        };");
    assert!(disk.save(save(Some(b"1"), b"2", vec![])).await.is_err());
    disk.save(save(Some(b"1"), b"2", vec![row(1, b"a")])).await.unwrap();
}

const FILE: ContentHash = ContentHash([7; 32]);

fn blob(text: &str) -> Blob {
    Blob::new_with_str_sequence(&Array::of1(&text.into())).unwrap()
}

#[wasm_bindgen_test]
async fn a_file_is_kept_with_its_rows_and_read_again_by_another_connection_a_slice_at_a_time() {
    let name = format!("file-{}", js_sys::Math::random());
    let disk = IdbDisk::new(&name);
    disk.load().await.unwrap();
    watch_transactions();
    disk.keep(save(None, b"1", vec![row(1, b"a")]), FILE, &blob("a photo")).await.unwrap();
    assert_eq!(asked(), ["readwrite/strict"]);
    let again = IdbDisk::new(&name);
    assert_eq!(rows(&again.load().await.unwrap()), [(1, &b"a"[..])]);
    let file = again.file(FILE).await.unwrap().unwrap();
    let slice = StoredFile::slice(&file, 2, 99).unwrap();
    assert_eq!((StoredFile::bytes(&file), StoredFile::bytes(&slice)), (7, 5));
    assert!(again.file(ContentHash([8; 32])).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn what_needs_a_file_that_is_not_here_is_not_saved_at_all() {
    let disk = fresh("needed");
    disk.load().await.unwrap();
    disk.keep(save(None, b"1", vec![]), FILE, &blob("a photo")).await.unwrap();
    let needs = |hash, guard: &[u8], after: &[u8], first| Save {
        files_needed: vec![FILE, hash],
        ..save(Some(guard), after, vec![row(first, b"r")])
    };
    let missing = disk.save(needs(ContentHash([8; 32]), b"1", b"2", 1)).await;
    assert_eq!(missing, Err(DiskError::FileMissing));
    disk.save(needs(FILE, b"1", b"2", 2)).await.unwrap();
    let dropping = Save { files_dropped: vec![FILE], ..save(Some(b"2"), b"3", vec![]) };
    disk.save(dropping).await.unwrap();
    assert!(disk.file(FILE).await.unwrap().is_none());
    assert_eq!(rows(&disk.load().await.unwrap()), [(2, &b"r"[..])]);
}

/// Makes a database as an older app did, with its tables.
async fn older(layout: u32, tables: &[&str]) -> String {
    let name = format!("older-{}", js_sys::Math::random());
    let script = "return new Promise((resolve, reject) => {
        const asked = indexedDB.open(name, layout);
        asked.onerror = () => reject(asked.error);
        asked.onupgradeneeded = () => {
            for (const table of tables.split(' ')) asked.result.createObjectStore(table);
            asked.transaction.objectStore('keys-1').put(new Uint8Array([9]), 'device');
        };
        asked.onsuccess = () => { asked.result.close(); resolve(); };
    });";
    let made = Function::new_with_args("name, layout, tables", script);
    let (tables, layout) = (tables.join(" ").into(), f64::from(layout).into());
    let made = made.call3(&JsValue::NULL, &name.as_str().into(), &layout, &tables).unwrap();
    wasm_bindgen_futures::JsFuture::from(made.unchecked_into::<js_sys::Promise>()).await.unwrap();
    name
}

#[wasm_bindgen_test]
async fn a_database_of_an_older_layout_keeps_its_rows_and_gets_the_tables_of_files_and_previews() {
    let rows = ["entries-1", "keys-1", "meta-1"];
    let with_files = ["entries-1", "keys-1", "meta-1", "media-1"];
    for (layout, tables) in [(1, &rows[..]), (2, &with_files[..])] {
        let disk = IdbDisk::new(&older(layout, tables).await);
        let stored = disk.load().await.unwrap();
        assert_eq!(stored.named(Store::Keys, "device"), Some(&[9][..]));
        disk.keep(save(None, b"1", vec![]), FILE, &blob("a photo")).await.unwrap();
        assert!(disk.file(FILE).await.unwrap().is_some());
        disk.keep_preview(FILE, &blob("small"), 1).await.unwrap();
        assert!(disk.preview(FILE).await.unwrap().is_some());
    }
}

#[wasm_bindgen_test]
async fn so_many_previews_are_kept_and_the_oldest_leave() {
    let name = format!("previews-{}", js_sys::Math::random());
    let disk = IdbDisk::new(&name);
    disk.load().await.unwrap();
    for (n, text) in ["first", "second", "third"].into_iter().enumerate() {
        disk.keep_preview(ContentHash([n as u8; 32]), &blob(text), 3).await.unwrap();
    }
    disk.keep_preview(ContentHash([0; 32]), &blob("first, again"), 3).await.unwrap();
    disk.keep_preview(ContentHash([3; 32]), &blob("fourth"), 3).await.unwrap();
    let again = IdbDisk::new(&name);
    again.load().await.unwrap();
    let mut sizes = Vec::new();
    for n in 0..4 {
        let kept = again.preview(ContentHash([n; 32])).await.unwrap();
        sizes.push(kept.map(|kept| StoredFile::bytes(&kept)));
    }
    assert_eq!(sizes, [Some(12), None, Some(5), Some(6)]);
}

#[wasm_bindgen_test]
async fn parts_of_a_file_become_the_whole_with_its_type_and_are_read_as_bytes() {
    let (a, b) = (blob("a ph"), blob("oto"));
    let whole = <Blob as StoredFile>::join(&[a.clone(), b], "image/jpeg").unwrap();
    assert_eq!((StoredFile::bytes(&whole), whole.type_()), (7, "image/jpeg".to_owned()));
    assert_eq!(whole.read().await.unwrap(), b"a photo");
    assert_eq!(a.read().await.unwrap(), b"a ph");
}
