#!/bin/sh
# Runs the independent implementation of the protocol against the golden bytes and the real server.
set -eu
exec python3 -m pytest -q -p no:cacheprovider "$(dirname "$0")"
