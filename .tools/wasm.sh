#!/bin/sh
# Builds the phone's engine: client-wasm as wasm, and the TypeScript-typed module around it that the
# pages import from www/src/engine/generated.
set -eu
. "$(dirname "$0")/lib.sh"

sh .tools/wasm-bindgen.sh
say "Building the phone's engine (first time about 4 min)"
bash .tools/wasm-cargo.sh build --profile wasm -p chasqui-client-wasm --lib

module=$wasm_target_dir/wasm32-unknown-unknown/wasm/chasqui_client_wasm.wasm
generated=www/src/engine/generated
inputs=$(fingerprint "$module" target/tools/bin/wasm-bindgen .tools/wasm.sh)
if is_done wasm "$inputs" && [ -f "$generated/chasqui_client_wasm_bg.wasm" ]; then
  exit 0
fi
rm -rf "$generated"
target/tools/bin/wasm-bindgen --target web --typescript --remove-producers-section --remove-name-section \
  --out-dir "$generated" "$module"
mark_done wasm "$inputs"
say "The engine is $(($(wc -c <"$generated/chasqui_client_wasm_bg.wasm") / 1024)) KiB of wasm"
