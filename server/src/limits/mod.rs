//! Limits of the laptop alone. Those that both ends must agree on are in
//! [`chasqui_shared::limits`].

pub mod places;

use std::{ops::RangeInclusive, time::Duration};

use chasqui_shared::{limits::REQUEST_TIMEOUT_MS, transfer};

/// Moves of the clock that are remembered, in logs moved over all commits.
pub const MOVES_MAX: usize = 65_536;
/// Commits whose moves are remembered on disk.
pub const MOVE_COMMITS_MAX: u64 = 16_384;
/// Jobs that wait for the next commit; a request beyond waits to be let in.
pub const JOBS_WAITING_MAX: usize = 1_024;
/// Entries that one commit gathers before it stops looking for more.
pub const COMMIT_ENTRIES_MAX: usize = 4_000;
/// Memory for pages of the database, in bytes.
pub const CACHE_BYTES: usize = 20 * 1024 * 1024;
/// The same for a file that is read or written once.
pub const BRIEF_CACHE_BYTES: usize = 8 * 1024 * 1024;
/// How long nothing is written before the database may be packed.
pub const PACK_PAUSE: Duration = Duration::from_secs(60);
/// Bytes that the database may take of the disk, besides a quarter of what is stored, before it is
/// packed.
pub const LOOSE_BYTES_MIN: u64 = 1024 * 1024;
/// Rows that are copied before it is looked whether somebody wants to write.
pub const PACKED_ROWS_AT_ONCE: usize = 1_000;
/// Notices that are kept; of whoever has most of them, the oldest go first.
pub const NOTICES_MAX: usize = 1_000;
/// Notices that are kept of what one device brings; its oldest go first.
pub const NOTICES_OF_ONE_MAX: usize = 32;
/// How many of one kind by one device are remembered, so that none is counted twice.
pub const NOTICED_LATELY_MAX: usize = 256;
/// After a notice was marked as done, what says the same is kept quiet for so many milliseconds: a
/// day.
pub const NOTICE_DONE_MS_MIN: i64 = 24 * 60 * 60 * 1_000;
/// Entries that one commit looks through after a device's records were set aside.
pub const SWEPT_ENTRIES_PER_COMMIT: usize = 500;

/// Shortest pause between two events to one page.
pub const EVENT_PAUSE: Duration = Duration::from_millis(100);
/// How long a connection without events stays silent before a comment is sent.
pub const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long the body of a request about access may take to come.
pub const ACCESS_TIME_MAX: Duration = Duration::from_secs(10);
/// How long a request may take, uploads of files apart.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(30);
/// How long an upload of a file may take.
pub const IMPORT_TIME_MAX: Duration = Duration::from_secs(30 * 60);
/// Files that are kept for data, uploads and everything else that is no connection.
pub const FILES_RESERVED: usize = 256;
/// Connections from other machines, if the process may open as many files.
pub const CONNECTIONS_MAX: usize = 1_024;
/// Connections from this very machine.
pub const CONNECTIONS_LOCAL_MAX: usize = 512;
/// Connections from one address of another machine on which nobody was let in.
pub const CONNECTIONS_OF_ADDRESS_MAX: usize = 128;
/// Connections of one device.
pub const CONNECTIONS_OF_DEVICE_MAX: usize = 32;
/// Devices that are let in on one connection.
pub const CONNECTION_DEVICES_MAX: usize = 8;
/// How often connections are looked at.
pub const SWEEP_PAUSE: Duration = Duration::from_secs(1);
/// How long a connection may be silent on which nobody was let in.
pub const STRANGER_SILENCE_TIME_MAX: Duration = Duration::from_secs(30);
/// How long a connection that is ended stays open for the answer to what ended it.
pub const LAST_ANSWER_TIME: Duration = Duration::from_secs(1);
/// Within what time the other side must take [`TAKEN_BYTES_MIN`] of an answer, if it has as many.
pub const TAKEN_TIME_MAX: Duration = Duration::from_secs(30);
/// What the other side must take of an answer in [`TAKEN_TIME_MAX`], in bytes: a hundredth of a
/// slow wifi.
pub const TAKEN_BYTES_MIN: usize = 8 * 1024;
/// Bytes that are gathered of an answer that is written while it is sent, before they go on their
/// way.
pub const STREAM_CHUNK_BYTES: usize = 64 * 1024;
/// Chunks of such an answer that wait to be taken.
pub const STREAM_CHUNKS_AHEAD: usize = 2;
/// How long such an answer may take in all: as long it keeps one state of the store.
pub const STREAM_TIME_MAX: Duration = Duration::from_secs(10 * 60);
/// Requests on one connection of HTTP/2 at once.
pub const STREAMS_MAX: u32 = 32;
/// Bytes of an answer that one request holds ready for a socket that is not ready.
pub const SEND_BUFFER_BYTES: usize = 64 * 1024;
/// How long a new connection may take until its first request is complete.
pub const FIRST_REQUEST_TIME_MAX: Duration = Duration::from_secs(15);
/// How long a connection may be silent between two requests, and how long the head of a request may
/// take.
pub const SILENCE_TIME_MAX: Duration = Duration::from_secs(120);
/// How long a stop waits for requests that are under way.
pub const STOP_TIME_MAX: Duration = Duration::from_secs(5);

