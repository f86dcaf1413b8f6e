//! Where the built program is.

use std::{
    env::{consts::EXE_SUFFIX, var_os},
    io,
    path::PathBuf,
};

/// The `chasqui` that was built with the running test, or the one that `CHASQUI` names.
///
/// Cargo builds it only when it is asked to: `cargo build -p chasqui-server` comes first.
pub fn program() -> io::Result<PathBuf> {
    if let Some(path) = var_os("CHASQUI") {
        return Ok(path.into());
    }
    let test = std::env::current_exe()?;
    let built = test.ancestors().nth(2).ok_or(io::ErrorKind::NotFound)?;
    Ok(built.join(format!("chasqui{EXE_SUFFIX}")))
}
