//! Bad input: each gets its one failure, or its entry is quarantined, and nothing that was stored
//! before is touched.

mod entries;
mod requests;

use chasqui_harness::{Phone, in_process::Laptop};
use serde_json::{Value, json};

/// A laptop with something to lose, and its state to compare with.
async fn laptop() -> (Laptop, Value) {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    alice.record(1, "kept");
    alice.sync(&app).await;
    let before = state(&app).await;
    (app, before)
}

async fn state(app: &Laptop) -> Value {
    let digest = app.store.committed().digest.to_string();
    json!([digest, app.status().await, app.get("/api/v1/observations").await.json::<Value>()])
}