/// Rows of one `POST /observations`.
pub const SUBMITTED_ROWS_MAX: usize = 1_000;
/// Body of one `POST /observations`, in bytes, unpacked.
pub const SUBMITTED_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Longest id that a script or a file gives a row, in bytes of UTF-8.
pub const ROW_ID_BYTES_MAX: usize = 128;
/// Longest name of a source, in bytes of UTF-8.
pub const SOURCE_BYTES_MAX: usize = 255;
/// Observations of one page.
pub const PAGE_ROWS_MAX: usize = 1_000;
/// Observations of a page whose request does not say.
pub const PAGE_ROWS: usize = 100;
/// Bytes of one page of observations, as far as they depend on what people wrote; the page ends
/// before what would be more.
pub const PAGE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Entries that are read for one page; it ends after the observation that took the last of them.
pub const PAGE_ENTRIES_MAX: u64 = 20_000;
/// Changes of records, and of files, that are kept for whoever asks what changed since.
pub const RECENT_MAX: usize = 20_000;
/// Changes that one answer goes through.
pub const CHANGES_MAX: usize = 1_000;
/// Records that are looked at for a file that came or went.
pub const CHANGED_NAMINGS_MAX: usize = 1_000;
/// Logs of one page of peers.
pub const PEERS_MAX: usize = 1_000;
/// Versions of one page of an observation's history.
pub const HISTORY_ROWS_MAX: usize = 1_000;
/// Versions of a page whose request does not say.
pub const HISTORY_ROWS: usize = 100;
/// Versions among which one is sought that says the same as a row whose record came by sync.
pub const ROW_LOOKED_BACK_MAX: usize = 1_000;
/// Longest text to search for, in bytes of UTF-8.
pub const SEARCH_BYTES_MAX: usize = 256;

/// Meetings with other laptops that go on at once.
pub const MEETINGS_RUNNING_MAX: usize = 4;
/// Meetings that are listed; the oldest go first.
pub const MEETINGS_KEPT_MAX: usize = 100;
/// Laptops whose last meeting is remembered on disk.
pub const MEETING_CLOCKS_MAX: u64 = 256;
/// How often a meeting that was interrupted goes on by itself.
pub const MEETING_TRIES_MAX: u32 = 4;
/// How long another laptop may take to accept a connection.
pub const PEER_CONNECT_TIME_MAX: Duration = Duration::from_secs(5);
/// Bytes of a file that one request moves to or from another laptop.
pub const FILE_SLICE_BYTES: RangeInclusive<u64> = 1024 * 1024..=8 * 1024 * 1024;
/// How long such a request may take, in milliseconds: a slow wifi moves 30 kB in a second.
pub const FILE_SLICE_MS: RangeInclusive<u64> = 60_000..=5 * 60_000;
/// Longest pause of a waiting meeting before it looks whether the program stops.
pub const STOP_LOOK_PAUSE: Duration = Duration::from_millis(100);
/// Bodies below are sent as they are, in bytes.
pub const PACKED_BYTES_MIN: usize = 1_024;
/// The header of a sync request with the asking side's clock, in milliseconds since 1970.
pub const TIME_HEADER: &str = "chasqui-time";

