#!/bin/sh
# Runs the Python tests against the program, as it is built for the Rust tests; their own packages
# are under target/venv.
set -eu
. "$(dirname "$0")/lib.sh"

if [ ! -f tests/python/run.sh ]; then
  say "There is no Python test yet"
  exit 0
fi
sh .tools/venv.sh

sh .tools/program.sh
CHASQUI=$root/target/debug/chasqui
if has_passed python tests/python tests/fixtures docs/PROTOCOL.md www/dist "$CHASQUI"; then
  exit 0
fi
say "Running the Python tests (about 2 min)"
PATH=$root/target/venv/bin:$PATH
export CHASQUI PATH
sh tests/python/run.sh
mark_done passed-python "$passed"
