//! Bodies that a browser cannot send twice.
//!
//! When a connection breaks, Chromium sends the requests on it again by itself, each from its
//! beginning, although the laptop has kept what came: of an upload that is a second slice for
//! nothing. It cannot do so with a body that comes as a stream, which it takes over HTTP/2 only;
//! other browsers know no such bodies.

use std::cell::Cell;

use gloo_net::http::{Request, RequestBuilder};
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, ReadableStream, RequestInit};

use crate::browser::failure_streak::Streak;

thread_local! {
    static ARE_KNOWN: bool = are_known().unwrap_or(false);
    static FAILED: Cell<Streak> = Cell::default();
}

/// The request with these bytes.
pub fn with(request: RequestBuilder, bytes: Blob) -> Result<Request, gloo_net::Error> {
    if !are_used() {
        return request.body(bytes);
    }
    let bare: web_sys::Request = request.build()?.into();
    if !bare.url().starts_with("https:") {
        let init = RequestInit::new();
        init.set_body(&bytes);
        return made(web_sys::Request::new_with_request_and_init(&bare, &init));
    }
    let init = streaming(&bytes.stream());
    made(init.and_then(|init| web_sys::Request::new_with_request_and_init(&bare, &init)))
}

/// Whether a request got an answer.
pub fn note(is_answered: bool) {
    FAILED.with(|failed| failed.set(failed.get().with(!is_answered)));
}

fn are_used() -> bool {
    ARE_KNOWN.with(|known| *known) && !FAILED.with(Cell::get).is_over()
}

fn streaming(stream: &ReadableStream) -> Result<RequestInit, JsValue> {
    let init = RequestInit::new();
    init.set_body(stream);
    Reflect::set(&init, &"duplex".into(), &"half".into())?;
    Ok(init)
}

/// Whether this browser sends streams: it then asks how, and does not take one for a text.
fn are_known() -> Result<bool, JsValue> {
    thread_local! {
        static ASKED: Cell<bool> = const { Cell::new(false) };
    }
    let init = streaming(&ReadableStream::new()?)?;
    init.set_method("POST");
    let answer = Closure::<dyn Fn() -> JsValue>::new(|| {
        ASKED.with(|asked| asked.set(true));
        "half".into()
    });
    let property = Object::new();
    Reflect::set(&property, &"get".into(), answer.as_ref())?;
    Object::<JsValue>::define_property(init.unchecked_ref(), &"duplex".into(), &property);
    let request = web_sys::Request::new_with_str_and_init("https://localhost/", &init)?;
    Ok(ASKED.with(Cell::get) && !request.headers().has("Content-Type")?)
}

fn made(request: Result<web_sys::Request, JsValue>) -> Result<Request, gloo_net::Error> {
    let failed = |_| gloo_net::Error::GlooError("the browser makes no such request".to_owned());
    request.map(Request::from).map_err(failed)
}
