//! Every path with each of its methods: who may, what it may cost, and who answers. A path that is
//! not here does not exist.

use axum::{Router, routing};

use super::{
    access::{pairings, session},
    app::App,
    connect,
    media::{download, held, previews, tus},
    observations::{custody, import, list, observation, submitted},
    openapi,
    project::{audits, devices, meetings, notices, peers, settings, status},
    route::{Carries, Route},
    sync::{conversation, events, hello, readiness},
};
use crate::{access::Permission, limits};

/// Makes the table: a method, a path, a permission, a handler, and what is otherwise than with most
/// routes.
macro_rules! routes {
    ($( $method:ident $path:literal $permission:ident $handler:path $(, $other:ident($($value:expr)?))*; )+) => {
        [$(
            Route::new(routes!(@ $method), $path, Permission::$permission, || routing::$method($handler))
                $(.$other($($value)?))*,
        )+]
    };
    (@ get) => { "GET" };
    (@ post) => { "POST" };
    (@ patch) => { "PATCH" };
    (@ options) => { "OPTIONS" };
}

/// All of them.
pub static ROUTES: [Route; 47] = routes! {
    get "/connect" Anybody connect::page, by_plain_http(), under(connect::POLICY);
    get "/connect/" Anybody connect::page, by_plain_http(), under(connect::POLICY);
    get "/connect/tick.js" Anybody connect::tick, by_plain_http();
    get "/authority.crt" Anybody connect::authority_der, by_plain_http();
    get "/authority.pem" Anybody connect::authority_pem, by_plain_http();

    get "/api/v1/openapi.json" Anybody openapi::show;
    get "/api/v1/hello" Anybody hello::hello, by_plain_http(), for_any_app();
    post "/api/v1/pairings" Anybody pairings::pair, for_any_app();
    get "/api/v1/session" Anybody session::show;
    post "/api/v1/session" Anybody session::begin;
    post "/api/v1/session/end" Anybody session::end;

    post "/api/v1/sync/offer" Paired conversation::offer;
    post "/api/v1/sync/hashes" Paired conversation::hashes;
    post "/api/v1/sync/places" Paired conversation::places;
    post "/api/v1/changes" Paired conversation::push;
    post "/api/v1/changes/wanted" Paired conversation::pull;
    get "/api/v1/events" Paired events::events;
    get "/api/v1/observations" Paired list::list;
    post "/api/v1/observations" Paired submitted::submit;
    get "/api/v1/observations/{record}" Paired observation::show;
    options "/api/v1/media" Paired tus::options, within(limits::UPLOAD_TIME_MAX);
    post "/api/v1/media" Paired tus::create, carries(Carries::Upload), within(limits::UPLOAD_TIME_MAX);
    post "/api/v1/media/held" Paired held::held, under(download::POLICY);
    get "/api/v1/media/uploads/{id}" Paired tus::offset, within(limits::UPLOAD_TIME_MAX), under(download::POLICY);
    patch "/api/v1/media/uploads/{id}" Paired tus::go_on, carries(Carries::Upload), within(limits::UPLOAD_TIME_MAX);
    get "/api/v1/media/{hash}" Paired download::show, under(download::POLICY);
    get "/api/v1/media/{hash}/preview" Paired previews::show, under(download::POLICY);
    get "/api/v1/settings" Paired settings::show;
    post "/api/v1/readiness" Paired readiness::report;

    post "/api/v1/settings" Manager settings::decide;
    get "/api/v1/pairings" Manager pairings::list;
    post "/api/v1/pairings/codes" Manager pairings::codes::open_code;
    post "/api/v1/pairings/{device}/name" Manager pairings::orders::rename;
    post "/api/v1/pairings/{device}/role" Manager pairings::orders::set_role;
    post "/api/v1/pairings/{device}/revoke" Manager pairings::orders::revoke;
    post "/api/v1/pairings/{device}/aside" Manager pairings::orders::set_aside;
    get "/api/v1/records/{record}/custody" Manager custody::show;
    post "/api/v1/import" Manager import::import, carries(Carries::File), within(limits::IMPORT_TIME_MAX);
    post "/api/v1/audit" Manager audits::order, within(limits::AUDIT_TIME_MAX);
    post "/api/v1/comparison" Manager audits::compare_with, within(limits::AUDIT_TIME_MAX);
    get "/api/v1/meetings" Manager meetings::list;
    post "/api/v1/meetings" Manager meetings::begin;
    get "/api/v1/status" Manager status::status;
    get "/api/v1/peers" Manager peers::peers;
    get "/api/v1/devices" Manager devices::devices;
    get "/api/v1/notices" Manager notices::notices;
    post "/api/v1/notices/done" Manager notices::finish;
};

/// The router of all routes.
pub fn router() -> Router<App> {
    ROUTES.iter().fold(Router::new(), |router, route| router.route(route.path, (route.handler)()))
}

/// Whether other machines get this path by plain http.
pub fn is_by_plain_http(path: &str) -> bool {
    ROUTES.iter().any(|route| route.is_by_plain_http && route.path == path)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_route_is_there_twice() {
        let all: BTreeSet<_> = ROUTES.iter().map(|route| (route.path, route.method)).collect();
        assert_eq!(all.len(), ROUTES.len());
    }

    /// The rows of the table "Who may what" of PROTOCOL.md, such as `GET and POST session; POST
    /// session/end`.
    fn documented(who: &str) -> BTreeSet<(String, String)> {
        let protocol = include_str!("../../../docs/PROTOCOL.md");
        let row = format!("| {who} | ");
        let row =
            protocol.lines().find_map(|line| line.strip_prefix(&row)).expect("the row is there");
        let row = row.trim_end_matches('|').split(". ").next().unwrap_or_default();
        let mut all = BTreeSet::new();
        for clause in row.trim().split(';').map(str::trim).filter(|clause| !clause.is_empty()) {
            let is_method = |word: &&str| word.bytes().all(|byte| byte.is_ascii_uppercase());
            let words: Vec<_> = clause
                .split([' ', ','])
                .filter(|word| !word.is_empty() && *word != "and")
                .collect();
            let methods: Vec<_> = words.iter().copied().filter(is_method).collect();
            for path in words.iter().filter(|word| !is_method(word)) {
                all.extend(
                    methods.iter().map(|method| (method.to_string(), format!("/api/v1/{path}"))),
                );
            }
        }
        all
    }

    #[test]
    fn the_protocol_names_every_route_and_who_may() {
        for (who, permission) in [
            ("anybody", Permission::Anybody),
            ("paired devices, managers", Permission::Paired),
            ("managers", Permission::Manager),
        ] {
            let of_api = ROUTES.iter().filter(|route| route.path.starts_with("/api/"));
            let mine = of_api.filter(|route| route.permission == permission);
            let mine: BTreeSet<_> =
                mine.map(|route| (route.method.to_owned(), route.path.to_owned())).collect();
            assert_eq!(documented(who), mine, "{who}");
        }
    }
}
