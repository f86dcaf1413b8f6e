//! See [`chasqui_tests::fuzz::take_run()`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| chasqui_tests::fuzz::take_run(data));
