#!/bin/sh
# Writes what the pages are checked against: what laptop and engine say of themselves, and the types
# in TypeScript of that.
set -eu
. "$(dirname "$0")/lib.sh"

sh .tools/npm.sh www
export CHASQUI_WRITE_CONTRACTS=1
say "Writing www/contracts (first time about 5 min)"
cargo test --quiet --workspace --test tests contracts::
say "Writing www/src/api/types.ts (seconds)"
(cd www && npm test --silent -- src/api/types.test.ts)
