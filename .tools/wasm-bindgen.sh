#!/bin/sh
# Puts the wasm-bindgen tools into target/tools, at the one version that fits the crate in
# Cargo.lock.
set -eu
. "$(dirname "$0")/lib.sh"

[ -f Cargo.lock ] || cargo generate-lockfile
version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)
[ -n "$version" ] || die "Cargo.lock names no wasm-bindgen, which client-wasm needs: run 'cargo check', then make again."

bin=$root/target/tools/bin
is_version() { [ "$("$1" --version 2>/dev/null)" = "${1##*/} $version" ]; }
if is_version "$bin/wasm-bindgen" && is_version "$bin/wasm-bindgen-test-runner"; then
  exit 0
fi

say "Building wasm-bindgen $version (once, about 2 min)"
# Unoptimized it builds in half the time; only what walks over every wasm function is worth -O2.
hot() { printf 'profile.release.package.%s.opt-level=2' "$1"; }
env -u CARGO_TARGET_DIR \
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_STRIP=true \
  cargo install wasm-bindgen-cli --version "=$version" --root "$root/target/tools" --force --quiet \
  --config "$(hot walrus)" --config "$(hot wasmparser)" --config "$(hot wasm-encoder)" \
  --config "$(hot gimli)" --config "$(hot wasm-bindgen-cli-support)" ||
  die "wasm-bindgen $version could not be built: see above, check the network, then run make again."
