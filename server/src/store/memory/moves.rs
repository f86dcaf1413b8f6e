//! The moves of the clock on disk, so that a peer's last meeting is still known after a restart.

use std::collections::BTreeMap;

use chasqui_shared::{Chain, Clock, ClockDigest, Moves, Position, WriterId};
use redb::{Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, Table};

use crate::{
    limits,
    store::{error::StoreError, file::tables::MOVES},
};

const DAMAGED: StoreError = StoreError::Damaged { table: "moves-1" };
const MOVE: usize = 56;

/// Writes what one commit moved, and forgets the oldest commit when there are too many.
pub(in crate::store) fn save(
    table: &mut Table<'_, u64, &'static [u8]>,
    serial: u64,
    before: ClockDigest,
    moved: &BTreeMap<WriterId, Position>,
) -> Result<(), StoreError> {
    // A commit of more logs than are remembered in all is a gap: the peer sends its whole clock.
    if moved.len() <= limits::MOVES_MAX {
        let mut row = Vec::with_capacity(32 + moved.len() * MOVE);
        row.extend_from_slice(&before.0);
        for (writer, position) in moved {
            row.extend_from_slice(&writer.0);
            row.extend_from_slice(&position.seq.to_be_bytes());
            row.extend_from_slice(&position.chain.0);
        }
        table.insert(serial, row.as_slice())?;
    } else {
        table.retain(|_, _| false)?;
    }
    while table.len()? > limits::MOVE_COMMITS_MAX {
        table.pop_first()?;
    }
    Ok(())
}

/// Reads all moves back, ending at the clock as it is now. Where a row is damaged none is
/// remembered: peers send their whole clock.
pub(in crate::store) fn load(database: &Database, clock: &Clock) -> Result<Moves, StoreError> {
    match read(database, clock) {
        Err(StoreError::Damaged { .. }) => {
            tracing::warn!("what moved lately is not known: a row of moves-1 is damaged");
            let mut moves = Moves::new(limits::MOVES_MAX);
            moves.mark(clock.digest());
            Ok(moves)
        }
        read => read,
    }
}

fn read(database: &Database, clock: &Clock) -> Result<Moves, StoreError> {
    let mut moves = Moves::new(limits::MOVES_MAX);
    let table = database.begin_read()?.open_table(MOVES)?;
    for row in table.iter()? {
        let (_, row) = row?;
        let (digest, moved) = row.value().split_first_chunk::<32>().ok_or(DAMAGED)?;
        moves.mark(ClockDigest(*digest));
        for moved in moved.chunks(MOVE) {
            let (writer, position) = read_move(moved).ok_or(DAMAGED)?;
            moves.push(writer, position);
        }
    }
    moves.mark(clock.digest());
    Ok(moves)
}

fn read_move(bytes: &[u8]) -> Option<(WriterId, Position)> {
    let (writer, rest) = bytes.split_first_chunk::<16>()?;
    let (seq, chain) = rest.split_first_chunk::<8>()?;
    let position = Position { seq: u64::from_be_bytes(*seq), chain: Chain::from_slice(chain)? };
    Some((WriterId(*writer), position))
}
