"""The laptop's own description of its API, and the real binary asked by it for whatever can be thought of."""

import cbor2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as conforms

from client import CBOR, JSON, Api, Replica, from_json, pair
from observation import encoded

# The same requests each time; another number finds others.
SEED = 20261123
EXAMPLES = {GenerationMode.POSITIVE: 15, GenerationMode.NEGATIVE: 10}
TIMEOUT_S = 30
CHECKS = [
    not_a_server_error,
    conforms.status_code_conformance,
    conforms.content_type_conformance,
    conforms.response_schema_conformance,
    conforms.response_headers_conformance,
]
# One never ends; two ask other machines, wherever a request says.
LEFT_OUT = {"GET /api/v1/events", "POST /api/v1/meetings", "POST /api/v1/comparison"}


@schemathesis.serializer(CBOR)
def as_cbor(_, message) -> bytes:
    """Ids as bytes where they can be read; else CBOR that says nothing sensible."""
    try:
        message = from_json(message)
    except (TypeError, ValueError):
        pass
    return cbor2.dumps(message, canonical=True)


@schemathesis.serializer("application/offset+octet-stream")
def as_bytes(_, content) -> bytes:
    """Bytes of a file are sent as they are; for anything else, what it is called."""
    return content if isinstance(content, bytes) else repr(content).encode()


@pytest.fixture
def manager(laptop):
    """The manager of a laptop that holds a record of somebody who was let in."""
    manager = Api(laptop, JSON)
    code = manager.send("POST", "pairings/codes", json={}).json()["code"]
    secret = bytes([1]) * 32
    alice = Replica(pair(Api(laptop, CBOR, token=""), secret, code, "Rosa"), secret)
    alice.record(encoded(alice.log_writer.device, 1, note="río Corrientes"))
    alice.sync()
    return manager


@pytest.fixture
def described(manager):
    """The operations that the laptop describes, by their names."""
    schema = schemathesis.openapi.from_dict(manager.get("openapi.json"))
    schema.config.update(base_url=manager.base)
    schema.config.generation.update(with_security_parameters=False)
    operations = [found.ok() for found in schema.get_all_operations()]
    return {operation.label: operation for operation in operations}


def test_nothing_that_is_asked_breaks_the_laptop_or_is_answered_otherwise_than_described(
    manager, described
):
    print(f"seed {SEED}")
    assert LEFT_OUT < set(described)
    held = {
        "project": manager.get("status")["project"],
        "record": manager.get("observations")["items"][0]["record"],
        "device": manager.get("pairings")["items"][0]["device"],
    }
    asked = {name: described[name] for name in sorted(set(described) - LEFT_OUT)}
    failures = {}
    for name, operation in asked.items():
        for mode in EXAMPLES:
            if mode is GenerationMode.NEGATIVE and not takes_something(operation):
                continue
            try:
                ask_all(operation, mode, manager.http, held)
            except* Exception as error:
                failures[f"{name} ({mode.value})"] = error
    assert not failures, "\n\n".join(f"{name}: {report(e)}" for name, e in failures.items())


def takes_something(operation) -> bool:
    """Whether there is anything to be said wrongly."""
    return bool(operation.body) or any(True for _ in operation.iter_parameters())


def ask_all(operation, mode: GenerationMode, http, held: dict) -> None:
    """Asks one operation for many things; raises for the simplest whose answer is not as described."""

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES[mode],
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), is_held=st.booleans())
    def ask(case, is_held):
        if is_held:
            name_what_is_held(case, held)
        response = case.call(session=http, timeout=TIMEOUT_S)
        case.validate_response(response, checks=CHECKS)

    ask()


def name_what_is_held(case, held: dict) -> None:
    """Random ids are unknown, and their requests refused early."""
    for part in (case.path_parameters, case.body):
        if isinstance(part, dict):
            part.update({name: held[name] for name in held.keys() & part.keys()})


def report(error: BaseException) -> str:
    """Every failure of a group with what was asked, which the notes say."""
    if isinstance(error, BaseExceptionGroup):
        return "\n".join(report(inner) for inner in error.exceptions)
    return f"{error}"
