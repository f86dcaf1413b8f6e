//! The manager, who looks at the pages.

use chasqui_harness::{Agent, Base, process::Laptop};
use serde_json::Value;

/// What the manager's page reads, and the most bytes that each answer may have, whoever was there:
/// what a page of rows takes at most, and for a map what each of its records may.
const LOOKS: &[(&str, usize)] = &[
    ("status", 4 * 1024),
    ("peers?limit=200", 200 * ROW_BYTES_MAX),
    ("devices", 200 * ROW_BYTES_MAX),
    ("pairings", 200 * ROW_BYTES_MAX),
    ("observations?limit=50", 8 * 1024 * 1024),
    ("observations?limit=50&conflicts=true", 8 * 1024 * 1024),
    ("observations?format=geojson&limit=50", 50 * POINT_BYTES_MAX),
    ("settings", 1024),
];
/// A row of a list about devices.
const ROW_BYTES_MAX: usize = 2 * 1024;
/// A point of the map: its note, twice as long where each of its characters is written with a
/// backslash, and the rest.
const POINT_BYTES_MAX: usize = 2 * 16 * 1024 + 1024;
/// Notices that may be listed.
const NOTICES_MAX: usize = 1_000;
/// Notices of one device.
const NOTICES_OF_ONE_MAX: usize = 32;

pub struct Manager {
    agent: Agent,
    base: Base,
}

impl Manager {
    pub fn new(laptop: &Laptop) -> Self {
        Self { agent: Agent::new(), base: laptop.base.clone() }
    }

    /// Everything that the manager's page reads is answered at the first try, and of bounded size.
    pub fn looks(&mut self) {
        for (path, bytes_max) in LOOKS {
            let answer = self.get(path);
            assert!(answer.len() <= *bytes_max, "{path} has {} bytes", answer.len());
        }
        let notices = self.get("notices");
        let bytes = notices.len();
        assert!(bytes <= NOTICES_MAX * ROW_BYTES_MAX, "notices have {bytes} bytes");
        let notices: Vec<Value> = serde_json::from_slice(&notices).unwrap();
        assert!(notices.len() <= NOTICES_MAX, "{} notices", notices.len());
        let mut brought_by: Vec<_> =
            notices.iter().filter_map(|notice| notice["brought_by"].as_str()).collect();
        brought_by.sort_unstable();
        let most = brought_by.chunk_by(|a, b| a == b).map(<[_]>::len).max().unwrap_or(0);
        assert!(most <= NOTICES_OF_ONE_MAX, "{most} notices of one device");
    }

    /// All points are as many as there are records, and no larger than so many are.
    pub fn sees_all_points(&mut self) {
        let answer = self.get("observations?format=geojson");
        let points: Value = serde_json::from_slice(&answer).unwrap();
        let points = points["features"].as_array().unwrap().len();
        let status: Value = serde_json::from_slice(&self.get("status")).unwrap();
        assert_eq!(Some(points as u64), status["records"].as_u64());
        assert!(answer.len() <= points * POINT_BYTES_MAX, "{} bytes", answer.len());
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let answer = self.agent.get_bytes(&self.base, path);
        answer.unwrap_or_else(|trouble| panic!("the manager was refused {path}: {trouble:?}"))
    }
}
