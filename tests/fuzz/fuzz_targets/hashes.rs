//! See [`chasqui_tests::fuzz::hashes()`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| chasqui_tests::fuzz::hashes(data));
