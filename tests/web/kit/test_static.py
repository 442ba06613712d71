"""Static files: the bundles hold their parts, nothing names a missing file, public scripts stay small."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from ocop.web.kit.bundles import BUNDLES, PARTS

KIT = PARTS.parent
PUBLIC_SCRIPTS = ("theme.js", "comfort.js", "signed-in.js")


def test_every_style_sheet_is_in_one_bundle() -> None:
    used = [name for parts in BUNDLES.values() for name in parts]
    assert sorted(used) == sorted(path.name for path in PARTS.glob("*.css"))


@pytest.mark.parametrize("name", sorted(BUNDLES))
def test_a_bundle_is_its_parts_in_order(name: str) -> None:
    found = finders.find(name)
    assert isinstance(found, str)
    whole = Path(found).read_text(encoding="utf-8")
    places = [whole.index((PARTS / part).read_text(encoding="utf-8")) for part in BUNDLES[name]]
    assert places == sorted(places)


def test_every_address_in_a_style_sheet_exists() -> None:
    for path in PARTS.glob("*.css"):
        for address in re.findall(r"url\(([^)]+)\)", path.read_text(encoding="utf-8")):
            assert (PARTS / address.strip("\"'")).resolve().exists(), f"{path.name}: {address}"


def test_colours_of_the_dark_ground_come_from_the_tokens() -> None:
    tokens = (PARTS / "tokens.css").read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[\w-]+):", "".join(path.read_text(encoding="utf-8") for path in PARTS.glob("*.css"))))
    used = {name for path in PARTS.glob("*.css") for name in re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8"))}
    assert used <= defined
    assert "light-dark(" in tokens


def test_scripts_are_small_modules_that_import_nothing() -> None:
    scripts = sorted((KIT / "js").glob("*.js"))
    for path in scripts:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 150, path.name
        assert not re.search(r"^\s*import\b|\beval\(|innerHTML|document\.write", text, re.M), path.name
    public = sum(len(gzip.compress((KIT / "js" / name).read_bytes())) for name in PUBLIC_SCRIPTS)
    assert public <= 6_000


def test_the_licences_lie_beside_what_is_not_ours() -> None:
    assert "SIL OPEN FONT LICENSE" in (KIT / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()
    assert "ISC License" in (KIT / "LICENSE-lucide.txt").read_text(encoding="utf-8")
