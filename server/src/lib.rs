//! The laptop of Chasqui: the durable log, the API, the pages and the importer.
//!
//! Rooms: `store` (redb; knows no HTTP), `import` (files of observations), `http` (axum; knows no tables), `https`
//! (certificates), `access` (who may do what), `discovery` (being found), `onboarding` (leading a phone to https), `pages`
//! (the files of the app), `meeting` (asking other laptops), `media` (files beside the records; knows no HTTP), `audit` (all of it computed again), `tally` (which files
//! are here), `contributions` (what each device recorded), `clock_doubt` (whether the laptop's clock can be right),
//! `orphans` (files that nothing names), `modes` (who may read the files), `connections` (who is connected, and who goes when
//! there are too many), [`run()`] (everything
//! together), `schema` (how shared types look in the description of the API). The rules of records and sync are in
//! `chasqui_shared`, and nowhere here.
#![forbid(unsafe_code)]

pub mod access;
mod addresses;
pub mod audit;
pub mod beside;
mod clock_doubt;
mod config;
mod connections;
mod contributions;
pub mod discovery;
mod http;
mod https;
pub mod import;
pub mod limits;
mod listener;
pub mod media;
pub mod meeting;
mod modes;
mod onboarding;
mod open_files;
mod orphans;
pub mod pages;
mod private_file;
mod private_network;
mod recent;
mod run;
mod schema;
mod serving;
mod settings;
pub mod store;
mod tally;
mod wall_clock;
pub mod zone;

pub use addresses::Addresses;
pub use config::{Announcing, Config, HTTP_DEFAULT, HTTPS_DEFAULT, default_data_directory};
pub use http::{App, Encrypted, MediaStatus, ROUTES, Route, Status, app, plain_app};
pub use https::{Authority, CertificateFiles, HttpsError, PublicAuthority};
pub use run::{RunError, Server, run};
pub use serving::{Serving, ServingNote};
