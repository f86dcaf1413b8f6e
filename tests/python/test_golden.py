"""The golden bytes of format 1, computed by an independent implementation."""

import json
from pathlib import Path

import pytest

import rules

GOLDEN = json.loads((Path(__file__).parent.parent / "fixtures" / "versions.json").read_text())


def log():
    return rules.Log(
        bytes.fromhex(GOLDEN["project"]),
        bytes.fromhex(GOLDEN["secret"]),
        bytes.fromhex(GOLDEN["owner"]["epoch"]),
    )


def test_the_owner_is_the_key_of_the_secret():
    assert log().device.hex() == GOLDEN["owner"]["device"]


@pytest.mark.parametrize("row", GOLDEN["versions"], ids=lambda row: row["version"]["category"])
def test_bytes_and_id_of_a_version(row):
    version = rules.version_bytes(row["version"])
    assert version.hex() == row["cbor"]
    assert rules.version_id(version).hex() == row["id"]


def test_chain_and_signature_of_each_entry():
    written = log()
    for row in GOLDEN["versions"]:
        entry = written.append(bytes.fromhex(row["cbor"]))
        assert written.chain.hex() == row["chain"]
        assert entry["signature"].hex() == row["signature"]
