#!/bin/sh
# Lints the pages' code and the JavaScript tests, then runs the pages' unit tests.
set -eu
. "$(dirname "$0")/lib.sh"

say "Linting the pages, and running their tests (about a minute)"
(cd www && npm run --silent lint) || die "the pages' code has faults: see above; npm run format in www mends its layout."
(cd www && npm test --silent)
