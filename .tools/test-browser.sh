#!/bin/sh
# Runs the tests that drive the program, as it is built for the Rust tests, from a real browser.
set -eu
. "$(dirname "$0")/lib.sh"

set -- tests/browser/*.test.mjs
if [ ! -e "$1" ]; then
  say "There is no test in tests/browser yet"
  exit 0
fi
sh .tools/test-setup.sh
sh .tools/npm.sh tests/browser

sh .tools/program.sh
CHROMIUM=${CHROMIUM:-$(command -v chromium)}
CHASQUI=$root/target/debug/chasqui
if has_passed browser tests/browser www/dist "$CHASQUI" "$CHROMIUM"; then
  exit 0
fi
say "Running the browser tests (about 10 min)"
export CHROMIUM CHASQUI
# Browsers wait more than they compute: two at a time, also on two cores.
node --test --test-concurrency=2 "$@"
mark_done passed-browser "$passed"
