/**
 * Written by `make contracts` from `www/contracts`. Not to be edited.
 */
export interface paths {
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/audit`: computes everything again that this laptop holds. What is damaged becomes a notice, and a file that is damaged is set aside. */
        post: operations["audit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/changes`: takes entries. The answer leaves after the commit. */
        post: operations["push"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/wanted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/changes/wanted`: the entries of some ranges. */
        post: operations["pull"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/comparison`: with another laptop; heals this one if ordered to. */
        post: operations["compare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the devices. */
        get: operations["list_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Begins with one event, then sends one after each commit, and when a file came or went, at most one each [`limits::EVENT_PAUSE`]. */
        get: operations["listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hello": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says who this laptop is, what it holds and what time it has. */
        get: operations["hello"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps the body in a file until all of it is there, then takes its rows. Any content type is read by its content. */
        post: operations["import_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/media`: begins an upload, and takes the first bytes of it if they come along. */
        post: operations["begin_upload"];
        delete?: never;
        /** `OPTIONS /api/v1/media`: what of tus this laptop knows. */
        options: operations["describe_uploads"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/media/held`: which files are here, and which uploads of the asking device can go on. Before a device gives up its own copies, files that were not hashed within a day are hashed again. */
        post: operations["ask_held"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `HEAD /api/v1/media/uploads/{id}`: how much of an upload is durable, all of it if it became a file lately. */
        get: operations["show_upload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** `PATCH /api/v1/media/uploads/{id}`: the next bytes. */
        patch: operations["go_on_with_upload"];
        trace?: never;
    };
    "/api/v1/media/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `GET /api/v1/media/{hash}`: the file, or a part of it. */
        get: operations["show_media"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media/{hash}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `GET /api/v1/media/{hash}/preview`: a JPEG of the file, upright, at most 320 pixels wide and high. */
        get: operations["show_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `GET /api/v1/meetings`: newest first. */
        get: operations["list_meetings"];
        put?: never;
        /** `POST /api/v1/meetings`: begins a meeting, or answers with the one that goes on already. */
        post: operations["begin_meeting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the notices. */
        get: operations["list_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/notices/done`: marks notices as done. They stay in the list. */
        post: operations["finish_notices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists views, latest observation first. GeoJSON has every record that was found, and of each what a map needs. */
        get: operations["list_observations"];
        put?: never;
        /** Takes a JSON list or a GeoJSON FeatureCollection; a row that is refused stops no other. */
        post: operations["submit_observations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/observations/{record}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one record. */
        get: operations["show_observation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Describes every path under `/api/v1`, as OpenAPI 3.1. */
        get: operations["describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `GET /api/v1/pairings`: who was let in, and the codes that are open. */
        get: operations["list_pairings"];
        put?: never;
        /** `POST /api/v1/pairings`: lets a device in that knows an open code. */
        post: operations["pair"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairings/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/pairings/codes`: a code that lets one device in. */
        post: operations["open_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairings/{device}/aside": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/pairings/{device}/aside`: sets the records of a revoked device aside, or takes that back. They stay in the log, in sync and in every export; lists, maps, searches and counts are without them as soon as they were computed again. */
        post: operations["set_records_aside"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairings/{device}/name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/pairings/{device}/name`: calls a device otherwise. */
        post: operations["rename_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairings/{device}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/pairings/{device}/revoke`: lets a device in no more, and ends all of it that is under way. */
        post: operations["revoke_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairings/{device}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/pairings/{device}/role`: gives a device another role. What it does as a manager ends if it is none any more. */
        post: operations["set_role_of_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/peers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the logs of others, those first whose side asked last. Where there are more than a page has, `Link` names the next. */
        get: operations["list_peers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/readiness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/readiness`: keeps the device's last report, which its pairing shows. One that says nothing new changes only when it was said. */
        post: operations["report_readiness"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{record}/custody": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Computes the versions of one record again, the latest first, a page at a time. */
        get: operations["show_custody"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `GET /api/v1/session`: who asks. */
        get: operations["show_session"];
        put?: never;
        /** `POST /api/v1/session`: the cookie of a new session. */
        post: operations["begin_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/session/end`: takes the cookie back. */
        post: operations["end_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `GET /api/v1/settings`: what stands; what holds if nobody ever said anything, else. */
        get: operations["show_settings"];
        put?: never;
        /** `POST /api/v1/settings`: decides anew; what stands already is stored no second time. */
        post: operations["decide_settings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tells how much is held. */
        get: operations["status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync/hashes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/sync/hashes`: a step towards which versions only one side holds. */
        post: operations["compare_hashes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/sync/offer`: what one side holds, and what is therefore to be moved. */
        post: operations["offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `POST /api/v1/sync/places`: in which entries versions travel. */
        post: operations["find_places"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One answer to a question of a form. No fractions: a decimal is text, as it was written. */
        Answer: boolean | number | string | string[];
        /** @description Whether its records are to be set aside. */
        AsideOrder: {
            aside: boolean;
        };
        /** @description What an audit found; also what `chasqui verify --json` prints. */
        AuditReport: {
            /** @description The first [`limits::DAMAGE_LISTED_MAX`] of them. */
            damage: components["schemas"]["Damage"][];
            /**
             * Format: int64
             * @description Number of all damages.
             */
            damaged: number;
            /**
             * Format: int64
             * @description Entries that were computed again, those that are damaged too.
             */
            entries: number;
            /** @description What the database says of its file, if it is damaged; the audit then goes on with what can be read. */
            file: string | null;
            /**
             * Format: int64
             * @description Logs that were walked.
             */
            logs: number;
            media: components["schemas"]["FilesReport"] | null;
            project: components["schemas"]["ProjectId"] | null;
            /**
             * Format: int64
             * @description Versions that are whole, each once.
             */
            versions: number;
        };
        /**
         * @description `POST /api/v1/changes`, and the answer of `GET /api/v1/changes`.
         *
         *     At most [`limits::BATCH_ENTRIES_MAX`] entries in at most [`limits::RANGES_MAX`] runs.
         */
        Batch: {
            /** @description The project of all runs. */
            project: components["schemas"]["ProjectId"];
            /** @description The entries. */
            runs: components["schemas"]["Run"][];
            /** @description The log that the sending side writes. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description The answer to a pushed [`Batch`], sent after the commit. */
        BatchResponse: {
            /** @description The digest of the answering side's clock after the commit. */
            digest: components["schemas"]["ClockDigest"];
            /** @description One for each run, in order. */
            runs: components["schemas"]["RunResult"][];
        };
        /** @description An upload that goes on where it stopped. */
        Begun: {
            /** @description The file. */
            hash: components["schemas"]["ContentHash"];
            /**
             * Format: int64
             * @description Bytes that are durable there: the next `PATCH` begins here.
             */
            offset: number;
            /** @description The path of the upload, below the laptop's base address. */
            upload: string;
        };
        /** @description 32 bytes in lower-case hex */
        Chain: string;
        /**
         * @description What a version does to its record.
         * @enum {string}
         */
        Change: "edit" | "delete" | "resolve";
        /** @description A row that says something else of a record that is here. */
        ChangedRow: components["schemas"]["RowPosition"] & {
            /** @description The record. */
            record: components["schemas"]["RecordId"];
        };
        /** @description As [`write_changes`] writes it. */
        Changes: {
            /** @description To ask what changes from now on; null where what changed is not known any more, and all is to be read again. */
            changes: string | null;
            /** @description What is found now, and may have changed. */
            items: components["schemas"]["LaptopView"][];
            /** @description Whether more changed already. */
            more: boolean;
            /** @description What may have changed, and is not found now. */
            removed: components["schemas"]["RecordId"][];
        };
        /**
         * @description The laptop that began a project, and the salt that tells its projects apart.
         *
         *     The project's id is the hash of both, so that everybody who knows the id can check who its first manager is. All other managers are named, directly or not, by that one; see [`crate::Member`].
         */
        Charter: {
            /** @description The first manager's device. */
            founder: components["schemas"]["DeviceId"];
            /** @description Chosen at random when the project was begun. */
            salt: components["schemas"]["Epoch"];
        };
        /**
         * @description One thing that a phone checked.
         * @enum {string}
         */
        Check: "yes" | "no" | "unknown";
        /** @description Ascending by writer */
        Clock: components["schemas"]["ClockRow"][];
        /** @description 32 bytes in lower-case hex */
        ClockDigest: string;
        /** @description A clock that is probably wrong: phones agree on another time, or the program was built later than the clock says. */
        ClockDoubt: {
            /** @description What it says. */
            now: components["schemas"]["Timestamp"];
            /** @description What time it probably is. */
            probably: components["schemas"]["Timestamp"];
        };
        /** @description One log of a clock on the wire. */
        ClockRow: {
            chain: components["schemas"]["Chain"];
            /** Format: int64 */
            seq: number;
            writer: components["schemas"]["WriterId"];
        };
        /** @description Stable. A newer program may say others than those that are listed. */
        Code: "not_paired" | "revoked" | "session_refused" | "manager_only" | "device_only" | "loopback_only" | "https_only" | "host_refused" | "origin_refused" | "too_many_attempts" | "code_refused" | "code_malformed" | "link_malformed" | "name_unusable" | "settings_malformed" | "too_many_codes" | "too_many_pairings" | "too_many_laptops" | "not_revoked" | "no_project" | "other_project" | "other_laptop" | "hello_unproven" | "unreachable" | "timeout" | "laptop_away" | "bad_answer" | "url_refused" | "authority_unreadable" | "certificate_refused" | "malformed" | "query_malformed" | "header_malformed" | "unsupported_media_type" | "not_found" | "method_not_allowed" | "body_too_large" | "batch_too_large" | "too_many_rows" | "record_unknown" | "busy" | "stopping" | "internal" | "store_failed" | "laptop_full" | "file_unreadable" | "stuck" | "too_many_differences" | "folder_unreadable" | "not_text" | "empty" | "no_coordinate_columns" | "too_many_columns" | "not_geojson" | "reference_system_unsupported" | "source_name" | "media_unknown" | "range_unsatisfiable" | "preview_impossible" | "upload_busy" | "checksum_wrong" | "hash_wrong" | "disk_reserve" | "too_many_uploads" | "length_differs" | "offset_wrong" | "upload_unknown" | "upload_expired" | "concatenation_unsupported" | "length_deferred" | "metadata_malformed" | "checksum_unsupported" | "tus_version" | "storage_full" | "storage_failed" | "storage_slow" | "storage_damaged" | "log_moved" | "memory_full" | "list_unwritable" | "draft_malformed" | "media_empty" | "media_large" | "media_many" | "media_missing" | "media_size_wrong" | "media_damaged" | "version_malformed" | "version_newer" | "version_not_deterministic" | "version_too_large" | "version_unsorted" | "version_media_repeated" | "version_control_character" | "version_zone_unfit" | "version_no_category" | "version_generation" | "version_forbidden" | "author_mismatch" | "role_unknown";
        /** @description A code, and ways to bring it to a phone. */
        CodeAnswer: {
            code: string;
            expires_at: components["schemas"]["Timestamp"];
            /** Format: int64 */
            id: number;
            /** @description The first of `links`. */
            link: string;
            /** @description The app at each https address with the code in its fragment, best first. */
            links: string[];
            onboarding?: components["schemas"]["OnboardingPage"];
            role: components["schemas"]["Role"];
            /** @description What the app scans; no camera app opens it. */
            scan: string;
            /** @description `scan` as a QR code. */
            svg: string;
        };
        /** @description An open code; the code itself is shown once, to whoever asked for it. */
        CodeItem: {
            expires_at: components["schemas"]["Timestamp"];
            /** Format: int64 */
            id: number;
            role: components["schemas"]["Role"];
        };
        /** @description For whom a code is. */
        CodeOrder: {
            role?: components["schemas"]["Role"];
        };
        /** @description What a comparison found; also what `chasqui compare --json` prints. */
        CompareReport: {
            /** @description The entries of those versions at the side that holds them, the first [`limits::DAMAGE_LISTED_MAX`]. */
            entries: components["schemas"]["Located"][];
            /**
             * Format: int64
             * @description Entries that were put back here.
             */
            healed_entries: number;
            /**
             * Format: int64
             * @description Rows of the index that were built again here.
             */
            healed_index: number;
            /** @description This store, after healing. */
            here: components["schemas"]["AuditReport"];
            /**
             * Format: int64
             * @description Number of versions that this store alone holds.
             */
            here_only: number;
            /**
             * Format: int64
             * @description Entries that one side merely lacked, and that were moved.
             */
            moved: number;
            /** @description The other store. */
            there: components["schemas"]["AuditReport"];
            /**
             * Format: int64
             * @description Number of versions that the other store alone holds.
             */
            there_only: number;
        };
        /** @description With whom to compare. */
        ComparisonOrder: {
            /** @description Its own authority as PEM, for https. */
            authority?: string;
            /** @description The code by which the other laptop is to let this one in first. */
            code?: string;
            /** @description Whether to heal this laptop's store from it first. */
            heal?: boolean;
            /** @description Its base address; see [`PeerUrl`]. */
            url: string;
        };
        /** @description 32 bytes in lower-case hex */
        ContentHash: string;
        /** @description What is known of a record's versions, at this moment. */
        Custody: {
            next?: components["schemas"]["VersionId"];
            /** @description The record. */
            record: components["schemas"]["RecordId"];
            /** @description Latest generation first, at most [`crate::limits::CUSTODY_VERSIONS_MAX`]; one that cannot be read comes last. */
            versions: components["schemas"]["VersionCustody"][];
            /** @description Whether every version of this page is whole and signed. */
            whole: boolean;
        };
        /** @description One thing that is not as it was admitted. */
        Damage: {
            /** @description Stable, snake_case. */
            code: string;
            media: components["schemas"]["ContentHash"] | null;
            /** @description For people. */
            message: string;
            record: components["schemas"]["RecordId"] | null;
            /**
             * Format: int64
             * @description The place in the log.
             */
            seq: number | null;
            version: components["schemas"]["VersionId"] | null;
            writer: components["schemas"]["WriterId"] | null;
        };
        /** @description 32 bytes in lower-case hex */
        DeviceId: string;
        /** @description One device. */
        DeviceRow: {
            /**
             * Format: int64
             * @description Its clock minus this laptop's, in milliseconds, when it last told its time.
             */
            clock_offset_ms: number | null;
            device: components["schemas"]["DeviceId"] | null;
            /** @description Entries of its logs. */
            entries: components["schemas"]["EntryCount"];
            /**
             * Format: int64
             * @description Entries of other logs that it lacks, as far as is known.
             */
            lacking: number;
            /**
             * Format: int64
             * @description Bytes of its files that are not here, as their records say.
             */
            missing_bytes: number;
            /** @description Who has it, as the pairing or else the member record says. */
            name: string | null;
            /**
             * Format: int64
             * @description Observations and tracks that it began and that are here.
             */
            observations: number;
            /** @description Other files that it was the first to name. */
            other_files: components["schemas"]["NamedFiles"];
            pairing: components["schemas"]["PairingItem"] | null;
            /** @description Photos that it was the first to name. */
            photos: components["schemas"]["NamedFiles"];
            /** @description What it may do: here, or else as its last version says. */
            role: components["schemas"]["Role"];
            seen_at: components["schemas"]["Timestamp"] | null;
            /** @description How it stands. */
            standing: components["schemas"]["Standing"];
            told_at: components["schemas"]["Timestamp"] | null;
            /** @description Its logs that were seen here. */
            writers: components["schemas"]["WriterId"][];
        };
        /** @description Which notices need no more attention. */
        DoneOrder: {
            /** @description Their numbers; those that are not there any more are passed over. */
            ids: number[];
        };
        /** @description Entries of a device's own logs: each is an observation or a later change of one. */
        EntryCount: {
            /**
             * Format: int64
             * @description Those that are here.
             */
            here: number;
            /**
             * Format: int64
             * @description Those that the device told of and that are not here.
             */
            missing: number;
        };
        /** @description 16 bytes in lower-case hex */
        Epoch: string;
        /** @description Every failure that crosses the network or reaches a page. */
        Failure: {
            /** @description Stable, snake_case. */
            code: components["schemas"]["Code"];
            /** @description For people. */
            message: string;
            /** @description Whether the same request may succeed later. */
            retryable: boolean;
        };
        /** @description RFC 7946. */
        Feature: {
            geometry: components["schemas"]["FeatureGeometry"] | null;
            properties: Record<string, never>;
            /** @description Always `Feature`. */
            type: string;
        };
        /** @description RFC 7946. */
        FeatureCollection: {
            features: components["schemas"]["Feature"][];
            /** @description Always `FeatureCollection`. */
            type: string;
        };
        /** @description RFC 7946. */
        FeatureGeometry: {
            /** @description Longitude, latitude. */
            coordinates: number[];
            /** @description Always `Point`. */
            type: string;
        };
        /** @description One of several values of a field. */
        FieldChoice: {
            author?: components["schemas"]["DeviceId"];
            /** @description The value; null for "none". */
            value: components["schemas"]["FieldValue"];
            /** @description The head that has it. */
            version: components["schemas"]["VersionId"];
        };
        /** @description A field that heads changed differently since their common ancestor. */
        FieldConflict: {
            /** @description `observed_at`, `location`, `category`, `note`, or `answers.` and a key. */
            field: string;
            /**
             * Format: int64
             * @description How many other values there are.
             */
            more?: number;
            /** @description The value that is shown, then the others; each value once, by its best head. */
            values: components["schemas"]["FieldChoice"][];
        };
        /** @description The value of a field; null where there is none */
        FieldValue: components["schemas"]["Answer"] | components["schemas"]["Location"] | null;
        /** @description Files of one sort, ascending. */
        FileList: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description The first [`limits::DAMAGE_LISTED_MAX`] of them. */
            hashes: components["schemas"]["ContentHash"][];
        };
        /** @description What was found of the files. */
        FilesReport: {
            /**
             * Format: int64
             * @description Their bytes.
             */
            bytes: number;
            /** @description Files that were not what their names say. They were set aside, now or before, and did not come again. */
            damaged: components["schemas"]["FileList"];
            /**
             * Format: int64
             * @description Files that are here and whole.
             */
            files: number;
            /** @description Files that records name and that are not here. */
            missing: components["schemas"]["FileList"];
            /** @description Files that are here and that no record names. */
            unknown: components["schemas"]["FileList"];
            /** @description Files that could not be opened to be read; whether they are whole is not known. */
            unread: components["schemas"]["FileList"];
        };
        /** @description A frame of the negentropy protocol, version 1, in base64 (RFC 4648 §4, padded) */
        HashMessage: string;
        /** @description `POST /api/v1/sync/hashes`. */
        HashRequest: {
            /** @description What [`Comparison`] said. */
            message: components["schemas"]["HashMessage"];
            /** @description The project of both sides. */
            project: components["schemas"]["ProjectId"];
        };
        /** @description The answer to a [`HashRequest`]. */
        HashResponse: {
            /** @description What [`VersionSet::answer`] said. */
            message: components["schemas"]["HashMessage"];
        };
        /**
         * @description What a laptop says about itself, signed with its device's key over the caller's nonce.
         *
         *     The answer to `GET /api/v1/hello`, as JSON. Readers pass over fields that they do not know.
         */
        Hello: {
            /** @description Where it can be reached: origins such as `https://10.42.0.1:8443`, best first. */
            addresses: string[];
            /** @description The project that it holds. */
            charter: components["schemas"]["Charter"];
            /** @description Its key. */
            device: components["schemas"]["DeviceId"];
            /** @description Its name for people. */
            name: string;
            /** @description Over the nonce and all of the above but the name. */
            signature: components["schemas"]["SignatureBytes"];
            /** @description Its wall clock. */
            time: components["schemas"]["Timestamp"];
        };
        /** @description The answer. */
        HelloAnswer: components["schemas"]["Hello"] & {
            /** @description Of everything that it holds. */
            digest: components["schemas"]["ClockDigest"];
            /** @description Always `chasqui`. */
            software: string;
            /** @description Of the program. */
            version: string;
            /** @description The log that this laptop writes. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description 32 bytes in lower-case hex */
        HelloNonce: string;
        /** @description One version, and how it came here. */
        HistoryRow: components["schemas"]["Version"] & {
            id: components["schemas"]["VersionId"];
            /** @description When it arrived here, by the laptop's clock. */
            received_at: components["schemas"]["Timestamp"];
            /** Format: int64 */
            seq: number;
            /** @description The log that holds it. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description One observation of a plain list. */
        Item: {
            answers?: {
                [key: string]: components["schemas"]["Answer"];
            };
            category: string;
            id?: string;
            location?: components["schemas"]["ItemLocation"];
            note?: string;
            observed_at?: components["schemas"]["ObservedAt"];
        };
        ItemLocation: {
            /** Format: int32 */
            accuracy_m?: number;
            /** Format: int32 */
            altitude_m?: number;
            lat: components["schemas"]["Latitude"];
            lon: components["schemas"]["Longitude"];
            source?: components["schemas"]["LocationSource"];
        };
        /**
         * @description What a record is about.
         * @enum {string}
         */
        Kind: "observation" | "track" | "member" | "settings";
        /** @description A view, when what it shows arrived, and how many of its files did. */
        LaptopView: components["schemas"]["View"] & {
            /** @description Whether it is said to have been seen after it arrived: some clock was wrong. */
            is_ahead: boolean;
            /**
             * Format: int64
             * @description How many of its files are on this laptop now.
             */
            media_here: number;
            /** @description Its place in lists: as text, places ascend from the latest observation to the earliest. */
            place_in_list: string;
            /** @description When the winner arrived here, by the laptop's clock. */
            received_at: components["schemas"]["Timestamp"];
        };
        /** @description Decimal degrees, WGS 84 */
        Latitude: number;
        /** @description A version and the entry that holds it. */
        Located: {
            /**
             * Format: int64
             * @description Its place in the log.
             */
            seq: number;
            /** @description The version. */
            version: components["schemas"]["VersionId"];
            /** @description The log of the entry. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description One place. A field of its own when versions merge: a latitude never meets another's longitude. */
        Location: {
            /**
             * Format: int32
             * @description Radius in metres within which the device believes to be, if it said so.
             */
            accuracy_m?: number;
            /**
             * Format: int32
             * @description Metres above the WGS 84 ellipsoid, if known.
             */
            altitude_m?: number;
            /** @description Latitude. */
            lat: components["schemas"]["Latitude"];
            /** @description Longitude. */
            lon: components["schemas"]["Longitude"];
            /** @description How it was found. */
            source: components["schemas"]["LocationSource"];
        };
        /**
         * @description How a position was found.
         * @enum {string}
         */
        LocationSource: "gps" | "hand" | "import";
        /** @description Positions of one log at growing distances from its end, down to its start, so that the other side finds a common one. */
        Locator: {
            /** @description Descending by seq; the first is the end of the log. At most [`limits::LOCATOR_MAX`]. */
            positions: components["schemas"]["Position"][];
            /** @description The log. */
            writer: components["schemas"]["WriterId"];
        };
        /**
         * @description The device that a log belongs to and the random epoch that tells its logs apart.
         *
         *     It travels with the first entry of the log. A device whose log was restored or cloned takes a new epoch, and so a new writer, before it writes again.
         */
        LogOwner: {
            /** @description The key that signs the log's entries. */
            device: components["schemas"]["DeviceId"];
            /** @description Chosen at random when the log was begun. */
            epoch: components["schemas"]["Epoch"];
        };
        /** @description Decimal degrees, WGS 84 */
        Longitude: number;
        /** @description A photo, sound or film by its hash; the file itself travels after the records. */
        MediaRef: {
            /**
             * Format: int64
             * @description Size of the file.
             */
            bytes: number;
            /** @description BLAKE3 of the file. */
            hash: components["schemas"]["ContentHash"];
            /** @description The name it had on the phone. */
            name: string;
            /** @description Media type, such as `image/jpeg`. */
            type: string;
        };
        /** @description How many of the files are here that records name, and what room there is for more. */
        MediaStatus: {
            /**
             * Format: int64
             * @description Files that were set aside because they are damaged, and that did not come again.
             */
            damaged: number;
            /**
             * Format: int64
             * @description Those of them that are here.
             */
            here: number;
            /**
             * Format: int64
             * @description Bytes of those that are.
             */
            here_bytes: number;
            /** @description Whether a file was refused for lack of room and still would be, or any would be. */
            is_full: boolean;
            /**
             * Format: int64
             * @description Bytes of those that are not, as their records say.
             */
            missing_bytes: number;
            /**
             * Format: int64
             * @description Files that records name, each once.
             */
            named: number;
            /**
             * Format: int64
             * @description Bytes of the disk that files may still take.
             */
            room_bytes: number;
        };
        /** @description Whom to meet. */
        MeetingOrder: {
            /** @description Its own authority as PEM, for https. */
            authority?: string;
            /** @description The code by which the other laptop is to let this one in first. */
            code?: string;
            /** @description Its base address; see [`PeerUrl`]. */
            url: string;
        };
        /** @description Another name. */
        NameOrder: {
            name: string;
        };
        /** @description Files that records name, each once. */
        NamedFiles: {
            /**
             * Format: int64
             * @description Those that are here.
             */
            here: number;
            /**
             * Format: int64
             * @description All of them.
             */
            named: number;
        };
        /** @description Something that a person should know of how a file was read. */
        Note: components["schemas"]["Told"] & {
            /** @description Where the first of them begin, at most [`limits::IMPORT_NOTED_ROWS_MAX`]. */
            at: components["schemas"]["RowPosition"][];
            /** @description Stable, in snake_case. */
            code: string;
            /**
             * Format: int64
             * @description How many rows it is about; 0 where it is about the file.
             */
            count: number;
            /** @description In English. */
            message: string;
        };
        /** @description Nothing more to be said. */
        Nothing: Record<string, never>;
        /** @description One notice. */
        NoticeRow: {
            /** @description By the laptop's clock; of the last, where it is of several. */
            at: components["schemas"]["Timestamp"];
            brought_by?: components["schemas"]["DeviceId"];
            /** @description Stable, snake_case. */
            code: string;
            /**
             * Format: int64
             * @description How often the same was noticed of what one device brought; the rest of the notice is about the last.
             */
            count: number;
            done_at: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            media: components["schemas"]["ContentHash"] | null;
            /** @description For people. */
            message: string;
            writer: components["schemas"]["WriterId"] | null;
        };
        /** @description A record as it is shown, and how it came to be so. */
        Observation: components["schemas"]["LaptopView"] & {
            /** @description Its versions, highest generation first, those that a manager set aside too. */
            history: components["schemas"]["HistoryRow"][];
            history_next?: components["schemas"]["VersionId"];
        };
        /** @description A day, or RFC 3339 with the offset of the clock that it was read from; from year 0 to year 9999 */
        ObservedAt: string;
        /** @description `POST /api/v1/sync/offer`: the asking side says what it holds. */
        Offer: {
            clock?: components["schemas"]["Clock"];
            /** @description The digest of its clock. */
            digest: components["schemas"]["ClockDigest"];
            /** @description The project of both sides. */
            project: components["schemas"]["ProjectId"];
            since?: components["schemas"]["Since"];
            /** @description Logs that the asking side found to have gone two ways; the answer holds a locator for each. */
            suspects?: components["schemas"]["WriterId"][];
            /** @description The log that the asking side writes. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description The answer to an [`Offer`]. */
        OfferResponse: {
            /** @description The digest in `since` is not known: offer again with the whole clock. */
            clock_wanted?: boolean;
            /** @description The digest of the answering side's clock. Equal to the offer's: nothing is to be done. */
            digest: components["schemas"]["ClockDigest"];
            /** @description Logs that went two ways. */
            forks?: components["schemas"]["Locator"][];
            /** @description The asking side's own log is longer here than there: its storage went back in time. */
            lost?: boolean;
            /** @description What the asking side lacks. */
            offered?: components["schemas"]["Range"][];
            /** @description What the answering side lacks. */
            wanted?: components["schemas"]["Range"][];
        };
        /** @description The page that leads a phone to trust this laptop and to open the app. */
        OnboardingPage: {
            /** @description By plain http, which every phone opens without a warning. */
            address: string;
            /** @description `address` as a QR code. */
            svg: string;
        };
        /**
         * @description Who logged a version first, kept when the version had to move to another log.
         *
         *     Enough to check the first signature without the log that it was made in.
         */
        Origin: {
            /** @description Whose log it was. */
            owner: components["schemas"]["LogOwner"];
            /** @description The chain before it there. */
            previous: components["schemas"]["Chain"];
            /**
             * Format: int64
             * @description Its place there.
             */
            seq: number;
            /** @description The signature that it had there. */
            signature: components["schemas"]["SignatureBytes"];
        };
        /** @description A page, or what changed `since`. */
        PageOrChanges: components["schemas"]["ViewPage"] | components["schemas"]["Changes"];
        /** @description One device that was let in. */
        PairingItem: {
            /** @description Whether its records are set aside. */
            aside: boolean;
            device: components["schemas"]["DeviceId"];
            name: string;
            origin?: string;
            paired_at: components["schemas"]["Timestamp"];
            readiness?: components["schemas"]["Readiness"];
            readiness_at?: components["schemas"]["Timestamp"];
            revoked_at?: components["schemas"]["Timestamp"];
            role: components["schemas"]["Role"];
            seen_at?: components["schemas"]["Timestamp"];
        };
        /** @description Everybody who was let in, and the codes that are open. */
        PairingList: {
            codes: components["schemas"]["CodeItem"][];
            /** @description Latest first. */
            items: components["schemas"]["PairingItem"][];
        };
        /** @description `POST /api/v1/pairings`: a device asks to be let in. */
        PairingRequest: {
            /** @description The code as it was typed or scanned. */
            code: string;
            /** @description The key of the device. */
            device: components["schemas"]["DeviceId"];
            /** @description Who holds it, at most [`limits::MEMBER_NAME_BYTES_MAX`]. */
            name: string;
            /** @description The device's signature, which binds code, name and key to this laptop. */
            proof: components["schemas"]["SignatureBytes"];
        };
        /** @description The answer to a [`PairingRequest`]. */
        PairingResponse: {
            /** @description The project that the device now belongs to. */
            charter: components["schemas"]["Charter"];
            /** @description The laptop's key, to be pinned. */
            laptop: components["schemas"]["DeviceId"];
            /** @description The laptop's name. */
            laptop_name: string;
            /** @description What the device may do. */
            role: components["schemas"]["Role"];
            /** @description Sent with each request from now on, as `Authorization: Bearer`: 64 characters of hex. */
            token: string;
        };
        /** @description One log that was seen here. */
        Peer: {
            /**
             * Format: int64
             * @description The highest seq that its side named, or that is held.
             */
            announced: number;
            /**
             * Format: int64
             * @description Its clock minus this laptop's, in milliseconds, when it last told its time.
             */
            clock_offset_ms: number | null;
            device: components["schemas"]["DeviceId"] | null;
            /**
             * Format: int64
             * @description Entries of other logs that it lacks, as far as is known.
             */
            lacking: number;
            last_seen: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description Entries that were named and are not here.
             */
            missing: number;
            /** @description Who holds the device, as its member record says. */
            name: string | null;
            /**
             * Format: int64
             * @description Entries of other logs that its side was known to hold when it last asked.
             */
            pulled: number;
            /**
             * Format: int64
             * @description Entries of it that are held here.
             */
            received: number;
            /** @description The role in which its last version was written. */
            role: components["schemas"]["Role"];
            /** @description The log. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description One meeting, as the API shows it. */
        PeerSync: {
            /** @description When it began, by this laptop's clock. */
            began_at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Entries moved, both ways.
             */
            done: number;
            ended_at: components["schemas"]["Timestamp"] | null;
            failure: components["schemas"]["Failure"] | null;
            /**
             * Format: int64
             * @description Files moved, both ways.
             */
            files_done: number;
            /**
             * Format: int64
             * @description Files to be moved; 0 until the records are.
             */
            files_total: number;
            /**
             * Format: int64
             * @description Counted from 1 since the program started.
             */
            id: number;
            /** @description What people call it, once it has answered. */
            name: string | null;
            /** @description What a manager should know. */
            notices: components["schemas"]["PeerSyncNotice"][];
            /** @description How it stands. */
            state: components["schemas"]["PeerSyncState"];
            /**
             * Format: int64
             * @description Entries to be moved, as far as is known.
             */
            total: number;
            /** @description Where the other laptop is. */
            url: string;
        };
        /** @description A notice of a meeting. */
        PeerSyncNotice: {
            /** @description Stable, snake_case. */
            code: string;
            /** @description For people. */
            message: string;
            writer: components["schemas"]["WriterId"] | null;
        };
        /**
         * @description How a meeting stands.
         * @enum {string}
         */
        PeerSyncState: "running" | "finished" | "failed";
        /** @description How phones keep the photos that they take. */
        Photos: {
            /** @enum {string} */
            kept: "original";
        } | {
            /** @enum {string} */
            kept: "scaled";
            /**
             * Format: int32
             * @description Pixels of the longer side, in [`limits::PHOTO_PIXELS_MIN`]..=[`limits::PHOTO_PIXELS_MAX`].
             */
            pixels_max: number;
            /**
             * Format: int32
             * @description Of JPEG, in 1..=100.
             */
            quality: number;
        };
        /** @description `POST /api/v1/sync/places`: in which entries versions travel. */
        PlacesRequest: {
            /** @description The project of both sides. */
            project: components["schemas"]["ProjectId"];
            /** @description At most [`limits::PLACES_MAX`]. */
            versions: components["schemas"]["VersionId"][];
        };
        /** @description The answer to a [`PlacesRequest`]; versions that are not held are left out. */
        PlacesResponse: {
            /** @description In the order of the question. */
            places: components["schemas"]["Located"][];
        };
        /** @description A record, as a feature of GeoJSON (RFC 7946). */
        Point: {
            geometry: components["schemas"]["PointGeometry"] | null;
            properties: components["schemas"]["PointProperties"];
            /** @description Always `Feature`. */
            type: string;
        };
        /** @description As [`write_points`] writes it. */
        PointCollection: {
            features: components["schemas"]["Point"][];
            /** @description Always `FeatureCollection`. */
            type: string;
        };
        /** @description A place, as a geometry of GeoJSON (RFC 7946). */
        PointGeometry: {
            /** @description Longitude, latitude. */
            coordinates: number[];
            /** @description Always `Point`. */
            type: string;
        };
        /** @description What a map shows of a record. */
        PointProperties: {
            category: string;
            conflict: boolean;
            is_ahead: boolean;
            /** Format: int64 */
            media: number;
            /** Format: int64 */
            media_here: number;
            note: string;
            observed_at: components["schemas"]["ObservedAt"];
            received_at: components["schemas"]["Timestamp"];
            record: components["schemas"]["RecordId"];
            zone_assumed: boolean;
        };
        /** @description A place in a log and the hash of everything up to it. Seq 0 is the place before the first entry. */
        Position: {
            /** @description The chain over them. */
            chain: components["schemas"]["Chain"];
            /**
             * Format: int64
             * @description Entries up to here, at most [`limits::SEQ_MAX`].
             */
            seq: number;
        };
        /** @description 16 bytes in lower-case hex */
        ProjectId: string;
        /** @description Why an entry is not shown. It blocks nothing: its log goes on after it. */
        Quarantine: {
            /** @description Stable, snake_case. */
            code: components["schemas"]["Code"];
            /** @description For people. */
            message: string;
        };
        /** @description An entry in quarantine. */
        Quarantined: {
            /** @description Why. */
            quarantine: components["schemas"]["Quarantine"];
            /**
             * Format: int64
             * @description Its place.
             */
            seq: number;
        };
        /** @description Entries of one log: those after `after`, up to and with `until`. */
        Range: {
            /** @description The last entry that is not in the range. */
            after: components["schemas"]["Position"];
            /** @description The last entry that is. */
            until: components["schemas"]["Position"];
            /** @description The log. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description `POST /api/v1/readiness`: what a phone found when it checked itself. The laptop shows it to the manager and decides nothing by it. */
        Readiness: {
            /** @description The app opens without the laptop: its service worker is active and every file of the app is stored. */
            app_kept: components["schemas"]["Check"];
            /** @description The person allowed the app to use the camera. */
            camera_allowed: components["schemas"]["Check"];
            /** @description When the phone checked, by its own clock. */
            checked_at: components["schemas"]["Timestamp"];
            /** @description The phone's clock agrees with the laptop's. */
            clock_right: components["schemas"]["Check"];
            /**
             * Format: int64
             * @description Bytes that the browser still gives the app, if it says so.
             */
            free_bytes?: number;
            /** @description The person allowed the app to read the position. */
            gps_allowed: components["schemas"]["Check"];
            /** @description The base map is stored. */
            map_kept: components["schemas"]["Check"];
            /** @description There is enough space for photos. */
            space_enough: components["schemas"]["Check"];
            /** @description The browser promised not to remove what the phone stores. */
            storage_persistent: components["schemas"]["Check"];
        };
        /** @description 16 bytes in lower-case hex */
        RecordId: string;
        /**
         * @description Why an entry was not taken. Sending it again unchanged does not help, except after a [`Refusal::Gap`].
         * @enum {string}
         */
        Refusal: "gap" | "chain_mismatch" | "signature_invalid" | "owner_missing" | "owner_mismatch" | "version_too_large" | "too_many_writers" | "too_many_logs" | "too_many_strangers" | "too_many_heads" | "too_many_quarantined" | "seq_out_of_range";
        /** @description An entry that was not taken. */
        Refused: {
            /** @description Why. */
            code: components["schemas"]["Refusal"];
            /**
             * Format: int64
             * @description Its place.
             */
            seq: number;
        };
        /** @description A row that was not taken. */
        RefusedRow: components["schemas"]["RowPosition"] & components["schemas"]["Told"] & {
            /** @description Stable, in snake_case. */
            code: string;
            /** @description In English. */
            message: string;
        };
        /** @description What became of a file, row by row where a row was not taken. */
        Report: {
            /**
             * Format: int64
             * @description Rows that are new records.
             */
            added: number;
            /**
             * Format: int64
             * @description Rows that were logged as a change of a record that was here, which was asked for.
             */
            changed: number;
            /** @description The rows of `differing` or of `changed`, as many at most. */
            changes: components["schemas"]["ChangedRow"][];
            /**
             * Format: int64
             * @description Rows that say something else of a record that is here, and that were not taken.
             */
            differing: number;
            /** @description `UTF-8`, `UTF-8 with BOM`, `UTF-16` or `Latin-1`. */
            encoding: string;
            /**
             * Format: int64
             * @description Rows that are held already, and rows that repeat another row.
             */
            known: number;
            /** @description How the file was read, as far as a person should know. */
            notes: components["schemas"]["Note"][];
            /**
             * Format: int64
             * @description Rows that cannot be taken.
             */
            refused: number;
            /** @description The refused rows, the first [`limits::IMPORT_REFUSED_LISTED_MAX`] of them. */
            rows: components["schemas"]["RefusedRow"][];
        };
        /**
         * @description What the author was allowed to do when the version was written.
         * @enum {string}
         */
        Role: "monitor" | "manager";
        /** @description Another role. */
        RoleOrder: {
            role: components["schemas"]["Role"];
        };
        /** @description Where a row begins. */
        RowPosition: {
            /**
             * Format: int64
             * @description Which byte of the line, from 1; of features, many of which may stand in one line.
             */
            character?: number;
            /**
             * Format: int64
             * @description Which feature of the file, from 1.
             */
            feature?: number;
            /**
             * Format: int64
             * @description From 1; a CSV file's first line is line 1.
             */
            line: number;
            /** @description The id or name that the row has in its file. */
            name?: string;
        };
        /** @description What became of one row, sent after the commit. */
        RowStatus: {
            code?: string;
            /** @description Its place in the request, from 0. */
            index: number;
            message?: string;
            record?: components["schemas"]["RecordId"];
            /** @description `added`, `changed`, `known` or `refused`. */
            status: string;
        };
        /** @description Consecutive entries of one log. Seq and chain of each follow from `after`, so they are not sent. */
        Run: {
            /** @description The last entry before the run. */
            after: components["schemas"]["Position"];
            /** @description The entries with seq `after.seq + 1`, `after.seq + 2`, … */
            entries: components["schemas"]["RunEntry"][];
            owner?: components["schemas"]["LogOwner"];
            /** @description The log. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description One entry of a [`Run`]. */
        RunEntry: {
            origin?: components["schemas"]["Origin"];
            quarantine?: components["schemas"]["Quarantine"];
            /** @description The device's signature over the chain and the origin; see [`super::verify_chain`]. */
            signature: components["schemas"]["SignatureBytes"];
            /** @description What was written. */
            version: components["schemas"]["VersionBytes"];
        };
        /**
         * @description What became of a run, sent after the commit.
         *
         *     Of the run's entries the first `known` were held already, the next `added` are now durable, and if there is a refusal it names the next one; nothing after it was looked at.
         */
        RunResult: {
            /**
             * Format: int64
             * @description Entries that were added.
             */
            added: number;
            /** @description How far it is durable at the answering side. */
            durable: components["schemas"]["Position"];
            /**
             * Format: int64
             * @description Set when the log went two ways here. Versions of the way that gave up its place were logged again under the answering side's own writer.
             */
            forked_at?: number;
            /**
             * Format: int64
             * @description Entries that were held already.
             */
            known: number;
            /** @description Added entries that are kept and forwarded but not shown. */
            quarantined?: components["schemas"]["Quarantined"][];
            refused?: components["schemas"]["Refused"];
            /** @description The log. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description What a version says of itself; all of it is absent where its bytes cannot be read. */
        Said: {
            /** @description The device that wrote it. */
            author?: components["schemas"]["DeviceId"];
            /** @description What it does. */
            change?: components["schemas"]["Change"];
            /** @description When it was seen. */
            observed_at?: components["schemas"]["ObservedAt"];
            /** @description In what role. */
            role?: components["schemas"]["Role"];
            /** @description When, by its clock. */
            written_at?: components["schemas"]["Timestamp"];
        };
        /** @description Who asks. */
        SessionAnswer: {
            device?: components["schemas"]["DeviceId"];
            name: string | null;
            role: components["schemas"]["Role"];
        };
        /** @description With what a session begins: one of both. */
        SessionOrder: {
            /** @description The manager's key, at this machine alone. */
            key?: string;
            /** @description The token of a manager's device. */
            token?: string;
        };
        /** @description A project's settings. One record of kind [`Kind::Settings`], which only managers write. */
        Settings: {
            /** @description How phones keep the photos that they take. */
            photos: components["schemas"]["Photos"];
        };
        /** @description 64 bytes in lower-case hex */
        SignatureBytes: string;
        /**
         * @description Whether a signature verifies.
         * @enum {string}
         */
        SignatureCheck: "valid" | "invalid";
        /** @description A clock told as the difference from one that both sides had. */
        Since: {
            /** @description The digest that both had when they last agreed. */
            digest: components["schemas"]["ClockDigest"];
            /** @description The asking side's positions that differ from then. */
            moved: components["schemas"]["Clock"];
        };
        /**
         * @description How a device stands: what it told this laptop that it has, against what is here.
         * @enum {string}
         */
        Standing: "unknown" | "missing" | "complete";
        /** @description How much this laptop holds; also what `chasqui status --json` prints. */
        Status: {
            clock: components["schemas"]["ClockDoubt"] | null;
            /**
             * Format: int64
             * @description Records with more than one head.
             */
            conflicts: number;
            /**
             * Format: int64
             * @description Entries over all logs.
             */
            entries: number;
            /**
             * Format: int64
             * @description Heads over all records.
             */
            heads: number;
            /** @description Files. */
            media: components["schemas"]["MediaStatus"];
            /** @description What people call this laptop. */
            name: string;
            /** @description The project. */
            project: components["schemas"]["ProjectId"];
            /**
             * Format: int64
             * @description Records with at least one version that can be shown.
             */
            records: number;
            /**
             * Format: int64
             * @description Versions, each once, those in quarantine too.
             */
            versions: number;
            /**
             * Format: int64
             * @description Logs.
             */
            writers: number;
        };
        /** @description `POST /api/v1/media/held`: asks which of these files are there, whole and durable. */
        StoredRequest: {
            /** @description At most [`limits::HELD_MAX`]. */
            hashes: components["schemas"]["ContentHash"][];
            /** @description Whether the asking side is about to give up its own copies: then only files that were hashed within a day are held. */
            to_free?: boolean;
        };
        /** @description The answer to a [`StoredRequest`], each list in the order of the question. */
        StoredResponse: {
            /** @description Uploads of the asking device that were begun and can go on. */
            begun?: components["schemas"]["Begun"][];
            /** @description Files that are there: looked at this moment, and hashed when they came or since. To be named here is the acknowledgement of a file. */
            held: components["schemas"]["ContentHash"][];
            /** @description Files that are there as they were, and were not hashed within a day, where the asking side is about to give up its own copies. They are being hashed: it asks again, and keeps its copies until they are held. */
            unproven?: components["schemas"]["ContentHash"][];
        };
        /**
         * Format: date-time
         * @description RFC 3339, from year 0 to year 9999
         */
        Timestamp: string;
        /** @description What a refusal or a note is about; what does not apply is absent. */
        Told: {
            /** @description The name of the column. */
            column?: string;
            /**
             * Format: int64
             * @description The largest that would be taken.
             */
            limit?: number;
            /** @description What stands in the file, or what it was taken for; its first characters. */
            value?: string;
        };
        /**
         * @description One immutable state of a record.
         *
         *     Do *not* add, rename or reorder fields: the deterministic CBOR (RFC 8949 §4.2) of this struct is what is hashed and signed, and `tests/fixtures/versions.json` holds golden bytes of it. A field that is absent or empty is left out of the bytes.
         */
        Version: {
            /** @description Answers by question. */
            answers?: {
                [key: string]: components["schemas"]["Answer"];
            };
            /** @description The device on which it was written. */
            author: components["schemas"]["DeviceId"];
            /** @description Id of a category, such as `oil_spill`. */
            category: string;
            /** @description What it does. */
            change: components["schemas"]["Change"];
            /**
             * Format: int32
             * @description [`VERSION_FORMAT`]. A higher number is kept and forwarded, and not read.
             */
            format: number;
            /**
             * Format: int32
             * @description One more than the highest generation among the parents; 1 for the first version.
             */
            generation: number;
            /** @description What the record is about. */
            kind: components["schemas"]["Kind"];
            location?: components["schemas"]["Location"];
            /** @description Photos, sounds and films in the order in which they were taken; no file twice. */
            media?: components["schemas"]["MediaRef"][];
            /** @description Free text. */
            note?: string;
            /** @description When it was seen, by the author's clock or word. */
            observed_at: components["schemas"]["ObservedAt"];
            /** @description The heads that the author saw, ascending, without repeats; empty for the first version. */
            parents: components["schemas"]["VersionId"][];
            /** @description The record that this is a state of. */
            record: components["schemas"]["RecordId"];
            /** @description The role of the author. */
            role: components["schemas"]["Role"];
            /** @description The file or program that it was taken in from, by the name that its people know; empty where a person wrote it. */
            source?: string;
            /** @description When it was written, by the author's clock. */
            written_at: components["schemas"]["Timestamp"];
            /** @description Whether nobody said in what zone the time of `observed_at` is: its offset is that of whoever took it in. */
            zone_assumed?: boolean;
        };
        /** @description The bytes of a version, in base64 (RFC 4648 §4, padded) */
        VersionBytes: string;
        /** @description One version, where it is, and what its bytes prove. */
        VersionCustody: components["schemas"]["Said"] & {
            /** @description Who holds the author's device, if a member record or this laptop says so. */
            author_name?: string;
            /** @description Hashing it at its place gives the chain that is held, and it goes on from the entry before it. */
            chain_whole: boolean;
            /** @description Hashing its bytes gives its id. */
            id_whole: boolean;
            origin?: components["schemas"]["Origin"];
            quarantine?: components["schemas"]["Quarantine"];
            /**
             * Format: int64
             * @description Its place there.
             */
            seq: number;
            /** @description Of the log's device over the chain, and of the first log's where it was logged elsewhere before. */
            signature: components["schemas"]["SignatureCheck"];
            /** @description Its id, as other versions and the index name it. */
            version: components["schemas"]["VersionId"];
            /** @description The log that holds it. */
            writer: components["schemas"]["WriterId"];
        };
        /** @description 32 bytes in lower-case hex */
        VersionId: string;
        /** @description One record as it is shown. */
        View: {
            /** @description Answers by question, at most [`limits::ANSWERS_MAX`]: those of the best heads. */
            answers: {
                [key: string]: components["schemas"]["Answer"];
            };
            /**
             * Format: int64
             * @description How many answers the heads have beside them.
             */
            answers_more?: number;
            /** @description Author of the winner. */
            author: components["schemas"]["DeviceId"];
            /** @description Id of the category. */
            category: string;
            /** @description Fields that heads changed differently, as many as fit [`limits::CONFLICTS_SHOWN_MAX`] and [`limits::CONFLICT_BYTES_MAX`]. */
            conflicts: components["schemas"]["FieldConflict"][];
            /**
             * Format: int64
             * @description How many fields differ beside them.
             */
            conflicts_more?: number;
            /** @description Every head is a delete. */
            deleted: boolean;
            /** @description Some heads are deletes and some are not: the record stays visible. */
            edit_against_delete: boolean;
            /**
             * Format: int32
             * @description Generation of the winner.
             */
            generation: number;
            /** @description The best [`limits::HEADS_SHOWN_MAX`] heads, ascending. More than one is a conflict, also where every field could be settled. */
            heads: components["schemas"]["VersionId"][];
            /**
             * Format: int64
             * @description How many heads there are beside them. They are kept, and shown when those before them are settled.
             */
            heads_more?: number;
            /** @description What it is about. */
            kind: components["schemas"]["Kind"];
            location?: components["schemas"]["Location"];
            /** @description Photos, sounds and films of the heads, in the order in which they were taken, as far as the heads agree on it; at most [`limits::MEDIA_SHOWN_MAX`]. */
            media: components["schemas"]["MediaRef"][];
            /**
             * Format: int64
             * @description How many files the heads name beside them.
             */
            media_more?: number;
            /** @description Free text. */
            note: string;
            /** @description When it was seen. */
            observed_at: components["schemas"]["ObservedAt"];
            observer?: components["schemas"]["DeviceId"];
            /** @description The record. */
            record: components["schemas"]["RecordId"];
            /** @description Role of the author. */
            role: components["schemas"]["Role"];
            /** @description What the record was first taken in from; empty where a person wrote it. */
            source?: string;
            /** @description The head whose values are shown where heads differ. */
            winner: components["schemas"]["VersionId"];
            /** @description When the winner was written, by its author's clock. */
            written_at: components["schemas"]["Timestamp"];
            /** @description Whether nobody said in what zone that time is. */
            zone_assumed?: boolean;
        };
        /** @description As [`write_views`] writes it. */
        ViewPage: {
            /** @description To ask what changes from now on; see `since`. */
            changes: string;
            items: components["schemas"]["LaptopView"][];
            next: string | null;
            /**
             * Format: int64
             * @description Over all pages.
             */
            total: number;
        };
        /** @description `GET /api/v1/changes`: a question for entries. */
        WantedRequest: {
            /** @description The project. */
            project: components["schemas"]["ProjectId"];
            /** @description What is wanted, at most [`limits::RANGES_MAX`]. The answer begins at the front and stops at the batch's limits. */
            ranges: components["schemas"]["Range"][];
        };
        /** @description 16 bytes in lower-case hex */
        WriterId: string;
        /** @description What both clocks say, where they are more than [`crate::limits::CLOCK_OFF_MS_MIN`] apart. Nothing says which of them is right. */
        Clocks: {
            /** @description Whether it is what the laptop's says now. */
            is_now: boolean;
            /** @description What the laptop's says now; or said when it was met last, if it has not been met since the engine started. */
            laptop: components["schemas"]["Timestamp"];
            /** @description What this phone's says now. */
            phone: components["schemas"]["Timestamp"];
        };
        /** @description What a person filled in; the engine adds ids, parents, times and the place in the log. */
        Draft: {
            /** @description Answers by question. */
            answers?: {
                [key: string]: components["schemas"]["PageAnswer"];
            };
            /** @description Id of the version that the person saw when an edit began; absent, it is the best one at the moment of saving. */
            base?: string;
            /** @description Id of a category. */
            category: string;
            /** @description The key of this draft, under which files were taken for it; they are let go with it. A draft is saved once. */
            draft_key?: string;
            location?: components["schemas"]["PagePlace"];
            /** @description Photos, sounds and films; absent, an edit keeps those of the record. */
            media?: components["schemas"]["MediaRef"][];
            /** @description Free text. */
            note?: string;
            /** @description When it was seen, as a day or RFC 3339; the moment of saving if absent. */
            observed_at?: string;
        };
        /** @description So many files, and their bytes. */
        FileSum: {
            /**
             * Format: int64
             * @description Their bytes.
             */
            bytes: number;
            /**
             * Format: int64
             * @description So many files.
             */
            count: number;
        };
        /** @description How the files stand: photos, sounds and films. */
        FilesStatus: {
            /**
             * Format: int64
             * @description Files that a laptop was given in this round.
             */
            done: number;
            /**
             * Format: int64
             * @description Bytes that the laptop has of them.
             */
            done_bytes: number;
            /**
             * Format: int64
             * @description How many are not.
             */
            others: number;
            /**
             * Format: int64
             * @description How many of them are pictures.
             */
            photos: number;
            problem?: components["schemas"]["Failure"];
            /** @description Files on their way now, at most [`crate::limits::UPLOADS_MAX`]. */
            sending: components["schemas"]["SendingFile"][];
            /**
             * Format: int64
             * @description Files to be given in this round; 0 while none is on its way.
             */
            total: number;
            /**
             * Format: int64
             * @description All their bytes.
             */
            total_bytes: number;
            /**
             * Format: int64
             * @description Files of this phone that no laptop holds.
             */
            waiting: number;
            /**
             * Format: int64
             * @description Their bytes.
             */
            waiting_bytes: number;
        };
        /** @description All records, or a part of them, or those that changed since an earlier listing. */
        Listing: {
            /** @description Records that are no longer shown. */
            gone: components["schemas"]["RecordId"][];
            /** @description Whether records follow that this listing had no room for, and none before it. */
            more: boolean;
            /** @description To be given back for what follows, and for what changes from now on. */
            token: string;
            /** @description How many records are shown in all. */
            total: number;
            /** @description Records as they are now, highest `listed_ms` first: those that changed, and the next ones. */
            views: components["schemas"]["PhoneView"][];
            /** @description Whether this begins the list anew, rather than going on with an earlier listing. */
            whole: boolean;
        };
        /** @description Where a laptop tells its news. */
        NewsPlace: {
            /** @description The base address of the laptop. */
            base: string;
            /** @description To be shown there. */
            token: string;
        };
        /**
         * @description What came of looking for a laptop at an address.
         * @enum {string}
         */
        Outcome: "silent" | "other_laptop" | "other_project" | "unproven" | "refused";
        /** @description An answer as JavaScript has numbers. */
        PageAnswer: boolean | number | string | string[];
        /** @description A place as JavaScript has numbers. */
        PagePlace: {
            /**
             * Format: double
             * @description Metres.
             */
            accuracy_m?: number;
            /**
             * Format: double
             * @description Metres.
             */
            altitude_m?: number;
            /**
             * Format: double
             * @description Decimal degrees.
             */
            lat: number;
            /**
             * Format: double
             * @description Decimal degrees.
             */
            lon: number;
            /** @description How it was found. */
            source: components["schemas"]["LocationSource"];
        };
        /**
         * @description What the sync is doing.
         * @enum {string}
         */
        Phase: "unpaired" | "looking" | "syncing" | "synced" | "away" | "failed";
        /** @description A record in the list of the phone. */
        PhoneView: components["schemas"]["View"] & {
            /** @description Whether it is said to have been seen later than this phone's clock says now: some clock was wrong. */
            is_ahead: boolean;
            /**
             * Format: int64
             * @description The moment that the list is ordered by, in milliseconds since 1970: when it was seen, but no later than it can have been.
             */
            listed_ms: number;
            /** @description Files of it that are on this phone and that no laptop holds. */
            media_waiting: number;
            /** @description Recorded on this phone. */
            mine: boolean;
            /** @description Who holds the device on which it was recorded, if anybody said so. */
            observer_name?: string;
            /** @description Where it is. */
            state: components["schemas"]["RecordState"];
        };
        /** @description Who wrote a record, and what held when it was checked. */
        Proof: {
            /** @description Whether the record has no other versions. */
            is_all: boolean;
            /** @description Who holds the devices that wrote them, as managers say, and the names of laptops as they say themselves. */
            names: {
                [key: string]: string;
            };
            /** @description Those of the devices that are known by no name. */
            unnamed: components["schemas"]["DeviceId"][];
            /**
             * Format: int64
             * @description Versions that were computed again, the latest of the record.
             */
            versions: number;
            /**
             * Format: int64
             * @description How many of them are what their author's device signed, at a place that its log vouches for.
             */
            whole: number;
        };
        /**
         * @description Where a record is.
         * @enum {string}
         */
        RecordState: "on_phone" | "on_laptop";
        /** @description A file on its way to the laptop. */
        SendingFile: {
            /**
             * Format: int64
             * @description All its bytes.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Bytes that the laptop has of it.
             */
            done_bytes: number;
            /** @description The file. */
            hash: components["schemas"]["ContentHash"];
            /** @description The name it had on the phone. */
            name: string;
        };
        /** @description How the sync and the files stand. */
        SyncStatus: {
            clocks?: components["schemas"]["Clocks"];
            device?: components["schemas"]["DeviceId"];
            /**
             * Format: int64
             * @description Entries moved in this conversation.
             */
            done: number;
            /** @description How the files stand. */
            files: components["schemas"]["FilesStatus"];
            /** @description Who holds this phone, as was said at the pairing. */
            holder?: string;
            /** @description What people call that laptop, or before the first meeting the one that let this phone in. */
            laptop?: string;
            met_at?: components["schemas"]["Timestamp"];
            /** @description Whether a laptop has let this phone in. */
            paired: boolean;
            /** @description What the sync is doing. */
            phase: components["schemas"]["Phase"];
            problem?: components["schemas"]["Failure"];
            role?: components["schemas"]["Role"];
            /**
             * Format: int64
             * @description Entries to be moved in this conversation, as far as is known.
             */
            total: number;
            /** @description Where a laptop was looked for in vain the last time, and what came of it; empty while one answers. */
            tried: components["schemas"]["Tried"][];
            /**
             * Format: int64
             * @description Versions recorded here that no laptop has confirmed.
             */
            waiting: number;
        };
        /** @description An address where a laptop was looked for. */
        Tried: {
            /** @description The base address. */
            address: string;
            /** @description What came of it. */
            outcome: components["schemas"]["Outcome"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Answer = components['schemas']['Answer'];
export type AsideOrder = components['schemas']['AsideOrder'];
export type AuditReport = components['schemas']['AuditReport'];
export type Batch = components['schemas']['Batch'];
export type BatchResponse = components['schemas']['BatchResponse'];
export type Begun = components['schemas']['Begun'];
export type Chain = components['schemas']['Chain'];
export type Change = components['schemas']['Change'];
export type ChangedRow = components['schemas']['ChangedRow'];
export type Changes = components['schemas']['Changes'];
export type Charter = components['schemas']['Charter'];
export type Check = components['schemas']['Check'];
export type Clock = components['schemas']['Clock'];
export type ClockDigest = components['schemas']['ClockDigest'];
export type ClockDoubt = components['schemas']['ClockDoubt'];
export type ClockRow = components['schemas']['ClockRow'];
export type Code = components['schemas']['Code'];
export type CodeAnswer = components['schemas']['CodeAnswer'];
export type CodeItem = components['schemas']['CodeItem'];
export type CodeOrder = components['schemas']['CodeOrder'];
export type CompareReport = components['schemas']['CompareReport'];
export type ComparisonOrder = components['schemas']['ComparisonOrder'];
export type ContentHash = components['schemas']['ContentHash'];
export type Custody = components['schemas']['Custody'];
export type Damage = components['schemas']['Damage'];
export type DeviceId = components['schemas']['DeviceId'];
export type DeviceRow = components['schemas']['DeviceRow'];
export type DoneOrder = components['schemas']['DoneOrder'];
export type EntryCount = components['schemas']['EntryCount'];
export type Epoch = components['schemas']['Epoch'];
export type Failure = components['schemas']['Failure'];
export type Feature = components['schemas']['Feature'];
export type FeatureCollection = components['schemas']['FeatureCollection'];
export type FeatureGeometry = components['schemas']['FeatureGeometry'];
export type FieldChoice = components['schemas']['FieldChoice'];
export type FieldConflict = components['schemas']['FieldConflict'];
export type FieldValue = components['schemas']['FieldValue'];
export type FileList = components['schemas']['FileList'];
export type FilesReport = components['schemas']['FilesReport'];
export type HashMessage = components['schemas']['HashMessage'];
export type HashRequest = components['schemas']['HashRequest'];
export type HashResponse = components['schemas']['HashResponse'];
export type Hello = components['schemas']['Hello'];
export type HelloAnswer = components['schemas']['HelloAnswer'];
export type HelloNonce = components['schemas']['HelloNonce'];
export type HistoryRow = components['schemas']['HistoryRow'];
export type Item = components['schemas']['Item'];
export type ItemLocation = components['schemas']['ItemLocation'];
export type Kind = components['schemas']['Kind'];
export type LaptopView = components['schemas']['LaptopView'];
export type Latitude = components['schemas']['Latitude'];
export type Located = components['schemas']['Located'];
export type Location = components['schemas']['Location'];
export type LocationSource = components['schemas']['LocationSource'];
export type Locator = components['schemas']['Locator'];
export type LogOwner = components['schemas']['LogOwner'];
export type Longitude = components['schemas']['Longitude'];
export type MediaRef = components['schemas']['MediaRef'];
export type MediaStatus = components['schemas']['MediaStatus'];
export type MeetingOrder = components['schemas']['MeetingOrder'];
export type NameOrder = components['schemas']['NameOrder'];
export type NamedFiles = components['schemas']['NamedFiles'];
export type Note = components['schemas']['Note'];
export type Nothing = components['schemas']['Nothing'];
export type NoticeRow = components['schemas']['NoticeRow'];
export type Observation = components['schemas']['Observation'];
export type ObservedAt = components['schemas']['ObservedAt'];
export type Offer = components['schemas']['Offer'];
export type OfferResponse = components['schemas']['OfferResponse'];
export type OnboardingPage = components['schemas']['OnboardingPage'];
export type Origin = components['schemas']['Origin'];
export type PageOrChanges = components['schemas']['PageOrChanges'];
export type PairingItem = components['schemas']['PairingItem'];
export type PairingList = components['schemas']['PairingList'];
export type PairingRequest = components['schemas']['PairingRequest'];
export type PairingResponse = components['schemas']['PairingResponse'];
export type Peer = components['schemas']['Peer'];
export type PeerSync = components['schemas']['PeerSync'];
export type PeerSyncNotice = components['schemas']['PeerSyncNotice'];
export type PeerSyncState = components['schemas']['PeerSyncState'];
export type Photos = components['schemas']['Photos'];
export type PlacesRequest = components['schemas']['PlacesRequest'];
export type PlacesResponse = components['schemas']['PlacesResponse'];
export type Point = components['schemas']['Point'];
export type PointCollection = components['schemas']['PointCollection'];
export type PointGeometry = components['schemas']['PointGeometry'];
export type PointProperties = components['schemas']['PointProperties'];
export type Position = components['schemas']['Position'];
export type ProjectId = components['schemas']['ProjectId'];
export type Quarantine = components['schemas']['Quarantine'];
export type Quarantined = components['schemas']['Quarantined'];
export type Range = components['schemas']['Range'];
export type Readiness = components['schemas']['Readiness'];
export type RecordId = components['schemas']['RecordId'];
export type Refusal = components['schemas']['Refusal'];
export type Refused = components['schemas']['Refused'];
export type RefusedRow = components['schemas']['RefusedRow'];
export type Report = components['schemas']['Report'];
export type Role = components['schemas']['Role'];
export type RoleOrder = components['schemas']['RoleOrder'];
export type RowPosition = components['schemas']['RowPosition'];
export type RowStatus = components['schemas']['RowStatus'];
export type Run = components['schemas']['Run'];
export type RunEntry = components['schemas']['RunEntry'];
export type RunResult = components['schemas']['RunResult'];
export type Said = components['schemas']['Said'];
export type SessionAnswer = components['schemas']['SessionAnswer'];
export type SessionOrder = components['schemas']['SessionOrder'];
export type Settings = components['schemas']['Settings'];
export type SignatureBytes = components['schemas']['SignatureBytes'];
export type SignatureCheck = components['schemas']['SignatureCheck'];
export type Since = components['schemas']['Since'];
export type Standing = components['schemas']['Standing'];
export type Status = components['schemas']['Status'];
export type StoredRequest = components['schemas']['StoredRequest'];
export type StoredResponse = components['schemas']['StoredResponse'];
export type Timestamp = components['schemas']['Timestamp'];
export type Told = components['schemas']['Told'];
export type Version = components['schemas']['Version'];
export type VersionBytes = components['schemas']['VersionBytes'];
export type VersionCustody = components['schemas']['VersionCustody'];
export type VersionId = components['schemas']['VersionId'];
export type View = components['schemas']['View'];
export type ViewPage = components['schemas']['ViewPage'];
export type WantedRequest = components['schemas']['WantedRequest'];
export type WriterId = components['schemas']['WriterId'];
export type Clocks = components['schemas']['Clocks'];
export type Draft = components['schemas']['Draft'];
export type FileSum = components['schemas']['FileSum'];
export type FilesStatus = components['schemas']['FilesStatus'];
export type Listing = components['schemas']['Listing'];
export type NewsPlace = components['schemas']['NewsPlace'];
export type Outcome = components['schemas']['Outcome'];
export type PageAnswer = components['schemas']['PageAnswer'];
export type PagePlace = components['schemas']['PagePlace'];
export type Phase = components['schemas']['Phase'];
export type PhoneView = components['schemas']['PhoneView'];
export type Proof = components['schemas']['Proof'];
export type RecordState = components['schemas']['RecordState'];
export type SendingFile = components['schemas']['SendingFile'];
export type SyncStatus = components['schemas']['SyncStatus'];
export type Tried = components['schemas']['Tried'];
export type $defs = Record<string, never>;
export interface operations {
    audit: {
        parameters: {
            query?: {
                /** @description Whether to hash the files, too; true if absent. */
                files?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditReport"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    push: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cbor": components["schemas"]["Batch"];
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            /** @description What became of each run, after the commit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/cbor": components["schemas"]["BatchResponse"];
                    "application/json": components["schemas"]["BatchResponse"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    pull: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cbor": components["schemas"]["WantedRequest"];
                "application/json": components["schemas"]["WantedRequest"];
            };
        };
        responses: {
            /** @description Entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/cbor": components["schemas"]["Batch"];
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    compare: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComparisonOrder"];
            };
        };
        responses: {
            /** @description What differs, and what was moved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompareReport"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each device once, the last seen first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceRow"][];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An event without data after each commit and each file, without end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    hello: {
        parameters: {
            query?: {
                /** @description Chosen by the asking side, so that no old answer passes for a new one; zeros where it does not care. */
                nonce?: components["schemas"]["HelloNonce"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who this laptop is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelloAnswer"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    import_file: {
        parameters: {
            query: {
                /** @description The name of the file as people know it. */
                name: string;
                /** @description The zone of times that name none, such as `America/Lima`; the laptop's if absent. */
                zone?: string;
                /** @description Whether a row that says something else of a record that is here is taken as a change of it. */
                changes?: boolean;
                /** @description Whether rows of a table are taken that have no place. */
                without_place?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file: GeoJSON or CSV, told by its content */
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            /** @description What became of its rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    begin_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description 1.0.0 */
                "tus-resumable": string;
                /** @description Bytes of the whole file */
                "upload-length": number;
                /** @description hash, name and type, each followed by its base64 */
                "upload-metadata"?: string | null;
                /** @description sha1, sha256 or blake3, and the base64 of what comes along */
                "upload-checksum"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The first bytes, or nothing */
        requestBody: {
            content: {
                "application/offset+octet-stream": number[];
            };
        };
        responses: {
            /** @description Where to go on in Location, and from where in Upload-Offset */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    describe_uploads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In Tus-Version, Tus-Extension, Tus-Max-Size and Tus-Checksum-Algorithm */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    ask_held: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cbor": components["schemas"]["StoredRequest"];
                "application/json": components["schemas"]["StoredRequest"];
            };
        };
        responses: {
            /** @description Those that are held, and those that go on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/cbor": components["schemas"]["StoredResponse"];
                    "application/json": components["schemas"]["StoredResponse"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    show_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description 1.0.0 */
                "tus-resumable": string;
            };
            path: {
                /** @description The upload */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In Upload-Offset and Upload-Length, which are the same once the file is whole, and in Upload-Metadata what was said of it; there is no body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    go_on_with_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description 1.0.0 */
                "tus-resumable": string;
                /** @description Bytes that are durable */
                "upload-offset": number;
                /** @description sha1, sha256 or blake3, and the base64 of the body's */
                "upload-checksum"?: string | null;
            };
            path: {
                /** @description The upload */
                id: string;
            };
            cookie?: never;
        };
        /** @description The next bytes */
        requestBody: {
            content: {
                "application/offset+octet-stream": number[];
            };
        };
        responses: {
            /** @description They are durable; where to go on is in Upload-Offset */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    show_media: {
        parameters: {
            query?: never;
            header?: {
                /** @description The part that is wanted, in bytes */
                range?: string | null;
            };
            path: {
                /** @description The file */
                hash: components["schemas"]["ContentHash"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": number[];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    show_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file */
                hash: components["schemas"]["ContentHash"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The preview */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": number[];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_meetings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeerSync"][];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    begin_meeting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeetingOrder"];
            };
        };
        responses: {
            /** @description The meeting that goes on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeerSync"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_notices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeRow"][];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    finish_notices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DoneOrder"];
            };
        };
        responses: {
            /** @description They are marked, durably */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_observations: {
        parameters: {
            query?: {
                /** @description Only this one. */
                category?: string;
                /** @description Words, each in note, category, answers, names of files, source, or the name of observer or author; in any order, without regard to case and accents, of at most 256 bytes. */
                text?: string;
                /** @description The earliest observation: RFC 3339, or a day. */
                from?: string;
                /** @description The latest observation: RFC 3339, or a day, all of which is found. */
                to?: string;
                /** @description The zone of whoever asks, such as `America/Lima`, for the day of a moment of which no offset is known; the laptop's if absent. */
                zone?: string;
                /** @description Only records in conflict. */
                conflicts?: boolean;
                /** @description Only what is deleted, instead of what is not. */
                deleted?: boolean;
                /** @description Only records that name a file that is not here. */
                media?: "missing";
                /** @description `west,south,east,north` in degrees. */
                bbox?: string;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description Items of a page; 100 if absent. */
                limit?: number;
                /** @description `json` if absent. */
                format?: "json" | "geojson";
                /** @description The `changes` of an answer to the same question: only what changed since, as JSON. Goes with no `after`, `limit` and `format`. */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; with `since`, what changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["PointCollection"];
                    "application/json": components["schemas"]["PageOrChanges"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    submit_observations: {
        parameters: {
            query?: {
                /** @description Who sends it; the same id from another source is another record. */
                source?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/geo+json": components["schemas"]["FeatureCollection"];
                "application/json": components["schemas"]["Item"][];
            };
        };
        responses: {
            /** @description What became of each row, after the commit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowStatus"][];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    show_observation: {
        parameters: {
            query?: {
                /** @description The `history_next` of the page before. */
                after?: string;
                /** @description Versions of a page; 100 of a history, 1,000 of a custody, if absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The record */
                record: components["schemas"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Observation"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    describe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_pairings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingList"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    pair: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingRequest"];
            };
        };
        responses: {
            /** @description The device is let in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingResponse"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    open_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeOrder"];
            };
        };
        responses: {
            /** @description A code */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeAnswer"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    set_records_aside: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The device */
                device: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AsideOrder"];
            };
        };
        responses: {
            /** @description The pairing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingItem"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    rename_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The device */
                device: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NameOrder"];
            };
        };
        responses: {
            /** @description The pairing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingItem"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    revoke_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The device */
                device: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The pairing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingItem"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    set_role_of_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The device */
                device: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleOrder"];
            };
        };
        responses: {
            /** @description The pairing as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingItem"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    list_peers: {
        parameters: {
            query?: {
                /** @description The log after which the page begins, as the `Link` of the page before says. */
                after?: string;
                /** @description Logs of a page; 1,000 if absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The logs of others */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Peer"][];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    report_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Readiness"];
            };
        };
        responses: {
            /** @description It is kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    show_custody: {
        parameters: {
            query?: {
                /** @description The `history_next` of the page before. */
                after?: string;
                /** @description Versions of a page; 100 of a history, 1,000 of a custody, if absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The record */
                record: components["schemas"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who recorded it, and whether it is unaltered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Custody"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    show_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who asks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    begin_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionOrder"];
            };
        };
        responses: {
            /** @description The cookie of a session */
            204: {
                headers: {
                    /** @description The session */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cookie is taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    show_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    decide_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settings"];
            };
        };
        responses: {
            /** @description As stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How much is held */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    compare_hashes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cbor": components["schemas"]["HashRequest"];
                "application/json": components["schemas"]["HashRequest"];
            };
        };
        responses: {
            /** @description The next frame */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/cbor": components["schemas"]["HashResponse"];
                    "application/json": components["schemas"]["HashResponse"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    offer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The clock of the asking side, in milliseconds since 1970 */
                "chasqui-time"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cbor": components["schemas"]["Offer"];
                "application/json": components["schemas"]["Offer"];
            };
        };
        responses: {
            /** @description What is to be moved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/cbor": components["schemas"]["OfferResponse"];
                    "application/json": components["schemas"]["OfferResponse"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    find_places: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cbor": components["schemas"]["PlacesRequest"];
                "application/json": components["schemas"]["PlacesRequest"];
            };
        };
        responses: {
            /** @description Where the versions are that are held */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/cbor": components["schemas"]["PlacesResponse"];
                    "application/json": components["schemas"]["PlacesResponse"];
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
}
