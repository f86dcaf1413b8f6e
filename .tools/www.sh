#!/bin/sh
# Builds the two pages into www/dist, which the server then carries inside itself.
set -eu
. "$(dirname "$0")/lib.sh"

sh .tools/npm.sh www
sources=$(find www -mindepth 1 -maxdepth 1 ! -name dist ! -name node_modules)
# shellcheck disable=SC2086 # a list of paths without spaces
inputs=$(fingerprint $sources)
if is_done www "$inputs" && [ -f www/dist/index.html ]; then
  exit 0
fi
say "Checking and building the pages (about a minute)"
(cd www && npm run --silent build) || die "the pages could not be built: see above."
mark_done www "$inputs"
