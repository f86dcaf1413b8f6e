//! What a revoked device recorded can be set aside.

use super::*;

/// The notes that are listed, and how many records the status counts.
async fn listed(app: &Laptop) -> (Vec<String>, Value) {
    let page: Value = app.get("/api/v1/observations?limit=1000").await.ok().json();
    let notes = page["items"].as_array().unwrap().iter();
    let mut notes: Vec<_> = notes.map(|item| item["note"].as_str().unwrap().to_owned()).collect();
    notes.sort_unstable();
    // Between two commits of a sweep, rows are still counted of which nothing is shown any more.
    let records = app.status().await["records"].clone();
    (notes, if page["total"] == records { records } else { Value::Null })
}

async fn until_listed(app: &Laptop, expected: &[&str]) {
    let mut commits = app.store.watch();
    loop {
        commits.borrow_and_update();
        let (notes, records) = listed(app).await;
        if notes == expected && records == expected.len() {
            return;
        }
        let more = tokio::time::timeout(std::time::Duration::from_secs(60), commits.changed());
        more.await.unwrap_or_else(|_| panic!("{notes:?}, {records}")).unwrap();
    }
}

async fn say_aside(app: &Laptop, device: DeviceId, is_aside: bool) {
    let named = app.store.write(1, move |log| {
        let name = "Rosa".into();
        let member = chasqui_shared::Member { device, role: Role::Monitor, name, is_aside };
        let (log_writer, now) = (log.log_writer().clone(), log.received_at());
        let by = Author { device: log_writer.owner().device, role: Role::Manager, now };
        let record = chasqui_shared::Member::record(device);
        let version = member.draft().version(log, record, Change::Edit, by)?;
        write(log, &log_writer, version.encode().unwrap())
    });
    assert_eq!(named.await.unwrap().quarantine, None);
}

#[tokio::test]
async fn what_is_set_aside_leaves_lists_and_counts_and_comes_back_whole() {
    let app = Laptop::start();
    let (mut honest, mut bad) = (Phone::new(&app, 1), Phone::new(&app, 2));
    honest.record(1, "a fish kill");
    honest.record(2, "an oil spill");
    bring(&app, &honest).await;
    bad.sync(&app).await;
    for record in 10..30 {
        let media = vec![chasqui_shared::MediaRef {
            hash: chasqui_shared::ContentHash([record; 32]),
            bytes: 1_000,
            media_type: "image/jpeg".into(),
            name: "never.jpg".into(),
        }];
        let flood = Draft { media, ..draft("flood") };
        bad.edit(RecordId([record; 16]), flood, Change::Edit, Role::Monitor);
    }
    bad.record(2, "nothing to see here");
    bring(&app, &bad).await;
    let entries = app.status().await["entries"].clone();
    let mut flooded = vec!["a fish kill"];
    flooded.extend(["flood"; 20]);
    flooded.push("nothing to see here");
    until_listed(&app, &flooded).await;

    let device = bad.log_writer.owner().device;
    say_aside(&app, device, true).await;
    let seen = ["a fish kill", "an oil spill"];
    until_listed(&app, &seen).await;
    let found: Value = app.get("/api/v1/observations?text=flood").await.ok().json();
    assert_eq!(found["total"], 0);
    let points: Value = app.get("/api/v1/observations?format=geojson").await.ok().json();
    assert_eq!(points["features"].as_array().unwrap().len(), 2);
    let status = app.status().await;
    assert_eq!((&status["conflicts"], &status["heads"]), (&json!(0), &json!(2)));
    assert_eq!(status["media"]["named"], 0, "nobody waits for its photos");
    assert_eq!(status["entries"], json!(entries.as_u64().unwrap() + 1), "nothing is gone");

    bad.record(40, "flood that came after");
    bring(&app, &bad).await;
    until_listed(&app, &seen).await;
    let mut other = Phone::new(&app, 3);
    other.sync(&app).await;
    assert_eq!(other.log.position(bad.log_writer.writer()).unwrap().seq, 22, "sync goes on");
    assert_eq!(other.log.is_aside(device), Ok(true));

    let app = app.restart();
    until_listed(&app, &seen).await;
    say_aside(&app, device, false).await;
    flooded.insert(21, "flood that came after");
    until_listed(&app, &flooded).await;
    let audited: Value = app.post_json("/api/v1/audit", &json!({})).await.ok().json();
    assert_eq!(audited["damaged"], 0, "{audited}");
}

#[tokio::test]
async fn more_is_set_aside_than_one_commit_looks_through() {
    let app = Laptop::start();
    let mut bad = Phone::new(&app, 2);
    let each = limits::SWEPT_ENTRIES_PER_COMMIT + 1;
    for record in 0..each {
        let mut id = [7; 16];
        id[..4].copy_from_slice(&(record as u32).to_be_bytes());
        bad.edit(RecordId(id), draft("flood"), Change::Edit, Role::Monitor);
    }
    bring(&app, &bad).await;
    assert_eq!(app.status().await["records"], each);
    say_aside(&app, bad.log_writer.owner().device, true).await;
    until_listed(&app, &[]).await;
    assert_eq!(app.status().await["heads"], 0);
}
