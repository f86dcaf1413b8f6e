#!/bin/sh
# What only the tests need of the machine: a browser with its driver, certutil for its trusted
# certificates, openssl for others', and ip for networks that can be cut.
set -eu
. "$(dirname "$0")/lib.sh"

PATH=$PATH:/usr/sbin:/sbin
missing=
want() { has "$1" || missing="$missing $2"; }
want chromium chromium
want chromedriver chromium-driver
want certutil libnss3-tools
want openssl openssl
want ip iproute2
# shellcheck disable=SC2086 # a list of words
[ -z "$missing" ] || sh .tools/debian.sh $missing
