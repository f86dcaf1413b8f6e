#!/bin/sh
# Says in one sentence which of the tools that nothing here can bring is missing.
set -eu
. "$(dirname "$0")/lib.sh"

has cargo || die "Rust is missing: install it with rustup, open a new shell, then run make again."
has cc || sh .tools/debian.sh build-essential
no_node="install Node.js 20 or newer with npm, then run make again."
has node || die "Node.js is missing: $no_node"
has npm || die "npm is missing: $no_node"
major=$(node -p 'process.versions.node.split(".")[0]')
[ "$major" -ge 20 ] || die "Node.js $major is too old: $no_node"

# On a developer's machine cargo may add to Cargo.lock; in CI the committed one must be complete.
if [ -n "${CI:-}" ]; then
  cargo update --workspace --locked --quiet ||
    die "Cargo.lock does not fit the Cargo.toml files: run 'cargo check' and commit Cargo.lock."
fi
