//! The layers of each crate, from the top: a folder or file imports only from layers below its own.

/// What holds for the imports of one crate.
pub struct Rules {
    /// The crate's folder.
    pub name: &'static str,
    /// Its folders and loose files, the top layer first.
    pub layers: &'static [&'static [&'static str]],
    /// Crates that only some modules may name.
    pub foreign: &'static [(&'static str, &'static [&'static str])],
    /// Imports that are known to be wrong, and are passed over.
    pub excepted: &'static [(&'static str, &'static str)],
}

/// The crates of the workspace.
pub const CRATES: &[Rules] = &[
    Rules {
        name: "shared",
        layers: &[
            &["openapi"],
            &["sync"],
            &["media", "trust"],
            &["log"],
            &["record"],
            &["failure", "fold", "label", "observed_at", "retry"],
            &["id", "timestamp", "wire"],
            &["limits"],
        ],
        foreign: &[],
        excepted: &[
            ("media::transfer::outcome", "media::transfer"),
            ("media::transfer::round", "media::transfer"),
        ],
    },
    Rules {
        name: "server",
        layers: &[
            &["commands"],
            &["run"],
            &["http"],
            &["audit", "connections", "onboarding"],
            &["access", "peer_sync"],
            &["project", "pages"],
            &["import", "media"],
            &["store"],
            &["network"],
            &["system", "limits"],
        ],
        foreign: &[("axum", &["http", "run", "pages", "connections"]), ("redb", &["store"])],
        excepted: &[],
    },
    Rules {
        name: "client-wasm",
        layers: &[
            &["browser", "openapi"],
            &["engine"],
            &["sync"],
            &["media"],
            &["network"],
            &["copy"],
            &["records"],
            &["files", "in_time", "watched"],
            &["host", "laptops", "notify", "storage"],
            &["limits"],
        ],
        foreign: &[],
        excepted: &[
            ("engine::status", "engine"),
            ("network::clocks", "network"),
            ("network::pairing", "network"),
            ("network::reach", "network"),
            ("network::readiness", "network"),
            ("records::ledger::confirmed", "records::ledger"),
            ("sync::conversation", "sync"),
        ],
    },
];
