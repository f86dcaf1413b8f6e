//! What is known of a request by its path and method: who may send it, and what it may cost.
//!
//! [`mark`] finds it once, in the table of all routes; every layer reads it from there, and knows
//! no path itself.

use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
    routing::MethodRouter,
};

use super::app::App;
use crate::{access::Permission, limits};

/// A path as the router knows it, one of its methods, and all that layers decide by.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Such as `/api/v1/observations/{record}`.
    pub path: &'static str,
    /// `GET` is `HEAD` too.
    pub method: &'static str,
    /// Who may.
    pub permission: Permission,
    /// What its body is.
    pub(super) carries: Carries,
    /// How long it may take until its answer begins.
    pub(super) time_max: Duration,
    /// Whether an app of any origin may ask for it, before it is paired.
    pub(super) is_for_any_app: bool,
    /// Whether other machines get it by plain http, too.
    pub(super) is_by_plain_http: bool,
    /// Its content security policy, if it is not that of all pages.
    pub(super) policy: Option<&'static str>,
    /// Answers it.
    pub(super) handler: fn() -> MethodRouter<App>,
}

/// What the body of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// A message, read into memory; its bytes are counted among those of its caller.
    Message,
    /// A file, which goes to the disk as it comes.
    File,
    /// A photo, audio or video, which goes to the disk as it comes, and has a place among the
    /// uploads of its caller.
    Upload,
}

impl Route {
    /// A route as most are.
    pub(super) const fn new(
        method: &'static str,
        path: &'static str,
        permission: Permission,
        handler: fn() -> MethodRouter<App>,
    ) -> Self {
        Self {
            path,
            method,
            permission,
            carries: Carries::Message,
            time_max: limits::REQUEST_TIME_MAX,
            is_for_any_app: false,
            is_by_plain_http: false,
            policy: None,
            handler,
        }
    }

    /// It takes longer than others.
    pub(super) const fn within(self, time_max: Duration) -> Self {
        Self { time_max, ..self }
    }

    /// Its body is no message.
    pub(super) const fn carries(self, carries: Carries) -> Self {
        Self { carries, ..self }
    }

    /// An app of any origin may ask for it.
    pub(super) const fn for_any_app(self) -> Self {
        Self { is_for_any_app: true, ..self }
    }

    /// Other machines get it by plain http, too.
    pub(super) const fn by_plain_http(self) -> Self {
        Self { is_by_plain_http: true, ..self }
    }

    /// It has a content security policy of its own.
    pub(super) const fn under(self, policy: &'static str) -> Self {
        Self { policy: Some(policy), ..self }
    }
}

/// The routes of the path that a request is for; it may know other methods than the one that is
/// asked.
#[derive(Clone, Debug)]
pub struct Matched {
    /// The table of all.
    pub all: &'static [Route],
    of_path: Vec<&'static Route>,
}

impl Matched {
    fn new(all: &'static [Route], path: &str) -> Self {
        Self { all, of_path: all.iter().filter(|route| route.path == path).collect() }
    }

    /// The route of the path with this method, if there is one.
    pub fn with(&self, method: &str) -> Option<&'static Route> {
        let method = if method == Method::HEAD.as_str() { Method::GET.as_str() } else { method };
        self.of_path.iter().find(|route| route.method == method).copied()
    }

    /// Who may; anybody where the path does not know the method, to be told so.
    pub fn permission(&self, method: &Method) -> Permission {
        if self.of_path.is_empty() {
            tracing::error!("a path is not in the table of routes");
            return Permission::Manager;
        }
        self.with(method.as_str()).map_or(Permission::Anybody, |route| route.permission)
    }

    /// The content security policy of the path, if it has one of its own.
    pub fn policy(&self) -> Option<&'static str> {
        self.of_path.iter().find_map(|route| route.policy)
    }
}

/// The route that a request is for; none for pages, unknown paths and unknown methods.
pub fn of(request: &Request) -> Option<&'static Route> {
    request.extensions().get::<Matched>()?.with(request.method().as_str())
}

/// Whether a path is one of the API, known or not; all others are pages.
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Finds out which route a request is for.
pub async fn mark(
    State(all): State<&'static [Route]>,
    mut request: Request,
    next: Next,
) -> Response {
    let path =
        request.extensions().get::<MatchedPath>().map(|path| Matched::new(all, path.as_str()));
    if let Some(matched) = path {
        request.extensions_mut().insert(matched);
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::{super::routes::ROUTES, *};

    #[test]
    fn a_path_that_nobody_thought_of_is_a_managers() {
        let who = |path, method| Matched::new(&ROUTES, path).permission(&method);
        assert_eq!(who("/api/v1/forgotten", Method::GET), Permission::Manager);
        assert_eq!(who("/api/v1/hello", Method::HEAD), Permission::Anybody);
        assert_eq!(who("/api/v1/status", Method::HEAD), Permission::Manager);
        assert_eq!(who("/api/v1/status", Method::PUT), Permission::Anybody);
    }
}
