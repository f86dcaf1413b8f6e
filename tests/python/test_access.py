"""Getting in at a laptop by nothing but docs/PROTOCOL.md, against the real binary."""

import cbor2
import pytest

import rules
from client import CBOR, JSON, Api, Refused, Replica, pair
from observation import encoded

ALICE, BOB = bytes([1]) * 32, bytes([2]) * 32


@pytest.fixture
def manager(laptop):
    """The manager at the laptop."""
    return Api(laptop, JSON)


@pytest.fixture
def stranger(laptop):
    """Somebody without a token."""
    return Api(laptop, CBOR, token="")


def new_code(manager: Api, **order) -> dict:
    return manager.send("POST", "pairings/codes", json=order).json()


def refusal(call) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, caught.value.code


def test_a_client_that_read_the_page_gets_in_once_and_syncs_with_its_token(manager, stranger):
    assert refusal(lambda: Replica(stranger, ALICE).offer()) == (401, "not_paired")
    shown = new_code(manager)
    # As somebody types it who reads it from a screen.
    typed = shown["code"].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    paired = pair(stranger, ALICE, typed, "Rosa")
    alice = Replica(paired, ALICE)
    alice.record(encoded(alice.log_writer.device, 1, note="río Corrientes"))
    alice.sync()
    assert manager.get("observations")["items"][0]["note"] == "río Corrientes"
    assert refusal(lambda: paired.get("status")) == (403, "manager_only")
    assert refusal(lambda: pair(stranger, BOB, shown["code"], "Wilmer")) == (403, "code_refused")


def test_the_name_of_who_was_let_in_comes_with_the_log(manager, stranger):
    alice = Replica(pair(stranger, ALICE, new_code(manager)["code"], "Rosa"), ALICE)
    alice.sync()
    device = alice.log_writer.device
    (held,) = [cbor2.loads(e["version"]) for log in alice.logs.values() for e in log.entries]
    assert (held["kind"], held["category"], held["note"]) == ("member", "monitor", "Rosa")
    assert held["answers"] == {"device": device.hex()} and held["role"] == "manager"
    assert held["record"] == rules.member_record(device)
    assert manager.get("status")["records"] == 0 and manager.get("observations")["total"] == 0


def test_a_proof_for_another_laptop_or_name_is_refused(manager, stranger):
    code = new_code(manager)["code"]
    laptop = bytes.fromhex(stranger.get("hello")["device"])
    for request in (
        rules.pairing_request(ALICE, code, "Rosa", bytes(32)),
        rules.pairing_request(ALICE, code, "Rosa", laptop) | {"name": "Wilmer"},
    ):
        call = lambda request=request: stranger.send("POST", "pairings", json=request)
        assert refusal(call) == (403, "code_refused")


def test_a_revoked_device_is_told_so_and_gets_in_again_by_another_code(manager, stranger):
    paired = pair(stranger, ALICE, new_code(manager, role="manager")["code"], "Rosa")
    assert paired.get("status")["entries"] == 1
    (item,) = manager.get("pairings")["items"]
    assert (item["name"], item["role"]) == ("Rosa", "manager")
    revoked = manager.send("POST", f"pairings/{item['device']}/revoke", json={}).json()
    assert revoked["revoked_at"]
    assert refusal(lambda: paired.get("observations")) == (401, "revoked")
    again = pair(stranger, ALICE, new_code(manager)["code"], "Rosa")
    assert again.get("observations")["total"] == 0
    assert refusal(lambda: paired.get("observations")) == (401, "not_paired")


def test_a_session_is_a_cookie_and_a_foreign_page_cannot_use_it(manager, stranger):
    key = manager.http.headers["Authorization"].removeprefix("Bearer ")
    stranger.send("POST", "session", json={"key": key})
    assert stranger.get("session")["role"] == "manager"
    foreign = {"Origin": "https://evil.example"}
    call = lambda: stranger.send("POST", "observations", json=[], headers=foreign)
    assert refusal(call) == (403, "origin_refused")
    stranger.send("POST", "session/end", json={})
    assert refusal(lambda: stranger.get("session")) == (401, "not_paired")


def test_the_laptop_answers_to_its_own_names_alone(stranger):
    own = f"chasqui-{stranger.get('hello')['device'][:4]}.local"
    assert stranger.send("GET", "hello", headers={"Host": own}).ok
    call = lambda: stranger.send("GET", "hello", headers={"Host": "evil.example"})
    assert refusal(call) == (403, "host_refused")
