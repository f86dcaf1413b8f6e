"""What a laptop does not take, and what it keeps and does not show, against the real binary."""

import gzip
import json

import cbor2
import pytest

import rules
from client import CBOR, JSON, Api, Refused, Replica
from observation import encoded

ALICE, MALLORY = bytes([1]) * 32, bytes([9]) * 32
SYNC_BODY_BYTES_MAX = 8 * 1024 * 1024
PATHS = {
    "hello": "GET",
    "status": "GET",
    "peers": "GET",
    "devices": "GET",
    "notices": "GET",
    "notices/done": "POST",
    "events": "GET",
    "observations": "GET POST",
    "observations/" + "00" * 16: "GET",
    "sync/offer": "POST",
    "changes": "POST",
    "changes/wanted": "POST",
    "sync/hashes": "POST",
    "sync/places": "POST",
    "import": "POST",
    "meetings": "GET POST",
    "audit": "POST",
    "comparison": "POST",
    "records/" + "00" * 16 + "/custody": "GET",
    "pairings": "GET POST",
    "pairings/codes": "POST",
    "session": "GET POST",
    "session/end": "POST",
}


@pytest.fixture
def alice(laptop):
    """A client with three observations, not yet pushed."""
    side = Replica(Api(laptop), ALICE)
    for number in (1, 2, 3):
        side.record(encoded(side.log_writer.device, number))
    return side


def pushed(side: Replica, run: dict) -> dict:
    return side.push(run)["runs"][0]


def refusal(call) -> tuple[int, str, bool]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, caught.value.code, caught.value.retryable


def replaced(run: dict, index: int, **fields) -> dict:
    """The run with one entry changed."""
    entries = [*run["entries"]]
    entries[index] = entries[index] | fields
    return run | {"entries": entries}


@pytest.mark.parametrize("what", ["version", "signature"])
def test_a_tampered_entry_is_refused_by_name_and_what_came_before_it_is_kept(alice, what):
    altered = bytearray(alice.own.entries[1][what])
    altered[-1] ^= 1
    answer = pushed(alice, replaced(alice.run(), 1, **{what: bytes(altered)}))
    assert answer["refused"] == {"seq": 2, "code": "signature_invalid"}
    assert (answer["added"], answer["durable"]) == (1, alice.own.position(1))
    repaired = pushed(alice, alice.run(1))
    assert (repaired["added"], repaired["durable"]) == (2, alice.log_writer.position)


def test_an_entry_signed_for_another_project_is_refused(alice):
    stranger = Replica(alice.api, ALICE)
    stranger.project = bytes(16)
    stranger.log_writer = type(stranger.log_writer)(bytes(16), ALICE, bytes(16))
    stranger.record(encoded(stranger.log_writer.device, 1))
    answer = pushed(alice, stranger.run())
    assert answer["refused"] == {"seq": 1, "code": "signature_invalid"}


def test_a_run_that_does_not_go_on_from_what_is_held_is_refused(alice):
    pushed(alice, alice.run(0, 1))
    assert pushed(alice, alice.run(2))["refused"] == {"seq": 3, "code": "gap"}
    other = alice.run(1) | {"after": {"seq": 1, "chain": bytes(32)}}
    assert pushed(alice, other)["refused"] == {"seq": 2, "code": "chain_mismatch"}
    assert alice.api.get("status")["entries"] == 1


def test_a_log_begins_with_its_true_owner(alice):
    run = alice.run()
    nameless = {key: value for key, value in run.items() if key != "owner"}
    assert pushed(alice, nameless)["refused"] == {"seq": 1, "code": "owner_missing"}
    foreign = run | {"owner": run["owner"] | {"epoch": bytes([1]) * 16}}
    assert pushed(alice, foreign)["refused"] == {"seq": 1, "code": "owner_mismatch"}
    assert alice.api.get("status")["entries"] == 0


def test_another_project_is_refused_whole(alice):
    alice.project = bytes(16)
    question = {"project": alice.project, "ranges": []}
    for call in (
        lambda: alice.push(alice.run()),
        alice.offer,
        lambda: alice.api.ask("changes/wanted", question),
    ):
        assert refusal(call) == (409, "other_project", False)


