"""A client of docs/PROTOCOL.md, written from that page alone, over `rules`.

Keeps in memory what it was given, and takes nothing whose chain or signature does not match.
"""

import base64
import json
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import cbor2
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

import rules
from described import Description

CBOR, JSON = "application/cbor", "application/json"
BASE64_FIELDS = {"version"}
BYTE_FIELDS = {"project", "writer", "digest", "chain", "device", "epoch", "signature", "previous"}
BATCH_ENTRIES_MAX = 500
VERSION_ID_BYTES = 32
TIMEOUT_S = 30
# A failure is an answer; only a request whose connection ended without one is sent again.
AGAIN_WITHOUT_ANSWER = Retry(total=3, status=0, allowed_methods=None, raise_on_status=False)


class Refused(Exception):
    """A failure of the API: `{code, message, retryable}` under a status."""

    def __init__(self, response: requests.Response):
        self.status = response.status_code
        self.headers = response.headers
        failure = response.json()
        assert set(failure) == {"code", "message", "retryable"}
        self.code, self.message = failure["code"], failure["message"]
        self.retryable = failure["retryable"]
        super().__init__(f"{self.status} {self.code}: {self.message}")


class Api:
    """The paths of one laptop, with every message as CBOR or every message as JSON.

    Asks as the manager at that machine, by the key in the link of the manager's page, unless a token is given; an empty one is none.
    Every answer is held against what the laptop says of its API.
    """

    descriptions: dict[str, Description] = {}

    def __init__(self, managers_page: str, media_type: str = CBOR, token: str | None = None):
        self.managers_page = managers_page
        self.base, key = managers_page.split("/manager/#key=")
        token = key if token is None else token
        self.media_type = media_type
        self.http = requests.Session()
        if token:
            self.http.headers["Authorization"] = f"Bearer {token}"
        self.http.mount("http://", HTTPAdapter(max_retries=AGAIN_WITHOUT_ANSWER))

    def get(self, path: str, **query) -> dict | list:
        return self.send("GET", path, params=query).json()

    @property
    def description(self) -> Description:
        if self.base not in self.descriptions:
            document = requests.get(f"{self.base}/api/v1/openapi.json", timeout=TIMEOUT_S).json()
            self.descriptions[self.base] = Description(document, to_json)
        return self.descriptions[self.base]

    def ask(self, path: str, message: dict) -> dict:
        """Sends one message of the sync conversation; raises `Refused` for any failure."""
        return decode(self.media_type, self.post(path, encode(self.media_type, message)).content)

    def post(self, path: str, body: bytes, **headers) -> requests.Response:
        named = {"Content-Type": self.media_type, "Accept": self.media_type}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("POST", path, data=body, headers=named)

    def send(self, method: str, path: str, **request) -> requests.Response:
        url = f"{self.base}/api/v1/{path}"
        response = self.http.request(method, url, timeout=TIMEOUT_S, **request)
        if not request.get("stream"):
            self.description.check(method, urlsplit(url).path, response)
        if not response.ok:
            raise Refused(response)
        return response


def pair(api: Api, secret: bytes, code: str, name: str) -> Api:
    """Gets in at a laptop by a code, after making sure who it is; the same laptop, asked with the token that it gave."""
    nonce = secrets.token_bytes(32)
    hello = api.get("hello", nonce=nonce.hex())
    rules.verify_hello(hello, nonce)
    request = rules.pairing_request(secret, code, name, bytes.fromhex(hello["device"]))
    answer = api.send("POST", "pairings", json=request).json()
    assert (answer["laptop"], answer["charter"]) == (hello["device"], hello["charter"])
    return Api(api.managers_page, api.media_type, answer["token"])


@dataclass
class HeldLog:
    """A log as one side holds it."""

    owner: dict
    chains: list[bytes] = field(default_factory=list)
    entries: list[dict] = field(default_factory=list)

    def position(self, seq: int | None = None) -> dict:
        seq = len(self.entries) if seq is None else seq
        return {"seq": seq, "chain": self.chains[seq - 1] if seq else bytes(32)}


