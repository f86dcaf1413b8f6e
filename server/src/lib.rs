//! The laptop of Chasqui: the durable log, the API, the pages and the importer.
//!
//! | folder | what it is |
//! | --- | --- |
//! | `http` | axum: the routes, what each request passes, the handlers; knows no tables |
//! | `store` | redb: the log, and what is computed from it; knows no HTTP |
//! | `media` | files beside the records: uploads, previews; knows no HTTP |
//! | `import` | files of observations: CSV, GeoJSON |
//! | `audit` | everything that is stored computed again, compared with another store, and healed from it |
//! | `peer_sync` | syncing with other laptops |
//! | `access`, `project` | who may do what; members and settings, and what each device recorded |
//! | `network`, `connections` | certificates, discovery, addresses; who is connected |
//! | `onboarding`, `pages` | the page that leads a phone to https; the built-in pages |
//! | `run` | everything together, and what runs by itself, such as the removal of orphaned files |
//! | `system` | clocks, private files and modes, as the operating system gives them |
//!
//! The rules of records and sync are in `chasqui_shared`, and nowhere here.
#![forbid(unsafe_code)]

pub mod access;
pub mod audit;
pub mod commands;
mod connections;
mod http;
pub mod import;
pub mod limits;
pub mod media;
mod network;
mod onboarding;
pub mod pages;
pub mod peer_sync;
mod project;
mod run;
pub mod store;
mod system;

pub use http::{App, Encrypted, MediaStatus, ROUTES, Route, Status, app, describe, plain_app};
pub use network::addresses::Addresses;
pub use network::discovery;
pub use network::https::{Authority, CertificateFiles, HttpsError, PublicAuthority};
pub use run::{
    Announcing, Config, HTTP_DEFAULT, HTTPS_DEFAULT, RunError, Server, Serving, ServingNote,
    default_data_directory, run,
};
pub use system::{progress, zone};
