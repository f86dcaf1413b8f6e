#!/bin/sh
# Makes target/venv with the pinned packages of tests/python/requirements.txt, if those have changed.
set -eu
. "$(dirname "$0")/lib.sh"

requirements=tests/python/requirements.txt
[ -f "$requirements" ] || requirements=/dev/null
inputs=$(sha256sum <"$requirements")
if is_done venv "$inputs" && [ -x target/venv/bin/python3 ]; then
  exit 0
fi
has python3 || sh .tools/debian.sh python3
python3 -c 'import ensurepip' 2>/dev/null || sh .tools/debian.sh python3-venv

say "Making the Python environment (about a minute)"
rm -rf target/venv
python3 -m venv target/venv
target/venv/bin/python3 -m pip install --quiet --disable-pip-version-check -r "$requirements" ||
  die "pip could not install $requirements: see above, check the network, then run make again."
mark_done venv "$inputs"
