"""A real download of field occurrences, with the gaps and slips of its 42 sources, through the real importer."""

import json
import subprocess
import zipfile
from collections import Counter
from importlib.metadata import distribution

import pytest

from conftest import binary

ROWS, PLACED, UNPLACED = 1660, 1198, 460
HEADER_LINE = 1


@pytest.fixture(scope="module")
def occurrences(tmp_path_factory):
    """The table as the sources wrote it: tabs between cells, one row a line, no quoting."""
    archive = distribution("geoenrich").locate_file("geoenrich/data/AcDigitifera.zip")
    with zipfile.ZipFile(archive) as files:
        return files.extract("verbatim.txt", tmp_path_factory.mktemp("download"))


@pytest.fixture
def chasqui(tmp_path):
    """Runs a command over a directory of its own, and answers what it prints."""

    def run(command: str, *arguments: str) -> dict:
        said = subprocess.run(
            [binary(), command, "--data", tmp_path / "data", "--json", *arguments],
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(said.stdout)

    return run


def is_coordinate(text: str) -> bool:
    """Decimal degrees, with the letter of their side or without."""
    text = text.rstrip("NSEW").strip()
    try:
        float(text)
    except ValueError:
        return False
    return True


def refusal(latitude: str, longitude: str) -> str | None:
    """Why a place of this file cannot be taken. None of its numbers is out of range."""
    match latitude, longitude:
        case "", "":
            return "no_location"
        case "", _:
            return "latitude_missing"
        case _, "":
            return "longitude_missing"
    if not is_coordinate(latitude):
        return "latitude_unreadable"
    return None if is_coordinate(longitude) else "longitude_unreadable"


def refusals_by_place(path: str) -> dict[int, str]:
    """By line, what the places of the file deserve, read here without the importer."""
    with open(path, encoding="utf-8", newline="\n") as table:
        names, *rows = (line.rstrip("\n").split("\t") for line in table)
    assert len(rows) == ROWS
    at = [names.index(name) for name in ("decimalLatitude", "decimalLongitude")]
    codes = (refusal(*(row[column].strip() for column in at)) for row in rows)
    return {line: code for line, code in enumerate(codes, HEADER_LINE + 1) if code}


def test_every_row_is_added_or_refused_by_its_line_and_reason(chasqui, occurrences):
    report = chasqui("import", occurrences)
    assert (report["added"], report["known"], report["refused"]) == (PLACED, 0, ROWS - PLACED)
    assert report["encoding"] == "UTF-8"

    refused = {row["line"]: row["code"] for row in report["rows"]}
    assert len(report["rows"]) == len(refused) == report["refused"], "each row is listed once"
    assert Counter(refused.values()) == {
        "no_location": UNPLACED,
        "longitude_missing": 1,
        "date_unreadable": 1,
    }
    spots = {2: "no_location", 357: "longitude_missing"}
    spots |= {965: "date_unreadable", 1661: "no_location"}
    assert {line: refused[line] for line in spots} == spots
    messages = {row["line"]: row["message"] for row in report["rows"]}
    assert "1987-11-" in messages[965]

    del refused[965]
    assert refused == refusals_by_place(occurrences)


def test_the_same_file_again_adds_nothing_and_the_status_agrees(chasqui, occurrences):
    first = chasqui("import", occurrences)
    held = chasqui("status")
    assert [held[name] for name in ("records", "versions", "entries")] == [PLACED] * 3
    assert (held["writers"], held["conflicts"]) == (1, 0)

    again = chasqui("import", occurrences)
    assert (again["added"], again["known"]) == (0, PLACED)
    assert (again["refused"], again["rows"]) == (first["refused"], first["rows"])
    assert without_room(chasqui("status")) == without_room(held)


def without_room(status):
    """A status without the free space of the disk, which others of this machine use too."""
    media = {name: value for name, value in status["media"].items() if name != "room_bytes"}
    return status | {"media": media}
