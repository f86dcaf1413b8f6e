#!/bin/sh
# Format, lints, documentation, then every Rust test of this machine's own kind; warnings are
# errors.
set -eu
. "$(dirname "$0")/lib.sh"

say "Checking the format"
cargo fmt --all --check || die "the Rust code is not formatted: run 'make fmt'."

say "Linting (first time about 4 min)"
cargo clippy --quiet --workspace --all-targets -- -D warnings

say "Building the documentation (first time about 3 min)"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --workspace --no-deps

sh .tools/program.sh

say "Running the examples of the documentation (about half a minute)"
cargo test --quiet --workspace --doc

say "Running the Rust tests (about 3 min)"
if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run --workspace --no-fail-fast
else
  cargo test --workspace --all-targets --no-fail-fast
fi
