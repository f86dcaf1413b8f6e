#!/bin/sh
# Builds the binary, with the pages inside.
set -eu
. "$(dirname "$0")/lib.sh"

say "Building the server (first time about 5 min)"
cargo build --release -p chasqui-server || die "the server could not be built: see above."
