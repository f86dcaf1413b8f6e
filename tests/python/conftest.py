"""The real binary, named by the environment variable CHASQUI, over a directory of its own."""

import os
import re
import subprocess
from pathlib import Path

import pytest


def binary() -> Path:
    built = Path(__file__).parents[2] / "target" / "release" / "chasqui"
    return Path(os.environ.get("CHASQUI", built))


@pytest.fixture
def laptop(tmp_path):
    """The link of the manager's page of a laptop that holds nothing yet."""
    command = [binary(), "serve", "--no-announce", "--http", "127.0.0.1:0"]
    command += ["--data", tmp_path / "data"]
    with open(tmp_path / "log", "wb") as log:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        yield managers_page(server, tmp_path / "log")
    finally:
        server.terminate()
        assert server.wait(timeout=30) == 0


def managers_page(server: subprocess.Popen, log: Path) -> str:
    """What the server prints once it listens."""
    for line in server.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/manager/#key=[0-9a-f]{32}", line):
            return found.group()
    pytest.fail(f"the server ended before it listened: {log.read_text()}")
