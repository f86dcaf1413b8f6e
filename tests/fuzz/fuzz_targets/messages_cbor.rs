//! See [`chasqui_tests::fuzz::messages_cbor()`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| chasqui_tests::fuzz::messages_cbor(data));
