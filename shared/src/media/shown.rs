//! Which files may be shown as what they are, wherever they are shown.

/// Whether whoever opens a file of this media type runs nothing of it: the pictures, sounds and
/// films that browsers know. Whatever else somebody chose to attach is only to be saved.
pub fn is_safe_to_show(media_type: &str) -> bool {
    ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&media_type)
        || media_type.starts_with("audio/")
        || media_type.starts_with("video/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_sounds_and_films_are_shown_and_nothing_that_runs_scripts() {
        for shown in ["image/jpeg", "image/gif", "audio/webm", "video/mp4"] {
            assert!(is_safe_to_show(shown), "{shown}");
        }
        for saved in ["text/html", "image/svg+xml", "application/pdf", "IMAGE/PNG", ""] {
            assert!(!is_safe_to_show(saved), "{saved}");
        }
    }
}
