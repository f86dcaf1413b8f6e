"""The laptop's own description of its API, and the real binary asked by it for whatever can be thought of."""

import base64
from pathlib import Path

import cbor2
import pytest
import schemathesis
from blake3 import blake3
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as conforms

import rules
from client import CBOR, JSON, Api, Replica, from_json, pair
from observation import encoded

# The same requests each time; another number finds others.
SEED = 20261123
EXAMPLES = {GenerationMode.POSITIVE: 15, GenerationMode.NEGATIVE: 10}
TIMEOUT_S = 30
PICTURE = Path(__file__).parents[2] / "www" / "public" / "icons" / "icon-192.png"
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


def test_every_path_answers_as_described(manager):
    """Each answer is held against the description by the client itself; here every path gives one that succeeds."""
    [shown] = manager.get("observations")["items"]
    record, device = shown["record"], manager.get("pairings")["items"][0]["device"]
    ask_conversation(manager)
    ask_files(manager)
    ask_people(manager, device)
    for path in ("devices", "hello", "meetings", "notices", "peers", "status", "openapi.json"):
        manager.get(path)
    now = manager.get("observations", limit=1)["changes"]
    points = manager.get("observations", format="geojson")
    assert points["features"][0]["properties"]["record"] == record
    row = {"category": "fire", "observed_at": "2026-03-01", "location": {"lat": -3.7, "lon": -73.2}}
    added = manager.send("POST", "observations", params={"source": "a.py"}, json=[row, {}]).json()
    assert [row["status"] for row in added] == ["added", "refused"]
    assert [item["category"] for item in manager.get("observations", since=now)["items"]] == ["fire"]
    manager.get(f"observations/{record}")
    manager.get(f"records/{record}/custody")
    table = "lat,lon,date,category\n-3.8,-73.2,2026-03-02,fire\nx,0,2026-03-01,fire\n"
    report = manager.post("import?name=rows.csv", table.encode(), Content_Type="text/csv").json()
    assert (report["added"], report["refused"]) == (1, 1)
    manager.send("POST", "notices/done", json={"ids": []})
    manager.send("POST", "audit", json={})
    description = manager.description
    left_out = {tuple(name.split(" ")) for name in LEFT_OUT}
    assert description.operations - left_out == description.answered


def ask_conversation(manager) -> None:
    """As a device, in both formats."""
    secret = bytes([2]) * 32
    code = manager.send("POST", "pairings/codes", json={}).json()["code"]
    in_cbor = pair(Api(manager.managers_page, CBOR, token=""), secret, code, "Luis")
    token = in_cbor.http.headers["Authorization"].removeprefix("Bearer ")
    in_json = Api(manager.managers_page, JSON, token)
    for number, api in enumerate((in_cbor, in_json), start=2):
        side = Replica(api, secret, epoch=bytes([number]) * 16)
        side.record(encoded(side.log_writer.device, number))
        side.sync()
        version = rules.version_id(side.own.entries[0]["version"])
        places = api.ask("sync/places", {"project": side.project, "versions": [version]})
        assert places["places"][0]["seq"] == 1
    # A frame of negentropy that names no version.
    frame = {"project": side.project.hex(), "message": base64.b64encode(b"a\0\0\0").decode()}
    in_json.send("POST", "sync/hashes", json=frame)
    checks = ["app_kept", "storage_persistent", "map_kept", "gps_allowed", "camera_allowed"]
    report = dict.fromkeys([*checks, "clock_right", "space_enough"], "yes")
    in_json.send("POST", "readiness", json=report | {"checked_at": "2026-03-01T10:00:00Z"})


def ask_files(manager) -> None:
    """One picture, in two parts."""
    manager.send("OPTIONS", "media")
    picture = PICTURE.read_bytes()
    name = blake3(picture).hexdigest()
    metadata = f"hash {base64.b64encode(name.encode()).decode()}"
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(picture)), "Upload-Metadata": metadata}
    begun = manager.send("POST", "media", headers=tus)
    upload = begun.headers["Location"].removeprefix("/api/v1/")
    assert manager.send("HEAD", upload, headers=tus).headers["Upload-Offset"] == "0"
    part = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    manager.send("PATCH", upload, headers={"Tus-Resumable": "1.0.0"} | part, data=picture)
    assert manager.send("POST", "media/held", json={"hashes": [name]}).json() == {"held": [name]}
    assert manager.send("GET", f"media/{name}").content == picture
    manager.send("GET", f"media/{name}/preview")


def ask_people(manager, device: str) -> None:
    for order, body in (
        ("name", {"name": "Rosa Tello"}),
        ("role", {"role": "manager"}),
        ("revoke", {}),
        ("aside", {"aside": True}),
        ("aside", {"aside": False}),
    ):
        manager.send("POST", f"pairings/{device}/{order}", json=body)
    manager.send("POST", "settings", json=manager.get("settings"))
    key = manager.http.headers["Authorization"].split()[1]
    manager.send("POST", "session", json={"key": key})
    assert manager.get("session")["role"] == "manager"
    manager.send("POST", "session/end", json={})


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
