"""The worked example at the end of docs/PROTOCOL.md, computed from what comes before it."""

import re
from pathlib import Path

import cbor2
import pytest

import client
import rules
from observation import observation

PAGE = (Path(__file__).parents[2] / "docs" / "PROTOCOL.md").read_text()
EXAMPLE = PAGE[PAGE.index("worked example") :]
BLOCKS = [bytes.fromhex(block) for block in re.findall(r"```\n([0-9a-f\n]+)```", EXAMPLE)]
NAMES = "project device writer genesis version id chain signature digest offer batch".split()


@pytest.fixture
def log():
    charter = {"founder": "11" * 32, "salt": "55" * 16}
    project = rules.project_of({"charter": charter})
    return rules.Log(project, bytes([0x22]) * 32, bytes([0x33]) * 16)


@pytest.fixture
def version(log):
    fields = observation(
        log.device,
        int("44" * 16, 16),
        observed_at="2026-03-01T15:04:05Z",
        written_at="2026-03-01T15:05:00Z",
        location={"lat": -3.7491, "lon": -73.25, "accuracy_m": 8, "source": "gps"},
        note="black water",
        answers={"people": 3},
    )
    return rules.version_bytes(fields)


def test_every_value_of_the_example_follows_from_the_page(log, version):
    offer = {
        "project": log.project,
        "writer": log.writer,
        "digest": rules.clock_digest({}),
        "clock": [],
    }
    run = {"writer": log.writer, "owner": log.owner, "after": log.position}
    entry = log.append(version)
    batch = {"project": log.project, "writer": log.writer, "runs": [run | {"entries": [entry]}]}
    computed = [
        log.project,
        log.device,
        log.writer,
        log.genesis,
        version,
        rules.version_id(version),
        log.chain,
        entry["signature"],
        rules.clock_digest({log.writer: log.position}),
        client.encode(client.CBOR, offer),
        client.encode(client.CBOR, batch),
    ]
    assert dict(zip(NAMES, computed)) == dict(zip(NAMES, BLOCKS, strict=True))


def test_the_version_of_the_example_says_what_the_page_says(version):
    read = cbor2.loads(version)
    assert (read["location"]["lat"], read["location"]["lon"]) == (-37_491_000, -732_500_000)
    assert read["answers"] == {"people": 3} and "media" not in read