/// Devices that are let in, revoked ones too.
pub const PAIRINGS_MAX: usize = 1_000;
/// Other laptops whose token is kept.
pub const KEYS_MAX: u64 = 256;
/// Pairing codes that are open at once.
pub const CODES_MAX: usize = 16;
/// How long a pairing code is valid.
pub const CODE_TIME_MAX: Duration = Duration::from_secs(10 * 60);
/// How far back failed attempts to get in are counted.
pub const ATTEMPT_TIME: Duration = Duration::from_secs(60);
/// Failed attempts from one address in [`ATTEMPT_TIME`].
pub const ATTEMPTS_OF_ONE_MAX: usize = 10;
/// Failed attempts in [`ATTEMPT_TIME`] from all addresses that had failed in it before.
pub const ATTEMPTS_OF_ALL_MAX: usize = 60;
/// Addresses that fail in [`ATTEMPT_TIME`] for the first time.
pub const ATTEMPTS_FIRST_MAX: usize = 1_000;
/// Wrong codes, keys and tokens in [`TELLING_PAUSE`] from which on a manager is told that somebody
/// tries.
pub const TRIED_SECRETS_TOLD_MIN: u64 = 5;
/// Requests in [`TELLING_PAUSE`] of callers who are not let in, from which on a manager is told.
pub const TRIED_ENTRIES_TOLD_MIN: u64 = 100;
/// Least time between two tellings of the same.
pub const TELLING_PAUSE: Duration = Duration::from_secs(60);
/// How long a manager's session lasts.
pub const SESSION_TIME_MAX: Duration = Duration::from_secs(12 * 60 * 60);
/// Longest origin of a page that is kept with a pairing, in bytes.
pub const ORIGIN_BYTES_MAX: usize = 255;
/// Longest body of a request about access, in bytes, unpacked.
pub const ACCESS_BYTES_MAX: usize = 4 * 1024;
/// How long a browser may remember what another origin may ask, in seconds.
pub const PREFLIGHT_SECONDS: &str = "600";
/// How much of the body of a request that is not let in is still read before the answer, in bytes
/// as they travel.
pub const TURNED_AWAY_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// How long the body of an upload that is not taken is read before the answer: who is silent hears
/// it then.
pub const TURNED_AWAY_TIME_MAX: Duration = Duration::from_secs(1);

/// How often it is looked whether something was read that is not what was written.
pub const DOUBT_PAUSE: Duration = Duration::from_secs(1);
/// How long an audit or a comparison may take.
pub const AUDIT_TIME_MAX: Duration = Duration::from_secs(30 * 60);
/// Damages, and versions that differ, that a report lists one by one; the others are counted.
pub const DAMAGE_LISTED_MAX: usize = 10_000;
/// Versions that are computed again for one answer about the custody of a record, the latest first.
pub const CUSTODY_VERSIONS_MAX: usize = 1_000;
/// Damages of one audit that become notices.
pub const DAMAGE_NOTED_MAX: usize = 100;

/// Files that are imported at once.
pub const IMPORTS_MAX: usize = 4;
/// Largest file to import, in bytes.
pub const IMPORT_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// How much of an upload that cannot be kept is still read before the answer, in bytes.
pub const PASSED_OVER_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Rows of a file that one commit takes.
pub const IMPORT_ROWS_PER_COMMIT: usize = 500;
/// Refused rows that a report lists one by one; the others are counted.
pub const IMPORT_REFUSED_LISTED_MAX: usize = 10_000;
/// Longest row of a CSV file, and longest feature of a GeoJSON file, in bytes.
pub const IMPORT_ROW_BYTES_MAX: usize = 1024 * 1024;
/// Longest record of a CSV file that goes over several lines within quotes, in bytes: more than any
/// field may have.
pub const IMPORT_QUOTED_BYTES_MAX: usize = 128 * 1024;
/// How much of a CSV file may be read again after quotes that are never closed, in bytes.
pub const IMPORT_READ_AGAIN_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Rows that a note names one by one.
pub const IMPORT_NOTED_ROWS_MAX: usize = 10;
/// Most columns of a CSV file.
pub const IMPORT_COLUMNS_MAX: usize = 1_024;

