//! Who else on this machine may read the data: nobody, also where it came back from a drive that
//! knows no modes.

use std::path::Path;

/// Takes every right of group and others from the data directory and what is directly in it, keys
/// among them. Where that cannot be, it is said.
#[cfg(unix)]
pub fn tighten(data: &Path) {
    use std::{fs, io, os::unix::fs::PermissionsExt};

    /// Rights of group and others.
    const OTHERS: u32 = 0o077;

    let tighten = |path: &Path| -> io::Result<()> {
        let mode =
            |path: &Path| Ok::<_, io::Error>(fs::symlink_metadata(path)?.permissions().mode());
        if fs::symlink_metadata(path)?.is_symlink() || mode(path)? & OTHERS == 0 {
            return Ok(());
        }
        fs::set_permissions(path, fs::Permissions::from_mode(mode(path)? & 0o700))?;
        match mode(path)? & OTHERS {
            0 => {
                tracing::warn!(?path, "others on this machine could read this; they no longer can");
                Ok(())
            }
            _ => Err(io::Error::other("this disk keeps no modes")),
        }
    };
    let inside = fs::read_dir(data).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in std::iter::once(data.to_owned()).chain(inside) {
        match tighten(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, ?path, "others on this machine can read this");
            }
            _ => {}
        }
    }
}

/// Where there are no modes, the user's own folder keeps others out.
#[cfg(not(unix))]
pub fn tighten(_: &Path) {}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn what_came_back_from_a_stick_is_for_its_user_alone_again() {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().join("data");
        fs::create_dir(&data).unwrap();
        let (key, media) = (data.join("manager.key"), data.join("media"));
        fs::write(&key, "key").unwrap();
        fs::create_dir(&media).unwrap();
        std::os::unix::fs::symlink(directory.path(), data.join("elsewhere")).unwrap();
        let loose = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        loose(&key, 0o644);
        loose(&media, 0o755);
        loose(&data, 0o755);
        loose(directory.path(), 0o755);
        tighten(&data);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!([mode(&key), mode(&media), mode(&data)], [0o600, 0o700, 0o700]);
        assert_eq!(mode(directory.path()), 0o755, "what a link leads to is somebody else's");
        assert_eq!(fs::read(&key).unwrap(), b"key");
    }
}
