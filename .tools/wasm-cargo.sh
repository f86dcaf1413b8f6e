#!/bin/bash
# Runs cargo for the phone: `wasm-cargo.sh build …` is `cargo build --target wasm32-unknown-unknown
# …` with whichever compiler of this machine has, or can make, the standard library for that target.
set -eu
. "$(dirname "$0")/lib.sh"

target=wasm32-unknown-unknown
command=$1
shift
# Flags for native builds are not for wasm, and would hide those of .cargo/config.toml.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET CARGO_TARGET_DIR

has_std() { compgen -G "$(rustc --print target-libdir --target "$target")/libstd-*.rlib" >/dev/null; }

# 1 and 2: the compiler that builds the rest builds this too.
if ! has_std && has rustup && [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ]; then
  say "Adding the $target standard library with rustup (seconds)"
  rustup target add "$target" || say "rustup could not; looking for another way"
fi
if has_std; then
  exec cargo "$command" --target "$target" --target-dir "$wasm_target_dir" "$@"
fi

# 3: Debian's second compiler is recent and comes with the sources of std. The one on the PATH stays
# what it is: Debian's is called by its full name, for this one build.
has apt-get || die "the $target standard library is missing: run 'rustup target add $target', then make again."
sh .tools/debian.sh rustc-web cargo-web rust-web-src

linker=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
if [ ! -x "$linker" ]; then
  sh .tools/debian.sh lld
  linker=/usr/bin/wasm-ld
fi

unset RUSTUP_TOOLCHAIN RUSTC_WRAPPER
export RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc
export RUSTC_BOOTSTRAP=1 # -Zbuild-std is for nightly compilers, and this is the documented way round.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker
export CARGO=/usr/bin/cargo
program=$CARGO
if [ "$command" = clippy ]; then
  # By its full name too: cargo would look for it in ~/.cargo/bin first, and find the other
  # compiler's.
  sh .tools/debian.sh rust-web-clippy
  program=/usr/bin/cargo-clippy
fi
# Sorting alone is an eighth of the module in the std that is built for speed.
exec "$program" "$command" -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size \
  --target "$target" --target-dir "$wasm_target_dir" "$@"