/// Bytes of the disk that files from phones leave free: records and everything else on the machine
/// go on.
pub const DISK_RESERVE_BYTES: u64 = 256 * 1024 * 1024;
/// How long an upload that was refused for lack of room is told of.
pub const REFUSED_TIME: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a file stays that no record and no upload names, after it came or a device was last
/// told that it is here.
pub const ORPHAN_KEPT_TIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How exactly it is written down when a device was last told that a file is here.
pub const ACKNOWLEDGED_TIME: Duration = Duration::from_secs(24 * 60 * 60);
/// How often files are looked at, and those that nothing names are looked for; the first time so
/// long after the start.
pub const ORPHANS_PAUSE: Duration = Duration::from_secs(60 * 60);
/// On how many days no record may have named a file before it is removed: one wrong clock makes
/// nothing old.
pub const ORPHAN_DAYS_MIN: usize = 7;
/// How long a removed file stands aside at least.
pub const REMOVED_KEPT_TIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// On how many days no record may have named a removed file before it is deleted.
pub const REMOVED_DAYS_MIN: usize = 30;
/// How long a hash of a whole file holds for one who would give up the own copy.
pub const HASHED_TIME: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a question about files waits for them to be hashed before it is answered without.
pub const HELD_ANSWER_TIME_MAX: Duration = Duration::from_secs(8);
/// Files that are asked about or removed in one commit, and listed in one question to the index.
pub const FILES_AT_ONCE: usize = 1_000;
/// Uploads that go on at once, of all owners.
pub const UPLOADS_MAX: usize = 4_096;
/// Uploads that go on at once, of one owner.
pub const UPLOADS_OF_ONE_MAX: usize = 256;
/// Uploads that each owner may have even if all others have [`UPLOADS_MAX`].
pub const UPLOADS_OF_ONE_MIN: usize = 4;
/// How long room is kept for the rest of an upload of which nothing comes.
pub const PROMISE_TIME: Duration = Duration::from_secs(60 * 60);
/// What part of the room for files, one in so many, is kept for the uploads of one device beyond
/// its first.
pub const PROMISED_PART: u64 = 8;
/// Uploads of which it is remembered that they became files, of all owners; the oldest go first.
pub const UPLOADS_FINISHED_MAX: usize = 4_096;
/// Those of one owner; its own oldest go first.
pub const UPLOADS_FINISHED_OF_ONE_MAX: usize = 256;
/// How long an upload waits for its next bytes, and is remembered after its last.
pub const UPLOAD_KEPT_TIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How long the body of an upload may be silent; what came is kept.
pub const UPLOAD_SILENCE_MAX: Duration = Duration::from_secs(20);
/// How long no bytes may come to a request of an upload before a newer request goes on in its
/// place.
pub const UPLOAD_QUIET_TIME: Duration = Duration::from_secs(2);
/// How long the newer request waits for the older to keep what came.
pub const UPLOAD_HANDOVER_TIME_MAX: Duration = Duration::from_secs(5);
/// How long one request of an upload may take.
pub const UPLOAD_TIME_MAX: Duration = Duration::from_secs(30 * 60);
/// Bytes of one request after which what came is made durable, so that a crash loses no more.
pub const UPLOAD_UNSYNCED_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Bytes of an upload that are gathered, if they are here already, before they go to the disk.
pub const UPLOAD_GATHERED_BYTES_MAX: usize = 256 * 1024;
/// Longest side of a preview, in pixels.
pub const PREVIEW_SIDE_MAX: u32 = 320;
/// How well a preview looks, of 100: some 15 kB each.
pub const PREVIEW_QUALITY: u8 = 75;
/// Largest file that a preview is made of, in bytes.
pub const PREVIEWED_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Most pixels of a picture that a preview is made of: what the largest cameras of phones take in
/// one piece.
pub const PREVIEWED_PIXELS_MAX: u64 = 64_000_000;
/// Most memory for the decoded picture, in bytes: its pixels in three colours and transparency.
pub const PREVIEWED_MEMORY_BYTES_MAX: u64 = 4 * PREVIEWED_PIXELS_MAX;
/// Previews that are made at once.
pub const PREVIEWS_AT_ONCE_MAX: usize = 2;
/// Previews that are made or wait for their turn.
pub const PREVIEWS_WAITING_MAX: usize = 64;
/// Longest `Upload-Metadata`, in bytes.
pub const UPLOAD_METADATA_BYTES_MAX: usize = 4 * 1024;

/// How files move to and from another laptop: one slice at a time, by requests that give up by
/// themselves.
pub fn peer_files() -> transfer::Limits {
    transfer::Limits {
        slices_max: 1,
        slice_bytes: FILE_SLICE_BYTES,
        patience_ms: FILE_SLICE_MS,
        answer_ms: REQUEST_TIMEOUT_MS,
        grace_ms: 5 * 60_000,
        rest_ms_min: 1_000,
        interruptions_max: MEETING_TRIES_MAX,
    }
}
