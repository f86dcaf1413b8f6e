//! What is sent with a page, by this program or by any other server of a copy.

use axum::http::{HeaderName, header};
use rust_embed::EmbeddedFile;

/// Scripts and workers of this origin alone, wasm, and as blobs the map's workers and the phone's
/// photos and sounds.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; \
     worker-src 'self' blob:; connect-src 'self' data: blob:; object-src 'none'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// The phone's engine looks for its laptop at every address that it knows. It alone may: a script
/// keeps the policy that it came with, and no page has this one.
const ENGINE_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     connect-src 'self' https:; object-src 'none'; base-uri 'none'";

/// What the path of the engine's script begins with; the rest is the hash of what is in it.
pub const ENGINE_SCRIPT: &str = "/assets/worker-";

/// The content security policy (W3C CSP 3) of what is at a path.
pub fn security_policy(path: &str) -> &'static str {
    if path.starts_with(ENGINE_SCRIPT) { ENGINE_POLICY } else { CONTENT_SECURITY_POLICY }
}

/// With every answer, beside its policy: they keep a page to itself.
pub const HEADERS: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// How long the file of this name may be kept without asking. One under `assets/` has the hash of
/// its content in its name.
pub fn caching(name: &str) -> &'static str {
    match name.starts_with("assets/") {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    }
}

/// What a browser insists on is said here, so that it does not depend on any machine's tables.
pub fn media_type(name: &str, file: &EmbeddedFile) -> String {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("wasm") => "application/wasm".into(),
        Some("webmanifest") => "application/manifest+json".into(),
        Some("js" | "mjs") => "text/javascript; charset=utf-8".into(),
        Some("html") => "text/html; charset=utf-8".into(),
        Some("css") => "text/css; charset=utf-8".into(),
        _ => file.metadata.mimetype().to_owned(),
    }
}
