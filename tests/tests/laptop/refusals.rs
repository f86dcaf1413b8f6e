//! Bad input: each gets its one failure, or its entry is quarantined, and nothing that was stored before is touched.

mod entries;
mod requests;

use serde_json::{Value, json};

use crate::{app::TestApp, phone::Phone};

/// A laptop with something to lose, and its state to compare with.
async fn laptop() -> (TestApp, Value) {
    let app = TestApp::start();
    let mut alice = Phone::new(&app, 1);
    alice.record(1, "kept");
    alice.sync(&app).await;
    let before = state(&app).await;
    (app, before)
}

async fn state(app: &TestApp) -> Value {
    let digest = app.store.committed().digest.to_string();
    json!([digest, app.status().await, app.get("/api/v1/observations").await.json::<Value>()])
}
