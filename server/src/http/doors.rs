//! Who may do what: every path of the router with each of its methods. A path that is not here opens for nobody.

use axum::http::Method;

use crate::access::Who;

/// A path as the router knows it, a method, and who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// Such as `/api/v1/observations/{record}`.
    pub path: &'static str,
    /// `GET` is `HEAD` too.
    pub method: &'static str,
    /// Who may.
    pub who: Who,
}

/// All of them.
pub const DOORS: [Door; 47] = [
    door("GET", "/connect", Who::Anybody),
    door("GET", "/connect/", Who::Anybody),
    door("GET", "/connect/tick.js", Who::Anybody),
    door("GET", "/authority.crt", Who::Anybody),
    door("GET", "/authority.pem", Who::Anybody),
    door("GET", "/api/v1/openapi.json", Who::Anybody),
    door("GET", "/api/v1/hello", Who::Anybody),
    door("POST", "/api/v1/pairings", Who::Anybody),
    door("GET", "/api/v1/session", Who::Anybody),
    door("POST", "/api/v1/session", Who::Anybody),
    door("POST", "/api/v1/session/end", Who::Anybody),
    door("POST", "/api/v1/sync/offer", Who::Paired),
    door("POST", "/api/v1/sync/hashes", Who::Paired),
    door("POST", "/api/v1/sync/places", Who::Paired),
    door("POST", "/api/v1/changes", Who::Paired),
    door("POST", "/api/v1/changes/wanted", Who::Paired),
    door("GET", "/api/v1/events", Who::Paired),
    door("GET", "/api/v1/observations", Who::Paired),
    door("POST", "/api/v1/observations", Who::Paired),
    door("GET", "/api/v1/observations/{record}", Who::Paired),
    door("OPTIONS", "/api/v1/media", Who::Paired),
    door("POST", "/api/v1/media", Who::Paired),
    door("POST", "/api/v1/media/held", Who::Paired),
    door("GET", "/api/v1/media/uploads/{id}", Who::Paired),
    door("PATCH", "/api/v1/media/uploads/{id}", Who::Paired),
    door("GET", "/api/v1/media/{hash}", Who::Paired),
    door("GET", "/api/v1/media/{hash}/preview", Who::Paired),
    door("GET", "/api/v1/settings", Who::Paired),
    door("POST", "/api/v1/readiness", Who::Paired),
    door("POST", "/api/v1/settings", Who::Manager),
    door("GET", "/api/v1/pairings", Who::Manager),
    door("POST", "/api/v1/pairings/codes", Who::Manager),
    door("POST", "/api/v1/pairings/{device}/name", Who::Manager),
    door("POST", "/api/v1/pairings/{device}/role", Who::Manager),
    door("POST", "/api/v1/pairings/{device}/revoke", Who::Manager),
    door("POST", "/api/v1/pairings/{device}/aside", Who::Manager),
    door("GET", "/api/v1/records/{record}/custody", Who::Manager),
    door("POST", "/api/v1/import", Who::Manager),
    door("POST", "/api/v1/audit", Who::Manager),
    door("POST", "/api/v1/comparison", Who::Manager),
    door("GET", "/api/v1/meetings", Who::Manager),
    door("POST", "/api/v1/meetings", Who::Manager),
    door("GET", "/api/v1/status", Who::Manager),
    door("GET", "/api/v1/peers", Who::Manager),
    door("GET", "/api/v1/devices", Who::Manager),
    door("GET", "/api/v1/notices", Who::Manager),
    door("POST", "/api/v1/notices/done", Who::Manager),
];

const fn door(method: &'static str, path: &'static str, who: Who) -> Door {
    Door { path, method, who }
}

/// Who may ask for a path of the router; anybody where the path does not know the method, to be told so.
pub fn who_may(path: &str, method: &Method) -> Who {
    let method = if *method == Method::HEAD { &Method::GET } else { method };
    let mut doors = DOORS.iter().filter(|door| door.path == path).peekable();
    if doors.peek().is_none() {
        tracing::error!(path, "nobody said who may ask for this path");
        return Who::Manager;
    }
    doors.find(|door| door.method == method.as_str()).map_or(Who::Anybody, |door| door.who)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_nobody_thought_of_is_a_managers() {
        assert_eq!(who_may("/api/v1/forgotten", &Method::GET), Who::Manager);
        assert_eq!(who_may("/api/v1/hello", &Method::HEAD), Who::Anybody);
        assert_eq!(who_may("/api/v1/status", &Method::HEAD), Who::Manager);
        assert_eq!(who_may("/api/v1/status", &Method::PUT), Who::Anybody);
    }

    #[test]
    fn no_door_is_there_twice() {
        for (at, door) in DOORS.iter().enumerate() {
            let same = |other: &&Door| (other.path, other.method) == (door.path, door.method);
            assert_eq!(DOORS[at..].iter().filter(same).count(), 1, "{door:?}");
        }
    }
}
