"""Two clients that know nothing but docs/PROTOCOL.md, against the real binary."""

import gzip

import pytest
from cryptography.exceptions import InvalidSignature

import client
import rules
from client import CBOR, JSON, Api, Replica
from observation import encoded

ALICE, BOB = bytes([1]) * 32, bytes([2]) * 32


def replica(laptop: str, secret: bytes, media_type: str = CBOR) -> Replica:
    return Replica(Api(laptop, media_type), secret)


def record(side: Replica, *numbers: int, **fields) -> None:
    for number in numbers:
        side.record(encoded(side.log_writer.device, number, **fields))


def holdings(api: Api) -> dict:
    """What the laptop says it holds. The room on its disk is everybody's, and changes by itself."""
    status = api.get("status")
    del status["media"]["room_bytes"]
    return status


@pytest.mark.parametrize("media_type", [CBOR, JSON])
def test_what_python_writes_is_taken_counted_once_and_agreed_on(laptop, media_type):
    alice = replica(laptop, ALICE, media_type)
    record(alice, 1, 2, 3, note="río Corrientes")

    answer = alice.push(alice.run())
    assert answer["runs"] == [
        {"writer": alice.log_writer.writer, "durable": alice.log_writer.position, "known": 0, "added": 3}
    ]
    assert answer["digest"] == alice.digest, "the digest computed here is the laptop's"
    status = holdings(alice.api)
    assert [status[name] for name in ("records", "versions", "entries", "heads")] == [3, 3, 3, 3]
    assert [status[name] for name in ("writers", "conflicts")] == [1, 0]

    again = alice.push(alice.run())["runs"][0]
    assert (again["known"], again["added"], again["durable"]) == (3, 0, alice.log_writer.position)
    assert holdings(alice.api) == status
    assert alice.offer() == {"digest": alice.digest}
    shown = alice.api.get(f"observations/{2:032x}")
    assert (shown["note"], shown["location"]["lat"]) == ("río Corrientes", -3.74912)


@pytest.mark.parametrize("media_type", [CBOR, JSON])
def test_a_second_client_pulls_and_verifies_every_chain_and_signature(laptop, media_type):
    alice, bob = replica(laptop, ALICE), replica(laptop, BOB, media_type)
    record(alice, *range(1200))
    record(bob, 5000)
    assert alice.sync() == 5, "an offer, three batches, and an offer to see that both agree"
    bob.sync()
    alice.sync()
    assert bob.clock == alice.clock
    assert len(bob.logs[alice.log_writer.writer].entries) == 1200
    versions = [entry["version"] for entry in bob.logs[alice.log_writer.writer].entries]
    assert versions == [entry["version"] for entry in alice.own.entries]


def test_json_and_cbor_say_the_same(laptop):
    alice = replica(laptop, ALICE)
    record(alice, 1, 2)
    alice.push(alice.run())
    bob, bob_in_json = replica(laptop, BOB), replica(laptop, BOB, JSON)
    answer = bob.offer()
    assert answer == bob_in_json.offer()
    question = {"project": bob.project, "ranges": answer["offered"]}
    in_cbor, in_json = (side.api.ask("changes/wanted", question) for side in (bob, bob_in_json))
    assert in_cbor == in_json


def test_a_version_is_found_by_its_id(laptop):
    alice = replica(laptop, ALICE)
    record(alice, 1, 2)
    alice.push(alice.run())
    ids = [rules.version_id(entry["version"]) for entry in alice.own.entries]
    question = {"project": alice.project, "versions": [ids[1], bytes(32), ids[0]]}
    held = [{"version": ids[n], "writer": alice.log_writer.writer, "seq": n + 1} for n in (1, 0)]
    assert alice.api.ask("sync/places", question) == {"places": held}


def test_a_packed_body_is_the_same_message(laptop):
    alice = replica(laptop, ALICE)
    record(alice, 1)
    body = gzip.compress(client.encode(CBOR, alice.batch(alice.run())))
    response = alice.api.post("changes", body, Content_Encoding="gzip")
    assert client.decode(CBOR, response.content)["runs"][0]["added"] == 1


def test_after_a_meeting_only_what_moved_is_told(laptop):
    alice, bob = replica(laptop, ALICE), replica(laptop, BOB)
    record(alice, 1)
    alice.sync()
    met = alice.digest
    record(bob, 2)
    bob.sync()
    record(alice, 3)
    moved = [{"writer": alice.log_writer.writer} | alice.log_writer.position]
    answer = alice.offer(since={"digest": met, "moved": moved})
    own, other = alice.own, bob.own
    assert answer["wanted"] == [
        {"writer": alice.log_writer.writer, "after": own.position(1), "until": own.position(2)}
    ]
    assert answer["offered"] == [
        {"writer": bob.log_writer.writer, "after": other.position(0), "until": other.position(1)}
    ]
    unknown = alice.offer(since={"digest": bytes(32), "moved": moved})
    assert unknown == {"digest": bob.digest, "clock_wanted": True}


def test_a_side_that_lost_its_log_is_told_so_and_gets_it_back(laptop):
    alice = replica(laptop, ALICE)
    record(alice, 1, 2)
    alice.sync()
    restored = replica(laptop, ALICE)
    answer = restored.offer()
    assert answer["lost"]
    restored.pull(answer["offered"])
    assert restored.own.position() == alice.own.position()


def test_a_log_that_went_two_ways_is_located_and_no_version_is_lost(laptop):
    alice, clone = replica(laptop, ALICE), replica(laptop, ALICE)
    record(alice, 1, 2, 3)
    record(clone, 1, 2, 4, 5)
    alice.sync()

    (wanted,) = clone.offer()["wanted"]
    assert wanted["after"] != clone.own.position(3), "the laptop holds another entry there"
    (fork,) = clone.offer(suspects=[clone.log_writer.writer])["forks"]
    assert fork["writer"] == alice.log_writer.writer
    assert fork["positions"] == [alice.own.position(seq) for seq in (3, 2, 0)]
    common = next(at["seq"] for at in fork["positions"] if at == clone.own.position(at["seq"]))
    assert common == 2
    pushed = clone.push(clone.run(common))["runs"][0]
    assert pushed["forked_at"] == 3
    assert alice.api.get("status")["records"] == 5

    # The laptop signed what lost its place into its own log; the first signature came along.
    bob = replica(laptop, BOB)
    bob.sync()
    moved = [entry for log in bob.logs.values() for entry in log.entries if "origin" in entry]
    assert {entry["origin"]["owner"]["device"] for entry in moved} == {alice.log_writer.device}
    held = {rules.version_id(e["version"]) for log in bob.logs.values() for e in log.entries}
    written = {rules.version_id(e["version"]) for side in (alice, clone) for e in side.own.entries}
    assert held == written


def test_a_laptop_signs_who_it_is_over_the_nonce_of_whoever_asks(laptop):
    api = Api(laptop, JSON)
    nonce = bytes(range(32))
    hello = api.get("hello", nonce=nonce.hex())
    rules.verify_hello(hello, nonce)
    rules.verify_hello(api.get("hello"), bytes(32))
    with pytest.raises(InvalidSignature):
        rules.verify_hello(hello, bytes(32))
    with pytest.raises(InvalidSignature):
        rules.verify_hello(hello | {"addresses": ["https://10.66.6.6:8443"]}, nonce)
