"""Observations for tests, as the JSON of a version."""

import rules

NOW = "2026-11-23T12:00:00Z"


def observation(author: bytes, record: int, **fields) -> dict:
    """The first version of a record, by a monitor."""
    return {
        "format": 1,
        "record": record_id(record),
        "kind": "observation",
        "parents": [],
        "generation": 1,
        "author": author.hex(),
        "role": "monitor",
        "change": "edit",
        "observed_at": NOW,
        "written_at": NOW,
        "location": {"lat": -3.74912, "lon": -73.25383, "accuracy_m": 8, "source": "gps"},
        "category": "oil_spill",
        **fields,
    }


def record_id(record: int) -> str:
    return record.to_bytes(16, "big").hex()


def encoded(author: bytes, record: int, **fields) -> bytes:
    return rules.version_bytes(observation(author, record, **fields))
