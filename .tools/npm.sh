#!/bin/sh
# Installs the npm packages of the folder named as argument, if its package-lock.json has changed.
set -eu
. "$(dirname "$0")/lib.sh"

folder=$1
name=npm-$(echo "$folder" | tr / -)
inputs=$(fingerprint "$folder/package.json" "$folder/package-lock.json")
if is_done "$name" "$inputs" && [ -d "$folder/node_modules" ]; then
  exit 0
fi
say "Installing the npm packages of $folder (about a minute)"
(cd "$folder" && npm ci --no-audit --no-fund --loglevel=error) ||
  die "npm could not install the packages of $folder: see above, check the network, then run make again."
mark_done "$name" "$inputs"
