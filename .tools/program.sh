#!/bin/sh
# Builds the program that the tests run, with all Rust tests and nothing else: alone it would be
# built of other features of its dependencies, and so would they.
set -eu
. "$(dirname "$0")/lib.sh"

say "Building the Rust tests and the program (first time about 5 min)"
cargo build --quiet --workspace --all-targets
