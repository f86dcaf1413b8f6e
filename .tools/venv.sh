#!/bin/sh
# Makes target/venv with the pinned packages of tests/python/requirements.txt, and of
# requirements-data.txt beside it without what those depend on, if either has changed.
set -eu
. "$(dirname "$0")/lib.sh"

requirements=tests/python/requirements.txt
data=tests/python/requirements-data.txt
[ -f "$requirements" ] || requirements=/dev/null
[ -f "$data" ] || data=/dev/null
inputs=$(cat "$requirements" "$data" | sha256sum)
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
target/venv/bin/python3 -m pip install --quiet --disable-pip-version-check --no-deps -r "$data" ||
  die "pip could not install $data: see above, check the network, then run make again."
mark_done venv "$inputs"
