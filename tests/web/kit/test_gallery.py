"""The gallery is the test of the components: all of them, in all states, without an inline style, script or handler."""

import re
from pathlib import Path

import pytest
from django.test import Client

from ocop.register.enums import StandingKind
from ocop.web.kit import gallery
from ocop.web.kit.templatetags.kit_parts import ICONS

KIT = Path(gallery.__file__).parent
COMPONENTS = sorted(path.stem for path in (KIT / "templates" / "cotton").glob("*.html"))

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_shown(name: str) -> None:
    shown = (KIT / "templates" / "kit" / "gallery.html").read_text(encoding="utf-8")
    assert re.search(rf"<c-{name.replace('_', '-')}[\s/>]", shown)


def test_it_renders_and_leaves_no_component_unresolved(site: Client) -> None:
    response = site.get("/kit/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<c-" not in page
    assert "{%" not in page
    assert "{{" not in page


def test_every_standing_and_every_icon_is_on_it(site: Client) -> None:
    page = site.get("/kit/").content.decode()
    assert {standing.kind for standing in gallery.STANDINGS} == set(StandingKind)
    assert all(f"#{name}" in page for name in ICONS)


def test_no_inline_style_script_or_handler(site: Client) -> None:
    page = site.get("/kit/").content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_one_h1_and_every_field_has_its_label(site: Client) -> None:
    page = site.get("/kit/").content.decode()
    assert page.count("<h1") == 1
    labelled = set(re.findall(r'<label[^>]*\sfor="([^"]+)"', page))
    assert {name for name in re.findall(r'<(?:input|select|textarea)[^>]*\sid="([^"]+)"', page)} <= labelled


def test_a_wrong_field_is_tied_to_its_error(site: Client) -> None:
    page = site.get("/kit/").content.decode()
    assert 'href="#id_wrong-monthly"' in page
    field = re.search(r'<input[^>]*id="id_wrong-monthly"[^>]*>', page)
    assert field
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="id_wrong-monthly-hint id_wrong-monthly-error"' in field[0]
    assert "khoảng nửa tấn" in field[0]
