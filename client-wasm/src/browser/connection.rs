//! Two connections to the laptop that the page came from, because a browser holds on to one that
//! fell silent.
//!
//! Over HTTP/2 all requests to a laptop share a connection. Where packets vanish, as when a phone
//! walks out of reach, giving a request up leaves that connection as it is, and the next request
//! follows into it: Chromium begins to doubt it after ten silent seconds, and takes ten more to
//! make sure. But by the Fetch standard requests that may carry cookies and ones that may not never
//! share a connection, and the engine's need none. So after one that was not answered in time the
//! laptop is looked for both ways, and what follows goes the way that answered first.

use std::{cell::Cell, future::Future};

use futures_util::future::select_ok;
use wasm_bindgen::JsCast;
use web_sys::{RequestCredentials, WorkerGlobalScope};

/// Which of the two a request goes by.
pub type Lane = RequestCredentials;

const LANES: [Lane; 2] = [Lane::SameOrigin, Lane::Omit];

thread_local! {
    static TAKEN: Cell<Lane> = const { Cell::new(LANES[0]) };
    static IS_DOUBTED: Cell<bool> = const { Cell::new(false) };
}

/// The one that answered last.
pub fn taken() -> Lane {
    TAKEN.with(Cell::get)
}

/// A request was not answered in time.
pub fn doubt() {
    IS_DOUBTED.with(|is_doubted| is_doubted.set(true));
}

/// Asks at a base address, both ways if need be.
pub async fn ask<A, E, F: Future<Output = Result<A, E>>>(
    base: &str,
    ask: impl Fn(Lane) -> F,
) -> Result<A, E> {
    if !IS_DOUBTED.with(Cell::get) || base != own_origin() {
        return ask(taken()).await;
    }
    let asked = LANES.map(|lane| {
        let answer = ask(lane);
        Box::pin(async move { answer.await.map(|answer| (lane, answer)) })
    });
    let ((lane, answer), _) = select_ok(asked).await?;
    TAKEN.with(|taken| taken.set(lane));
    IS_DOUBTED.with(|is_doubted| is_doubted.set(false));
    Ok(answer)
}

fn own_origin() -> String {
    js_sys::global().unchecked_into::<WorkerGlobalScope>().location().origin()
}
