# Words that the scripts beside this file share; sourced by each of them, never run.
# shellcheck shell=sh

root=$(cd "$(dirname "$0")/.." && pwd)
stamps=$root/target/stamps
cd "$root" || exit

# One place for native builds and one for wasm: two compilers may not share fingerprints.
export CARGO_TARGET_DIR="$root/target"
export wasm_target_dir="$root/target/wasm"

say() { printf '==> %s\n' "$*"; }

# One sentence that says what to do, then the end.
die() {
  printf 'chasqui: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# A fingerprint of what the files under the given paths hold; dates do not count, so that a fresh
# clone and a touched file change nothing, and a deleted file does.
fingerprint() {
  find "$@" \( -name node_modules -o -name __pycache__ -o -name .pytest_cache \) -prune -o -type f -exec sha256sum {} + 2>/dev/null |
    LC_ALL=C sort | sha256sum | cut -d ' ' -f 1
}

# is_done NAME FINGERPRINT: was the step NAME already carried out for these very inputs?
is_done() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }

# has_passed NAME PATH…: within `make test`, did the tests NAME pass with these very files? Asked
# for by their own name, such as `make test-browser`, tests always run.
has_passed() {
  name=$1
  shift
  passed=$(fingerprint "$@")
  [ -n "${UNLESS_PASSED:-}" ] && is_done "passed-$name" "$passed" || return 1
  say "The $name tests passed with these very files: make test-$name runs them again"
}

mark_done() {
  mkdir -p "$stamps"
  printf '%s\n' "$2" >"$stamps/$1"
}
