//! See [`chasqui_tests::fuzz::requests()`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| chasqui_tests::fuzz::requests(data));
