"""The documents say what the code does."""

import re
import tomllib
from pathlib import Path

import pytest

from config.environment import VARIABLES
from tools.docs import PAGES, machines, table

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_current(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), f"{name} is out of date: make docs"


def test_every_setting_is_on_its_page() -> None:
    page = (ROOT / "docs/operations/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.M)) == {variable.name for variable in VARIABLES}


def test_every_machine_moves_within_its_enum() -> None:
    found = list(machines())
    assert {name for _, name, _ in found} >= {"REPORT_MOVES", "CLAIM_MOVES", "DELIVERY_MOVES"}
    for _, name, moves in found:
        enum = type(next(iter(moves)))
        assert {*moves, *(source for sources in moves.values() for source in sources)} <= set(enum), name


def test_every_dependency_has_its_line() -> None:
    lists = [PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"], *PROJECT["project"]["optional-dependencies"].values()]
    wanted = {re.match(r"[\w.-]+", line)[0].lower() for dependencies in lists for line in dependencies}  # type: ignore[index]
    page = (ROOT / "docs/adr/0008-dependencies.md").read_text(encoding="utf-8")
    listed = {name.lower() for line in re.findall(r"^- (`.*?`):", page, re.M) for name in re.findall(r"`([\w.-]+)`", line)}
    assert listed == wanted


def test_every_decision_is_in_the_list() -> None:
    names = {path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md")} - {"0000-template.md"}
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (ROOT / "docs/adr/README.md").read_text(encoding="utf-8")))
    assert listed == names


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = [
        target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target and not target.startswith("#")
    ]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_readme_is_short_and_has_one_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("\n") <= 120
    assert text.count("![") == 1


def test_make_lists_every_command_it_has() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = re.findall(r"^([a-z]+):.*## ", makefile, re.M)
    assert set(listed) == set(re.findall(r"^([a-z]+):", makefile, re.M))
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony
    assert set(phony[1].split()) == set(listed)
    wanted = "run setup test quick fmt lint types journeys bench drill seed backup restore docs messages reset lock help"
    assert set(listed) == set(wanted.split())


def test_locks_hold_hashes_and_no_host() -> None:
    for path in (ROOT / "locks").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        packages = re.findall(r"^([\w.-]+==[^ \n]+.*?)(?=^\S|\Z)", text, re.M | re.S)
        assert packages
        assert [package for package in packages if "--hash=sha256:" not in package] == [], path.name


def test_bars_in_cells_are_escaped() -> None:
    assert "a \\| b" in table(("x",), [("a | b",)])
