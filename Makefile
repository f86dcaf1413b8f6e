# Two commands are enough: `make run` and `make test`, each on a fresh Debian machine with Rust and Node.js.
# The scripts are in .tools; all of them may be run again at any time, and do only what is left to do.

.PHONY: run build test setup fmt wasm www server \
	test-rust test-wasm test-www test-browser test-python simulate clocks contracts
.NOTPARALLEL:

run: build
	@exec target/release/chasqui serve $(ARGS)

build: server

# What passed with the very same files is not run again: a warm run takes minutes.
test: export UNLESS_PASSED = 1
test: test-rust test-wasm test-www test-browser test-python

setup:
	@sh .tools/check.sh

wasm: setup
	@sh .tools/wasm.sh

www: wasm
	@sh .tools/www.sh

server: www
	@sh .tools/server.sh

test-rust: www
	@sh .tools/test-rust.sh

test-wasm: setup
	@sh .tools/test-wasm.sh

test-www: www
	@sh .tools/test-www.sh

test-browser: www
	@sh .tools/test-browser.sh

test-python: www
	@sh .tools/test-python.sh

simulate: setup
	@cargo run --release -p chasqui-tests --bin simulate -- $(SEEDS)

clocks: setup
	@cargo run --release -p chasqui-tests --bin clocks

# Writes the types that the pages are checked against; `make test` says when they are stale.
contracts: setup
	@sh .tools/contracts.sh

fmt:
	@cargo fmt --all
	@cd www && npm run --silent format
