//! Who this laptop is: made at the first start, kept in the file.

use chasqui_shared::{Charter, DeviceId, Epoch, LogWriter};
use redb::{Database, ReadableTable, TableHandle, WriteTransaction};

use crate::store::{
    error::StoreError,
    file::tables::{
        ASIDE, ENTRIES, HEADS, IMPORTS, KEYRING, LOGS, MANAGERS, MEDIA, META, MOVES, NAMED,
        NOTICES, PAIRINGS, PEERS, PLACES, QUARANTINE_USAGE, ROWS, SCHEMA, SHOWN, WAITING,
    },
    log::quarantine_usage,
    memory::committed::{Sums, bytes, serial, sums},
};

const DAMAGED: StoreError = StoreError::Damaged { table: "meta-1" };

/// What the file says of this laptop.
pub(in crate::store) struct Identity {
    pub charter: Charter,
    pub name: String,
    pub log_writer: LogWriter,
    /// What sessions are signed with.
    pub session_secret: [u8; 32],
    pub serial: u64,
    pub sums: Sums,
}

/// Reads who this laptop is, and makes it up in an empty file if it `may_begin`. A file of another
/// schema is refused.
pub(in crate::store) fn load_or_make(
    database: &Database,
    may_begin: bool,
) -> Result<Identity, StoreError> {
    let mut txn = database.begin_write()?;
    txn.set_durability(redb::Durability::Immediate)?;
    txn.set_quick_repair(true);
    let mut is_changed = {
        let mut meta = txn.open_table(META)?;
        let schema = meta.get("schema")?.map(|row| row.value().to_vec());
        match schema {
            Some(found) => {
                let found = u32::from_be_bytes(found.try_into().map_err(|_| DAMAGED)?);
                if found != SCHEMA {
                    return Err(StoreError::Schema { found, read: SCHEMA });
                }
                false
            }
            None if is_begun(&txn)? => return Err(DAMAGED),
            None if !may_begin => return Err(StoreError::DatabaseMissing),
            None => {
                let (secret, epoch) = (random::<32>()?, random::<16>()?);
                let founder = LogWriter::new(&secret, Epoch(epoch)).owner().device;
                let charter = Charter { founder, salt: Epoch(random()?) };
                let project = charter.project();
                let name = format!("Chasqui {}", data_encoding::HEXLOWER.encode(&project.0[..2]));
                meta.insert("schema", SCHEMA.to_be_bytes().as_slice())?;
                meta.insert("founder", charter.founder.0.as_slice())?;
                meta.insert("salt", charter.salt.0.as_slice())?;
                meta.insert("name", name.as_bytes())?;
                meta.insert("secret", secret.as_slice())?;
                meta.insert("epoch", epoch.as_slice())?;
                meta.insert("session_secret", random::<32>()?.as_slice())?;
                meta.insert("serial", 0u64.to_be_bytes().as_slice())?;
                meta.insert("sums", Sums::default().to_bytes().as_slice())?;
                true
            }
        }
    };
    is_changed |= quarantine_usage::fill(&txn)?;
    if is_changed {
        make_tables(&txn)?;
        txn.commit()?;
    } else {
        txn.abort()?;
    }
    load(database)
}

fn load(database: &Database) -> Result<Identity, StoreError> {
    use redb::ReadableDatabase;

    let meta = database.begin_read()?.open_table(META)?;
    let secret = bytes::<32>(&meta, "secret")?;
    let epoch = Epoch(bytes(&meta, "epoch")?);
    let name = meta.get("name")?.ok_or(DAMAGED)?;
    Ok(Identity {
        charter: Charter {
            founder: DeviceId(bytes(&meta, "founder")?),
            salt: Epoch(bytes(&meta, "salt")?),
        },
        name: String::from_utf8(name.value().to_vec()).map_err(|_| DAMAGED)?,
        log_writer: LogWriter::new(&secret, epoch),
        session_secret: bytes(&meta, "session_secret")?,
        serial: serial(&meta)?,
        sums: sums(&meta)?,
    })
}

/// Takes over the project of another laptop. Refused with [`StoreError::NotEmpty`] once anything is
/// held.
pub(in crate::store) fn join(database: &Database, charter: Charter) -> Result<(), StoreError> {
    let held = load_or_make(database, true)?;
    if held.charter == charter {
        return Ok(());
    }
    let mut txn = database.begin_write()?;
    txn.set_durability(redb::Durability::Immediate)?;
    if txn.open_table(LOGS)?.first()?.is_some() {
        return Err(StoreError::NotEmpty);
    }
    {
        let mut meta = txn.open_table(META)?;
        meta.insert("founder", charter.founder.0.as_slice())?;
        meta.insert("salt", charter.salt.0.as_slice())?;
    }
    Ok(txn.commit()?)
}

/// Whether entries are there, although nothing says whose file it is.
fn is_begun(txn: &WriteTransaction) -> Result<bool, StoreError> {
    let is_entries = |table: redb::UntypedTableHandle| table.name() == ENTRIES.name();
    Ok(txn.list_tables()?.any(is_entries))
}

/// Opening a table inside a write makes it, so that every later read finds it.
fn make_tables(txn: &WriteTransaction) -> Result<(), StoreError> {
    txn.open_table(ENTRIES)?;
    txn.open_table(LOGS)?;
    txn.open_table(PLACES)?;
    txn.open_table(HEADS)?;
    txn.open_table(NAMED)?;
    txn.open_table(MEDIA)?;
    txn.open_table(MANAGERS)?;
    txn.open_table(WAITING)?;
    txn.open_table(SHOWN)?;
    txn.open_table(MOVES)?;
    txn.open_table(PEERS)?;
    txn.open_table(NOTICES)?;
    txn.open_table(ROWS)?;
    txn.open_table(IMPORTS)?;
    txn.open_table(PAIRINGS)?;
    txn.open_table(KEYRING)?;
    txn.open_table(ASIDE)?;
    txn.open_table(QUARANTINE_USAGE)?;
    Ok(())
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::Random { reason: error.to_string() })?;
    Ok(bytes)
}
