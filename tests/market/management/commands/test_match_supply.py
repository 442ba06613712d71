"""`manage.py match_supply`: JSON and nothing else on standard output, without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.market.rules.matching.cases import case, demand, match, supply

ROOT = Path(__file__).resolve().parents[4]
VALUE = case([supply("A", capacity={"2026-12": 60}), supply("B", papers=[])], [demand()])


def run(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Away from any database: the command must not ask one."""
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    return subprocess.run(
        [sys.executable, "manage.py", "match_supply", str(path), *options],
        cwd=ROOT,
        env=nowhere,
        capture_output=True,
        text=True,
        check=False,
    )


def write(folder: Path, value: Any) -> Path:
    path = folder / "case.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def test_it_prints_the_answer_alone(tmp_path):
    done = run(write(tmp_path, VALUE), "--time-limit", "30")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == match(VALUE)
    assert "HiGHS" in done.stderr
    assert "HTX B sẽ phù hợp nếu có HACCP" in done.stdout


def test_a_wrong_case_ends_with_2_and_the_path(tmp_path):
    done = run(write(tmp_path, {**VALUE, "supplies": [supply("A", lot=0)]}))
    assert done.returncode == 2
    assert json.loads(done.stdout) == {"errors": [{"path": "$.supplies[0].lot", "detail": "must be more than 0"}]}
    assert "$.supplies[0].lot: must be more than 0" in done.stderr


def test_a_pin_that_cannot_be_kept_ends_with_2(tmp_path):
    pin = {"demand": "D", "supply": "B", "month": "2026-12", "quantity": 10}
    done = run(write(tmp_path, {**VALUE, "pinned": [pin]}))
    assert done.returncode == 2
    assert "$.pinned: 10 of B for D in 2026-12 does not suit" in done.stderr


def test_a_name_that_means_nothing_is_told_on_standard_error(tmp_path):
    done = run(write(tmp_path, {**VALUE, "comment": "thử"}))
    assert json.loads(done.stdout)["status"] == "optimal"
    assert "$.comment means nothing in a case and is ignored" in done.stderr


@pytest.mark.parametrize("text", ["", "{", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")])
def test_no_json(tmp_path, text):
    done = run(write(tmp_path, text))
    assert done.returncode == 2
    assert json.loads(done.stdout)["errors"][0]["path"] == "$"


def test_no_file(tmp_path):
    done = run(tmp_path / "nothing.json")
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


@pytest.mark.parametrize("limit", ["0", "-5", "nan", "soon"])
def test_a_time_limit_that_is_none(tmp_path, limit):
    done = run(write(tmp_path, VALUE), f"--time-limit={limit}")
    assert done.returncode == 2
    assert "--time-limit" in done.stderr


def test_half_a_letter_in_a_name_is_given_back_as_it_came(tmp_path):
    done = run(write(tmp_path, case([supply("A", id="\ud800")], [demand()])))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["allocations"][0]["supply"] == "\ud800"
