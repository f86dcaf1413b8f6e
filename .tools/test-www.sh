#!/bin/sh
# Runs the pages' own unit tests.
set -eu
. "$(dirname "$0")/lib.sh"

say "Running the tests of the pages (seconds)"
(cd www && npm test --silent)