@pytest.mark.parametrize("path", ["sync/offer", "changes", "changes/wanted"])
def test_a_body_that_is_no_message_is_refused(alice, path):
    whole = {
        "sync/offer": {"project": alice.project, "writer": alice.log_writer.writer, "digest": bytes(32)},
        "changes": alice.batch(alice.run()),
        "changes/wanted": {"project": alice.project, "ranges": []},
    }[path]
    good = cbor2.dumps(whole)
    foreign = cbor2.dumps(whole | {"surprise": 1})
    lacking = cbor2.dumps({key: value for key, value in whole.items() if key != "project"})
    narrow = cbor2.dumps(whole | {"project": bytes(15)})
    broken = [b"", b"\xff", good[:-1], good + b"\x00", foreign, lacking, narrow, b"{}"]
    for body in broken:
        assert refusal(lambda: alice.api.post(path, body)) == (400, "malformed", False)
    in_json = Api(alice.api.managers_page, JSON)
    for body in (b"", b"{", b"[]", b'{"surprise":1}'):
        assert refusal(lambda: in_json.post(path, body)) == (400, "malformed", False)
    for media_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        call = lambda: alice.api.post(path, good, Content_Type=media_type)
        assert refusal(call) == (415, "unsupported_media_type", False)
    assert refusal(lambda: alice.api.post(path, good, Content_Encoding="gzip"))[0] == 400
    assert alice.api.get("status")["entries"] == 0


def test_a_body_over_the_limit_is_refused_also_when_it_is_packed(alice):
    whole = cbor2.dumps(alice.batch(alice.run()))
    at_the_limit = whole + bytes(SYNC_BODY_BYTES_MAX - len(whole))
    assert refusal(lambda: alice.api.post("changes", at_the_limit)) == (400, "malformed", False)
    over = at_the_limit + bytes(1)
    assert refusal(lambda: alice.api.post("changes", over)) == (413, "body_too_large", False)
    packed = gzip.compress(over)
    call = lambda: alice.api.post("changes", packed, Content_Encoding="gzip")
    assert refusal(call) == (413, "body_too_large", False)


def test_a_batch_over_its_limits_is_refused_whole(alice):
    for number in range(4, 502):
        alice.record(encoded(alice.log_writer.device, number))
    assert refusal(lambda: alice.push(alice.run())) == (413, "batch_too_large", False)
    assert refusal(lambda: alice.push(*[alice.run(0, 1)] * 257)) == (413, "batch_too_large", False)
    assert alice.api.get("status")["entries"] == 0
    assert pushed(alice, alice.run(0, 500))["added"] == 500


def test_rows_of_a_script_stand_or_fall_alone_and_are_safe_to_repeat(laptop):
    api = Api(laptop, JSON)
    project = rules.project_of(api.get("hello"))
    good = {"id": "sensor-7", "category": "oil_spill", "location": {"lat": -3.7, "lon": -73.2}}
    rows = [
        good,
        good | {"id": "far", "location": {"lat": 91, "lon": 0}},
        good | {"id": "long", "note": "n" * 1_000_000},
        good | {"id": "many", "answers": {f"q{n}": "x" for n in range(10_000)}},
        good | {"id": "early", "observed_at": "1970-01-01T00:00:00Z"},
        good | {"id": "late", "observed_at": "2099-12-31T23:59:59Z"},
        good | {"surprise": 1},
    ]
    body = json.dumps(rows).encode()
    answer = api.post("observations?source=station", body).json()
    taken = ["added", "refused", "refused", "refused", "added", "added", "refused"]
    assert [row["status"] for row in answer] == taken
    assert all(row["code"] and row["message"] for row in answer if row["status"] == "refused")
    source = b"station"
    named = project + len(source).to_bytes(4, "big") + source + b"sensor-7"
    assert answer[0]["record"] == rules.digest("chasqui import 1", named)[:16].hex()
    again = api.post("observations?source=station", body).json()
    assert [row["status"] for row in again] == [row.replace("added", "known") for row in taken]
    assert api.get("status")["entries"] == 3


