"""The rules of docs/PROTOCOL.md, written again from that page alone.

Shares no code with the Rust crates, so that a mistake in either shows as a difference.
"""

from datetime import datetime, timezone

import cbor2
from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

HEX_FIELDS = {"record", "author"}
TIME_FIELDS = {"written_at"}
LEFT_OUT_WHEN_EMPTY = {"location", "answers", "note", "media", "source", "zone_assumed"}


def digest(label: str, *parts: bytes) -> bytes:
    return blake3(label.encode() + b"".join(parts)).digest()


def millis(text: str) -> int:
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    delta = at - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def e7(degrees: float) -> int:
    return round(degrees * 10_000_000)


def version_bytes(version: dict) -> bytes:
    """Deterministic CBOR (RFC 8949 section 4.2) of a version given as its JSON."""
    out = {}
    for key, value in version.items():
        if key in LEFT_OUT_WHEN_EMPTY and not value:
            continue
        if key in HEX_FIELDS:
            value = bytes.fromhex(value)
        elif key in TIME_FIELDS:
            value = millis(value)
        elif key == "parents":
            value = [bytes.fromhex(parent) for parent in value]
        elif key == "location":
            value = {**value, "lat": e7(value["lat"]), "lon": e7(value["lon"])}
        elif key == "media":
            value = [{**media, "hash": bytes.fromhex(media["hash"])} for media in value]
        out[key] = value
    return cbor2.dumps(out, canonical=True)


def version_id(version: bytes) -> bytes:
    return digest("chasqui version 1", version)


def writer_of(owner: dict) -> bytes:
    return digest("chasqui writer 1", owner["device"], owner["epoch"])[:16]


def genesis(project: bytes, owner: dict) -> bytes:
    return digest("chasqui log 1", project, owner["device"], owner["epoch"])


def project_of(hello: dict) -> bytes:
    """The project that a hello's charter founds."""
    charter = hello["charter"]
    parts = bytes.fromhex(charter["founder"]), bytes.fromhex(charter["salt"])
    return digest("chasqui project 1", *parts)[:16]


def verify_hello(hello: dict, nonce: bytes) -> None:
    """Raises unless the laptop that the hello names signed it over this nonce."""
    device = bytes.fromhex(hello["device"])
    time = millis(hello["time"]).to_bytes(8, "big", signed=True)
    addresses = "".join(address + "\n" for address in hello["addresses"]).encode()
    message = b"chasqui hello 1" + nonce + project_of(hello) + device + time + addresses
    signature = bytes.fromhex(hello["signature"])
    Ed25519PublicKey.from_public_bytes(device).verify(signature, message)


def signed_message(chain: bytes, origin: dict | None) -> bytes:
    message = b"chasqui entry 1" + chain
    if origin is None:
        return message
    owner = origin["owner"]
    place = owner["device"] + owner["epoch"] + origin["seq"].to_bytes(8, "big")
    return message + place + origin["previous"] + origin["signature"]


def verify(device: bytes, chain: bytes, entry: dict) -> None:
    """Raises unless the device signed the entry at this chain, and its origin likewise."""
    origin = entry.get("origin")
    message = signed_message(chain, origin)
    Ed25519PublicKey.from_public_bytes(device).verify(entry["signature"], message)
    if origin is not None:
        first = origin["owner"]
        place = chain_after(origin["previous"], writer_of(first), origin["seq"], entry["version"])
        verify(first["device"], place, {"signature": origin["signature"]})


def pairing_request(secret: bytes, code: str, name: str, laptop: bytes) -> dict:
    """What a device sends to be let in by a laptop, as JSON."""
    key = Ed25519PrivateKey.from_private_bytes(secret)
    device = key.public_key().public_bytes_raw()
    read = code.upper().translate(str.maketrans({"-": "", " ": "", "O": "0", "I": "1", "L": "1"}))
    message = b"chasqui pairing 1" + laptop + device + read.encode() + name.encode()
    proof = key.sign(message).hex()
    return {"code": code, "device": device.hex(), "name": name, "proof": proof}


def member_record(device: bytes) -> bytes:
    return digest("chasqui member 1", device)[:16]


class Log:
    """A log of one device in one project: what signs and appends its entries."""

    def __init__(self, project: bytes, secret: bytes, epoch: bytes):
        self.project = project
        self.key = Ed25519PrivateKey.from_private_bytes(secret)
        self.device = self.key.public_key().public_bytes_raw()
        self.epoch = epoch
        self.writer = writer_of(self.owner)
        self.genesis = genesis(project, self.owner)
        self.seq = 0
        self.chain = bytes(32)

    @property
    def owner(self) -> dict:
        return {"device": self.device, "epoch": self.epoch}

    @property
    def position(self) -> dict:
        return {"seq": self.seq, "chain": self.chain}

    def append(self, version: bytes) -> dict:
        """Signs a version into the log; returns the entry as it travels in a run."""
        self.seq += 1
        self.chain = chain_after(
            self.genesis if self.seq == 1 else self.chain, self.writer, self.seq, version
        )
        return {"version": version, "signature": self.key.sign(signed_message(self.chain, None))}


def chain_after(previous: bytes, writer: bytes, seq: int, version: bytes) -> bytes:
    return digest(
        "chasqui chain 1", previous, writer, seq.to_bytes(8, "big"), version_id(version)
    )


def clock_digest(clock: dict[bytes, dict]) -> bytes:
    """Of a clock as writer -> position; writers at seq 0 are not in it."""
    parts = [
        writer + position["seq"].to_bytes(8, "big") + position["chain"]
        for writer, position in sorted(clock.items())
        if position["seq"] > 0
    ]
    return digest("chasqui clock 1", *parts)
