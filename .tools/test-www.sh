#!/bin/sh
# Checks the form of the pages' code and of the JavaScript tests, then runs the pages' unit tests.
set -eu
. "$(dirname "$0")/lib.sh"

say "Linting the pages, and running their tests (seconds)"
(cd www && npm run --silent lint) || die "the pages' code is not in form: see above; npm run format in www formats it."
(cd www && npm test --silent)