QUARANTINED = {
    "a note of 20 kB": (dict(note="n" * 20_000), "version_too_large"),
    "5,000 answers": (
        dict(answers={f"q{number}": True for number in range(5_000)}),
        "version_too_large",
    ),
    "a long answer": (dict(answers={"q": "a" * 8_193}), "version_too_large"),
    "no category": (dict(category=""), "version_no_category"),
    "a latitude of 91": (
        dict(location={"lat": 91, "lon": 0, "source": "gps"}),
        "version_malformed",
    ),
    "a longitude of -181": (
        dict(location={"lat": 0, "lon": -181, "source": "gps"}),
        "version_malformed",
    ),
    "a foreign field": (dict(surprise=1), "version_malformed"),
    "a monitor's delete": (dict(change="delete"), "version_forbidden"),
    "a generation without parents": (dict(generation=2), "version_generation"),
    "parents out of order": (
        dict(parents=["02" * 32, "01" * 32], generation=2),
        "version_unsorted",
    ),
    "a newer format": (dict(format=2, surprise=1), "version_newer"),
    "another author": (dict(author=bytes(32)), "author_mismatch"),
}


@pytest.mark.parametrize("what", QUARANTINED)
def test_what_cannot_be_shown_is_kept_passed_on_and_blocks_nothing(alice, what):
    fields, code = QUARANTINED[what]
    alice.record(encoded(**{"author": alice.log_writer.device, "record": 4} | fields))
    alice.record(encoded(alice.log_writer.device, 5))
    answer = pushed(alice, alice.run())
    assert (answer["added"], answer.get("refused")) == (5, None)
    ((seq, quarantine),) = [(held["seq"], held["quarantine"]) for held in answer["quarantined"]]
    assert (seq, quarantine["code"]) == (4, code) and quarantine["message"]
    status = alice.api.get("status")
    assert (status["records"], status["entries"]) == (4, 5)

    bob = Replica(alice.api, MALLORY)
    bob.sync()
    passed_on = bob.logs[alice.log_writer.writer].entries[3]
    assert passed_on["version"] == alice.own.entries[3]["version"]
    assert "quarantine" not in passed_on


def test_the_same_fields_in_another_encoding_are_no_version(alice):
    version = cbor2.loads(alice.own.entries[0]["version"])
    alice.record(cbor2.dumps(dict(reversed(version.items()))))
    alice.record(b"")
    answer = pushed(alice, alice.run())
    codes = [held["quarantine"]["code"] for held in answer["quarantined"]]
    assert codes[1] == "version_malformed"
    assert codes[0] in ("version_not_deterministic", "version_malformed")


@pytest.mark.parametrize(
    "fields",
    [dict(note="n" * 1_000_000), dict(answers={f"question {n}": "x" for n in range(10_000)})],
    ids=["a note of 1 MB", "10,000 answers"],
)
def test_a_version_too_large_to_be_kept_is_refused_and_what_came_before_it_is_kept(alice, fields):
    alice.record(encoded(alice.log_writer.device, 4, **fields))
    answer = pushed(alice, alice.run())
    assert answer["refused"] == {"seq": 4, "code": "version_too_large"}
    assert (answer["added"], answer["durable"]["seq"]) == (3, 3)


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_that_is_decades_off_changes_nothing(alice, year):
    at = f"{year}-01-01T00:00:00Z"
    alice.record(encoded(alice.log_writer.device, 4, observed_at=at, written_at=at))
    assert "quarantined" not in pushed(alice, alice.run())
    shown = alice.api.get(f"observations/{4:032x}")
    assert (shown["observed_at"], shown["written_at"]) == (at, at)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_nothing_is_replaced_or_deleted(laptop, path, method):
    with pytest.raises(Refused) as caught:
        Api(laptop).send(method, path)
    assert (caught.value.status, caught.value.code) == (405, "method_not_allowed")
    allowed = set(caught.value.headers["Allow"].replace(" ", "").split(","))
    assert allowed - {"HEAD"} == set(PATHS[path].split())


def test_an_unknown_path_and_record_are_not_found(laptop):
    api = Api(laptop)
    assert refusal(lambda: api.get("nothing")) == (404, "not_found", False)
    assert refusal(lambda: api.get("observations/" + "00" * 16)) == (404, "record_unknown", False)
