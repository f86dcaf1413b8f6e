//! See [`chasqui_tests::fuzz::version()`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| chasqui_tests::fuzz::version(data));
