//! A manager marks notices as done; nothing of them is lost.

use chasqui_harness::{Phone, in_process::Laptop};
use serde_json::{Value, json};

async fn notices(app: &Laptop) -> Vec<Value> {
    app.get("/api/v1/notices").await.ok().json()
}

#[tokio::test]
async fn a_notice_that_is_done_stays_done_over_a_restart() {
    let app = Laptop::start();
    for device in [1, 2] {
        let mut phone = Phone::new(&app, device.into());
        phone.record(device, "on the river");
        phone.sync(&app).await;
    }
    let all = notices(&app).await;
    assert_eq!(all.iter().map(|row| &row["done_at"]).collect::<Vec<_>>(), [&json!(null); 2]);
    let order = json!({ "ids": [all[0]["id"], 4_000_000_000_u32] });
    assert_eq!(app.post_json("/api/v1/notices/done", &order).await.status, 204);
    let app = app.restart();
    let after = notices(&app).await;
    assert!(after[0]["done_at"].is_string());
    assert_eq!((&after[0]["code"], &after[0]["at"]), (&all[0]["code"], &all[0]["at"]));
    assert_eq!(after[1], all[1]);
    let refused = app.post_json("/api/v1/notices/done", &json!({ "ids": ["x"] })).await;
    assert_eq!(refused.status, 400);
}
