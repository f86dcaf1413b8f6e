//! Tells cargo to build the program again when the built pages have changed, and the program when
//! it was built.

use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    println!("cargo::rerun-if-changed=../www/dist");
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    // https://reproducible-builds.org/specs/source-date-epoch/
    let built = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    println!("cargo::rustc-env=CHASQUI_BUILT_UNIX_SECONDS={}", built.unwrap_or(now));
}
