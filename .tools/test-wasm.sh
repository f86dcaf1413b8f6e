#!/bin/sh
# Lints what of the engine exists only in a browser, then runs its own tests in a real one.
set -eu
. "$(dirname "$0")/lib.sh"

# Function names stay without it, and the tools have a tenth of the bytes to go through.
export CARGO_PROFILE_DEV_DEBUG=0

say "Linting the engine as wasm (first time about a minute)"
bash .tools/wasm-cargo.sh clippy --quiet -p chasqui-client-wasm --lib --tests -- -D warnings

if ! grep -rqs wasm_bindgen_test client-wasm/src client-wasm/tests; then
  say "The engine has no test of its own for the browser yet"
  exit 0
fi
sh .tools/test-setup.sh
sh .tools/wasm-bindgen.sh

say "Running the engine's tests in Chromium (first time about 3 min)"
CHROMEDRIVER=$(command -v chromedriver)
export CHROMEDRIVER
export WASM_BINDGEN_TEST_WEBDRIVER_JSON="$root/.tools/webdriver.json"
export WASM_BINDGEN_TEST_TIMEOUT="${WASM_BINDGEN_TEST_TIMEOUT:-120}" # seconds, for each test file
bash .tools/wasm-cargo.sh test -p chasqui-client-wasm --lib --tests
