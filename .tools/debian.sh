#!/bin/sh
# Installs the Debian packages named as arguments; those already there cost nothing.
set -eu
. "$(dirname "$0")/lib.sh"

has apt-get || die "install the counterparts of these Debian packages by hand, then run make again: $*"

missing=
for package in "$@"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
  [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif has sudo; then
  as_root=sudo
else
  die "run this as root, then make again: apt-get install$missing"
fi

say "Installing from Debian:$missing (about a minute)"
log=$root/target/apt.log
mkdir -p "$root/target"
install() {
  # --no-remove: what a person installed on purpose is not ours to take away.
  $as_root apt-get update && DEBIAN_FRONTEND=noninteractive \
    $as_root apt-get install -y --no-remove --no-install-recommends "$@"
}
# shellcheck disable=SC2086 # a list of words
install $missing >"$log" 2>&1 ||
  die "apt-get could not install$missing: read target/apt.log, put it right, then run make again."
