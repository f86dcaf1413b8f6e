//! `chasqui serve` is found by `chasqui find`, as people run them.

use chasqui_server::{Serving as Note, discovery::Door};
use serde_json::Value;

use crate::discovery::{
    program::{Serving, run},
    village::{ask, in_village},
    wifi::Machine,
};

const LISTEN: [&str; 4] = ["--http", "127.0.0.1:0", "--https", "0.0.0.0:8443"];

/// What `chasqui find` has found, and whether it says that it found something.
fn find(machine: &Machine) -> (Vec<Value>, bool) {
    let output = run(machine, "find", &["--json", "--timeout", "2"]);
    let list = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (list, output.status.success())
}

#[test]
fn a_serving_laptop_is_found_from_another_machine() {
    in_village(|village| {
        let serving = Serving::on(&village.laptop, &LISTEN);
        assert!(Note::find(serving.data()).is_some());
        let (found, is_found) = find(&village.alice);
        assert!(is_found && found.len() == 1, "{found:?}");
        let urls = serde_json::json!(["https://10.77.0.1:8443", "https://10.78.0.1:8443"]);
        assert_eq!(found[0]["urls"], urls);
        assert_eq!(found[0]["ways"], serde_json::json!(["announcement", "mdns"]));
        assert_eq!(found[0]["device"].as_str().unwrap().len(), 64);

        let shown = run(&village.bob, "find", &["--timeout", "2"]);
        let shown = String::from_utf8(shown.stdout).unwrap();
        assert!(shown.contains("https://10.78.0.1:8443"), "{shown}");
        assert!(shown.contains(found[0]["name"].as_str().unwrap()), "{shown}");
    });
}

#[test]
fn a_laptop_that_is_silent_or_not_reached_by_https_is_not_found() {
    in_village(|village| {
        let silent: Vec<_> = LISTEN.into_iter().chain(["--no-announce"]).collect();
        let alone = ["--http", "0.0.0.0:8080", "--https", "127.0.0.1:8443"];
        let plain = ["--http", "0.0.0.0:8080"];
        for arguments in [&silent[..], &alone, &plain] {
            let serving = Serving::on(&village.laptop, arguments);
            assert_eq!(find(&village.alice), (Vec::new(), false), "{arguments:?}");
            drop(serving);
        }
    });
}

#[test]
fn a_plain_ohai_is_answered_where_the_operator_asks_for_it() {
    in_village(|village| {
        let arguments: Vec<_> = LISTEN.into_iter().chain(["--ohai"]).collect();
        let serving = Serving::on(&village.laptop, &arguments);
        // It is asked by the other way first, so that both doors are open.
        assert!(find(&village.alice).1);
        let at = ([10, 77, 0, 1], Door::Ohai.port()).into();
        let answer = ask(&village.alice, [10, 77, 0, 2], at, vec![b"OHAI".to_vec()]);
        assert_eq!(answer, br#"{"chasqui":1,"urls":["https://10.77.0.1:8443"]}"#);
        drop(serving);
    });
}

#[test]
fn looking_without_a_network_fails_with_the_reason() {
    let Some(machine) = Machine::alone() else {
        return eprintln!("left out: no right to make network namespaces");
    };
    let output = run(&machine, "find", &["--timeout", "1"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("on no private network"), "{told}");
}
