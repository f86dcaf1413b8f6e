"""Files by tuspy, a client of tus that knows nothing of Chasqui, over a wifi that keeps breaking."""

import hashlib
import io
import os
import secrets
from urllib.parse import urlsplit

import pytest
from blake3 import blake3
from tusclient.client import TusClient

from client import JSON, Api, pair
from wifi_cuts import BreakingWifi

ALICE = bytes([1]) * 32
MEGA = 1_000_000


@pytest.fixture
def manager(laptop):
    return Api(laptop, JSON)


@pytest.fixture
def wifi(manager):
    seed = int(os.environ.get("CUTS_SEED", secrets.randbelow(1_000_000)))
    print(f"CUTS_SEED={seed}")
    wifi = BreakingWifi(urlsplit(manager.base).port, seed)
    yield wifi
    wifi.close()


def test_tuspy_brings_files_whole(laptop, manager, wifi):
    code = manager.send("POST", "pairings/codes", json={}).json()["code"]
    token = pair(Api(laptop, JSON, token=""), ALICE, code, "Rosa").http.headers["Authorization"]
    endpoint = f"http://127.0.0.1:{wifi.port}/api/v1/media"
    client = TusClient(endpoint, headers={"Authorization": token})
    patience = {"chunk_size": 2 * MEGA, "retries": 100, "retry_delay": 0.05}
    for size in [1, 3, 6, 10]:
        file = secrets.token_bytes(size * MEGA)
        client.uploader(file_stream=io.BytesIO(file), **patience).upload()
        came = manager.send("GET", f"media/{blake3(file).hexdigest()}").content
        assert hashlib.sha256(came).digest() == hashlib.sha256(file).digest()
    assert wifi.cuts > 0
