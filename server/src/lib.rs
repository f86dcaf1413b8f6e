//! The laptop of Chasqui: the durable log, the API, the pages and the importer.
//!
//! Rooms: `store` (redb; knows no HTTP), `import` (files of observations), `http` (axum; knows no tables), `https`
//! (certificates), `access` (who may do what), `meeting` (asking other laptops), `audit` (all of it computed again), [`run()`] (everything together). The rules of records and sync are in `chasqui_shared`, and
//! nowhere here.
#![forbid(unsafe_code)]

pub mod access;
pub mod audit;
pub mod beside;
mod config;
pub mod discovery;
mod http;
mod https;
pub mod import;
pub mod limits;
pub mod meeting;
mod run;
mod serving;
pub mod store;
mod wall_clock;

pub use config::{Config, default_data_directory};
pub use http::{App, DOORS, Door, Encrypted, Status, app};
pub use https::{Authority, HttpsError};
pub use run::{RunError, Server, run};
pub use serving::{Serving, ServingNote};
