//! See [`chasqui_tests::fuzz::messages_json()`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| chasqui_tests::fuzz::messages_json(data));
