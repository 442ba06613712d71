"""import-linter's contracts catch what they are there for. Each test plants one import in a copy of the bare house."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"
HOUSE = [
    *(f"ocop/{room}/rules.py" for room in ("records", "places", "people", "papers", "register", "market", "programme", "privacy")),
    *(f"ocop/web/{audience}/views.py" for audience in ("kit", "portal", "desk", "api")),
    "ocop/core/text.py",
    "config/settings.py",
    "tools/run.py",
    "tests/mode.py",
]
PLANTED = [
    ("ocop/register/rules.py", "import ocop.market.rules", "Rooms"),
    ("ocop/core/text.py", "import ocop.records.rules", "Rooms"),
    ("ocop/records/rules.py", "import ocop.people.rules", "Rooms"),
    ("ocop/people/rules.py", "import ocop.web.kit.views", "Rooms"),
    ("ocop/programme/rules.py", "import ocop.privacy.rules", "Rooms"),
    ("ocop/cheese/rules.py", "", "Rooms"),
    ("ocop/web/kit/views.py", "import ocop.web.desk.views", "Inside web"),
    ("ocop/web/portal/views.py", "import ocop.web.desk.views", "Inside web"),
    ("ocop/web/api/views.py", "import ocop.web.portal.views", "Inside web"),
    ("ocop/web/kiosk/views.py", "", "Inside web"),
    ("ocop/register/rules.py", "import config.settings", "ocop knows neither"),
    ("ocop/web/kit/views.py", "import tools.run", "ocop knows neither"),
    ("ocop/core/text.py", "import tests.mode", "ocop knows neither"),
    ("config/settings.py", "import tools.run", "Configuration stands alone"),
    ("ocop/register/rules.py", "import django.db", "Rules are pure"),
    ("ocop/market/rules.py", "import time", "Rules are pure"),
]


def lint(folder: Path, path: str, line: str) -> tuple[int, str]:
    for name in {*HOUSE, path}:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        for package in [file.parent, *file.parent.parents]:
            if package == folder:
                break
            (package / "__init__.py").touch()
        file.touch()
    (folder / path).write_text(f"{line}\n")
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run([LINT, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_bare_house_passes(tmp_path: Path) -> None:
    code, output = lint(tmp_path, "ocop/core/text.py", "")
    assert code == 0, output


@pytest.mark.parametrize(("path", "line", "contract"), PLANTED)
def test_planted_import_breaks_its_contract(tmp_path: Path, path: str, line: str, contract: str) -> None:
    code, output = lint(tmp_path, path, line)
    assert code == 1, output
    assert any(row.startswith(contract) and row.endswith("BROKEN") for row in output.splitlines()), output


def test_no_contract_makes_an_exception() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    assert not [contract["name"] for contract in contracts if "ignore_imports" in contract]
    assert all(contract.get("exhaustive") for contract in contracts if contract["type"] == "layers")
