//! The codes of all failures, each with its name on the wire and whether the same request may
//! succeed later.
//!
//! A code that is added here needs an HTTP status in `server/src/http/error.rs` and words in each
//! language in `www/src/strings`; neither compiles before it has them. Run `make contracts` for the
//! types that the pages are checked by.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::codes;

codes! {
    /// Why something failed. `Display` and serde write its name in snake_case.
    pub enum Code {
        // Access. A person mends these, nearly always a manager.
        /// No token, or one that this laptop did not give. A manager's pairing code lets the device
        /// in.
        NotPaired = "not_paired" lasting,
        /// A manager revoked the device. A new pairing code lets it in again.
        Revoked = "revoked" lasting,
        /// The session of the manager's page has ended, or its key is wrong. Sign in again.
        SessionRefused = "session_refused" lasting,
        /// A monitor asked for what is a manager's.
        ManagerOnly = "manager_only" lasting,
        /// A manager's page or a script asked for what a paired device does.
        DeviceOnly = "device_only" lasting,
        /// The manager's key was sent from another machine. Elsewhere a device pairs as a manager.
        LoopbackOnly = "loopback_only" lasting,
        /// By plain http from another machine. Use https.
        HttpsOnly = "https_only" lasting,
        /// The request names a host that is not this laptop. Use its address, or start it with
        /// `--host`.
        HostRefused = "host_refused" lasting,
        /// A page of an origin that is not Chasqui's asked.
        OriginRefused = "origin_refused" lasting,
        /// Too many wrong codes or keys. It passes after the time of `Retry-After`.
        TooManyAttempts = "too_many_attempts" retryable,

        // Pairing.
        /// The pairing code is wrong, used, or too old. A manager shows a new one.
        CodeRefused = "code_refused" lasting,
        /// What was typed is no pairing code.
        CodeMalformed = "code_malformed" lasting,
        /// What was scanned or opened is no invitation of Chasqui.
        LinkMalformed = "link_malformed" lasting,
        /// The name of a device is empty, too long, or cannot be shown. Choose another.
        NameUnusable = "name_unusable" lasting,
        /// The settings that a manager sent cannot be read, or are out of their limits.
        SettingsMalformed = "settings_malformed" lasting,
        /// As many pairing codes are open as may be. Use one, or wait until one has ended.
        TooManyCodes = "too_many_codes" lasting,
        /// The laptop has as many pairings as it may.
        TooManyPairings = "too_many_pairings" lasting,
        /// The phone is paired with as many laptops as it may be.
        TooManyLaptops = "too_many_laptops" lasting,
        /// The records of a device can be hidden only once it is revoked.
        NotRevoked = "not_revoked" lasting,
        /// The phone is not paired yet. A manager's code pairs it.
        NoProject = "no_project" retryable,
        /// The other side belongs to another project. Nobody can mend that.
        OtherProject = "other_project" lasting,
        /// A laptop answers that this phone is not paired with.
        OtherLaptop = "other_laptop" lasting,
        /// The laptop that answers could not sign the nonce with the key that it names.
        HelloUnproven = "hello_unproven" lasting,

        // The way to a laptop.
        /// No answer. It passes when the laptop is in reach.
        Unreachable = "unreachable" retryable,
        /// No answer in time.
        Timeout = "timeout" retryable,
        /// Something was asked for that needs the laptop, which is out of reach.
        LaptopAway = "laptop_away" retryable,
        /// The answer is not what the protocol says: another program, or another version of this
        /// one.
        BadAnswer = "bad_answer" lasting,
        /// The address of the other laptop is none of this network.
        UrlRefused = "url_refused" lasting,
        /// The certificate that was given for the other laptop is none.
        AuthorityUnreadable = "authority_unreadable" lasting,
        /// The other laptop's certificate is not from the authority that is trusted for it.
        CertificateRefused = "certificate_refused" lasting,

        // Requests. Whoever wrote the asking program mends these.
        /// The body is not the message of its path.
        Malformed = "malformed" lasting,
        /// A parameter of the query is unknown, or out of its range.
        QueryMalformed = "query_malformed" lasting,
        /// A header is missing, or is not what it must be.
        HeaderMalformed = "header_malformed" lasting,
        /// The body has a content type that is not read here.
        UnsupportedMediaType = "unsupported_media_type" lasting,
        /// There is nothing at this path.
        NotFound = "not_found" lasting,
        /// The path does not know this method.
        MethodNotAllowed = "method_not_allowed" lasting,
        /// The body or the file is over its limit.
        BodyTooLarge = "body_too_large" lasting,
        /// A batch of entries is over its limits.
        BatchTooLarge = "batch_too_large" lasting,
        /// A request has more rows than are taken at once.
        TooManyRows = "too_many_rows" lasting,
        /// No such record is stored.
        RecordUnknown = "record_unknown" lasting,

        // The laptop.
        /// More was asked at once than is done at once. It passes soon.
        Busy = "busy" retryable,
        /// The program of the laptop is stopping. Start it again.
        Stopping = "stopping" retryable,
        /// Something broke on the laptop; its log says what.
        Internal = "internal" retryable,
        /// The laptop could not read or write its database; its log says why.
        StoreFailed = "store_failed" retryable,
        /// The disk of the laptop is full. Make space on it.
        LaptopFull = "laptop_full" retryable,
        /// A file could not be read or written on the laptop.
        FileUnreadable = "file_unreadable" retryable,

        // Sync.
        /// Two sides differ, and neither takes what the other sends.
        Stuck = "stuck" retryable,
        /// Two sides differ in more versions than a comparison by hashes tells.
        TooManyDifferences = "too_many_differences" lasting,
        /// The data directory that this laptop was to be compared with cannot be read.
        FolderUnreadable = "folder_unreadable" lasting,

        // Files to import. Whoever made the file mends it.
        /// The file is not text.
        NotText = "not_text" lasting,
        /// The file is empty.
        Empty = "empty" lasting,
        /// No columns of coordinates were found.
        NoCoordinateColumns = "no_coordinate_columns" lasting,
        /// The header row has more columns than are read.
        TooManyColumns = "too_many_columns" lasting,
        /// The file is JSON, and not GeoJSON.
        NotGeoJson = "not_geojson" lasting,
        /// The coordinates are not in WGS 84.
        ReferenceSystemUnsupported = "reference_system_unsupported" lasting,
        /// The name of the file or source is empty or too long.
        SourceName = "source_name" lasting,

        // Photos, audio and video on their way.
        /// The file is not stored here.
        MediaUnknown = "media_unknown" lasting,
        /// The file has no such part.
        RangeUnsatisfiable = "range_unsatisfiable" lasting,
        /// No preview can be made of this file.
        PreviewImpossible = "preview_impossible" lasting,
        /// Another request writes to the upload.
        UploadBusy = "upload_busy" retryable,
        /// The bytes of a request arrived damaged. Send them again.
        ChecksumWrong = "checksum_wrong" retryable,
        /// The file is not the one that its hash names.
        HashWrong = "hash_wrong" lasting,
        /// The disk of the laptop has no room for this file. Make space on it.
        DiskReserve = "disk_reserve" retryable,
        /// As many uploads are open as may be.
        TooManyUploads = "too_many_uploads" lasting,
        /// The same file is being uploaded with another length.
        LengthDiffers = "length_differs" lasting,
        /// The upload resumes at another byte.
        OffsetWrong = "offset_wrong" lasting,
        /// There is no such upload. Begin it anew.
        UploadUnknown = "upload_unknown" lasting,
        /// The upload has expired. Begin it anew.
        UploadExpired = "upload_expired" lasting,
        /// An upload in parts, which this laptop does not put together.
        ConcatenationUnsupported = "concatenation_unsupported" lasting,
        /// An upload that does not say its length at once.
        LengthDeferred = "length_deferred" lasting,
        /// What an upload says of its file cannot be read.
        MetadataMalformed = "metadata_malformed" lasting,
        /// A checksum by an algorithm that is not known here.
        ChecksumUnsupported = "checksum_unsupported" lasting,
        /// Another version of tus than 1.0.0.
        TusVersion = "tus_version" lasting,

        // The phone. The monitor mends these.
        /// The phone has no room left. Free some.
        StorageFull = "storage_full" retryable,
        /// The phone could not save.
        StorageFailed = "storage_failed" retryable,
        /// The phone's storage does not answer.
        StorageSlow = "storage_slow" retryable,
        /// What the phone stored cannot be read.
        StorageDamaged = "storage_damaged" lasting,
        /// Another window saved meanwhile. Save again.
        LogMoved = "log_moved" retryable,
        /// The phone has no free memory.
        MemoryFull = "memory_full" retryable,
        /// The list of records cannot be written for the page.
        ListUnwritable = "list_unwritable" lasting,
        /// The page sent something that is no draft of an observation.
        DraftMalformed = "draft_malformed" lasting,
        /// A file is empty.
        MediaEmpty = "media_empty" lasting,
        /// A file is too large to be sent.
        MediaLarge = "media_large" lasting,
        /// An observation has as many files as it can.
        MediaMany = "media_many" lasting,
        /// A file that a record names is not on this phone.
        MediaMissing = "media_missing" lasting,
        /// A file was not read whole.
        MediaSizeWrong = "media_size_wrong" lasting,
        /// A file on this phone is not what was taken.
        MediaDamaged = "media_damaged" lasting,

        // Versions that cannot be made, or are stored and not shown. See `VersionError` and
        // `Quarantine`.
        /// Not a version.
        VersionMalformed = "version_malformed" lasting,
        /// Written by newer software. An update shows it.
        VersionNewer = "version_newer" lasting,
        /// Not in the deterministic encoding.
        VersionNotDeterministic = "version_not_deterministic" lasting,
        /// A field is over its limit. Shorten it.
        VersionTooLarge = "version_too_large" lasting,
        /// Parents do not ascend.
        VersionUnsorted = "version_unsorted" lasting,
        /// A file is named twice.
        VersionMediaRepeated = "version_media_repeated" lasting,
        /// A label has a control character. Delete it.
        VersionControlCharacter = "version_control_character" lasting,
        /// A zone is assumed for a time that needs none.
        VersionZoneUnfit = "version_zone_unfit" lasting,
        /// The category is missing. Choose one.
        VersionNoCategory = "version_no_category" lasting,
        /// The generation does not fit the parents.
        VersionGeneration = "version_generation" lasting,
        /// The role of the author does not allow the change.
        VersionForbidden = "version_forbidden" lasting,
        /// The author named by a version did not sign it.
        AuthorMismatch = "author_mismatch" lasting,
        /// No manager has named the author a manager yet. The version is shown as soon as one does.
        RoleUnknown = "role_unknown" lasting,
    }
}

impl Code {
    /// Its name in snake_case.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(name) => name,
            code => code.known().unwrap_or_default(),
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(String::deserialize(deserializer)?.as_str().into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own_in_snake_case_and_is_read_from_it() {
        let names: BTreeSet<_> = Code::ALL.iter().map(Code::as_str).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            let name = code.as_str();
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
            assert_eq!((code.known(), &Code::from(name)), (Some(name), code));
        }
    }
}
