//! The host in a browser: a worker's clocks, chance and timers, and a function of the worker to
//! call.

use chasqui_shared::{Notice, Timestamp};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Function};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Performance, WorkerGlobalScope};

use crate::host::Host;

/// A dedicated worker.
#[derive(Debug)]
pub struct WorkerHost {
    scope: WorkerGlobalScope,
    performance: Option<Performance>,
    on_change: Function,
    on_notice: Function,
}

impl WorkerHost {
    /// Tells `on_change` nothing, and `on_notice` one sentence for the console.
    pub fn new(on_change: Function, on_notice: Function) -> Self {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        Self { performance: scope.performance(), scope, on_change, on_notice }
    }
}

impl Host for WorkerHost {
    fn now_ms(&self) -> u64 {
        self.performance.as_ref().map_or_else(Date::now, Performance::now) as u64
    }

    fn wall_clock(&self) -> Timestamp {
        Timestamp::from_millis(Date::now() as i64)
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let crypto = self.scope.crypto().expect("every worker has a crypto object");
        crypto
            .get_random_values_with_u8_array(&mut bytes)
            .expect("32 bytes are below the quota of one call");
        bytes
    }

    async fn sleep(&self, ms: u64) {
        TimeoutFuture::new(u32::try_from(ms).unwrap_or(u32::MAX).min(i32::MAX as u32)).await;
    }

    fn changed(&self) {
        // What the worker's function throws is the worker's own to report.
        let _ = self.on_change.call0(&JsValue::UNDEFINED);
    }

    fn notice(&self, notice: &Notice) {
        let _ = self.on_notice.call1(&JsValue::UNDEFINED, &notice.to_string().into());
    }
}