class Replica:
    """A side that writes one log and holds all."""

    def __init__(self, api: Api, secret: bytes, epoch: bytes = bytes(16)):
        self.api = api
        self.project = rules.project_of(api.get("hello"))
        self.log_writer = rules.Log(self.project, secret, epoch)
        self.logs: dict[bytes, HeldLog] = {}

    @property
    def clock(self) -> dict[bytes, dict]:
        return {writer: log.position() for writer, log in self.logs.items()}

    @property
    def digest(self) -> bytes:
        return rules.clock_digest(self.clock)

    @property
    def own(self) -> HeldLog:
        return self.logs[self.log_writer.writer]

    def record(self, version: bytes) -> dict:
        """Writes a version into the own log."""
        log = self.logs.setdefault(self.log_writer.writer, HeldLog(self.log_writer.owner))
        entry = self.log_writer.append(version)
        log.entries.append(entry)
        log.chains.append(self.log_writer.chain)
        return entry

    def run(self, after: int = 0, until: int | None = None) -> dict:
        """Entries of the own log, as they travel."""
        entries = self.own.entries[after:until]
        run = {"writer": self.log_writer.writer, "after": self.own.position(after), "entries": entries}
        return run | ({"owner": self.log_writer.owner} if after == 0 else {})

    def push(self, *runs: dict) -> dict:
        return self.api.ask("changes", self.batch(*runs))

    def batch(self, *runs: dict) -> dict:
        return {"project": self.project, "writer": self.log_writer.writer, "runs": list(runs)}

    def offer(self, **more) -> dict:
        """Says what is held: the whole clock, unless `since` is given."""
        offer = {"project": self.project, "writer": self.log_writer.writer, "digest": self.digest}
        if "since" not in more:
            rows = sorted(self.clock.items())
            offer["clock"] = [{"writer": writer} | position for writer, position in rows]
        return self.api.ask("sync/offer", offer | more)

    def sync(self) -> int:
        """Talks until both sides hold the same; returns how many requests it took."""
        asked = 0
        while True:
            answer = self.offer()
            asked += 1
            if answer["digest"] == self.digest:
                return asked
            assert not answer.get("forks") and not answer.get("lost")
            for wanted in answer.get("wanted", []):
                assert wanted["writer"] == self.log_writer.writer
                seq, until = wanted["after"]["seq"], wanted["until"]["seq"]
                while seq < until:
                    pushed = self.push(self.run(seq, min(seq + BATCH_ENTRIES_MAX, until)))
                    seq = pushed["runs"][0]["durable"]["seq"]
                    asked += 1
            asked += self.pull(answer.get("offered", []))

    def pull(self, ranges: list[dict]) -> int:
        asked = 0
        while ranges:
            question = {"project": self.project, "ranges": ranges}
            batch = self.api.ask("changes/wanted", question)
            assert batch["project"] == self.project and batch["runs"]
            for run in batch["runs"]:
                self.take(run)
            ranges = [
                held | {"after": self.clock.get(held["writer"], held["after"])}
                for held in ranges
                if self.clock.get(held["writer"]) != held["until"]
            ]
            asked += 1
        return asked

    def take(self, run: dict) -> None:
        """Appends a run to what is held. Raises if its owner, a chain or a signature is wrong."""
        writer = run["writer"]
        if run["after"]["seq"] == 0:
            assert rules.writer_of(run["owner"]) == writer
            self.logs[writer] = HeldLog(run["owner"])
        log = self.logs[writer]
        assert run["after"] == log.position()
        for entry in run["entries"]:
            seq = len(log.entries) + 1
            previous = log.chains[-1] if log.chains else rules.genesis(self.project, log.owner)
            chain = rules.chain_after(previous, writer, seq, entry["version"])
            rules.verify(log.owner["device"], chain, entry)
            log.entries.append(entry)
            log.chains.append(chain)


def encode(media_type: str, message: dict) -> bytes:
    if media_type == CBOR:
        return cbor2.dumps(message, canonical=True)
    return json.dumps(to_json(message)).encode()


def decode(media_type: str, body: bytes) -> dict:
    return cbor2.loads(body) if media_type == CBOR else from_json(json.loads(body))


def to_json(value, name: str = ""):
    if isinstance(value, bytes):
        # The id of a version has the same name as its bytes, of which there are more.
        is_id = name not in BASE64_FIELDS or len(value) == VERSION_ID_BYTES
        return value.hex() if is_id else base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: to_json(inner, key) for key, inner in value.items()}
    return [to_json(inner, name) for inner in value] if isinstance(value, list) else value


def from_json(value, name: str = ""):
    if isinstance(value, dict):
        return {key: from_json(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [from_json(inner, name) for inner in value]
    if isinstance(value, str) and name in BASE64_FIELDS:
        return base64.b64decode(value, validate=True)
    return bytes.fromhex(value) if name in BYTE_FIELDS else value
