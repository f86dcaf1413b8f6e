//! The files of the pages, carried inside the program.

use rust_embed::RustEmbed;

/// The files of the pages by their paths; empty in a program that was built without them.
#[derive(RustEmbed)]
#[folder = "../www/dist"]
#[allow_missing = true]
pub struct Dist;
