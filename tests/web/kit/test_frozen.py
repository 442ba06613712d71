"""A frozen template says exactly what the template says, in every language, and refuses what it cannot do."""

from pathlib import Path
from typing import Any

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.loader import render_to_string
from django.utils.translation import override

from ocop.web.kit import frozen
from ocop.web.kit.frozen import render_frozen

CONTEXT: dict[str, Any] = {"text": "<b>BK001</b>", "report_address": "/bao-sai/?ma=x", "card": None, "on": None}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["portal/verify_answer.html", "portal/product_unknown.html"])
def test_the_same_page(name: str, language: str) -> None:
    with override(language):
        plain, quick = render_to_string(name, CONTEXT), render_frozen(name, CONTEXT)
    assert quick.split() == plain.split()
    assert f'<html lang="{language}">' in quick


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates of the test's own."""
    engine = engines["django"].engine
    own = type(engine)(dirs=[str(tmp_path)], libraries=engine.libraries, builtins=engine.builtins)
    monkeypatch.setattr(frozen, "engines", {"django": type("Backend", (), {"engine": own})})
    frozen._frozen.cache_clear()
    yield tmp_path
    frozen._frozen.cache_clear()


def test_blocks_of_the_last_child_win(templates: Path) -> None:
    (templates / "a.html").write_text("{% block x %}a{% block y %}b{% endblock %}{% endblock x %}{% block z %}c{% endblock %}")
    (templates / "b.html").write_text('{% extends "a.html" %}{% block y %}B{{ value }}{% endblock %}{% block z %}Z{% endblock %}')
    (templates / "c.html").write_text('{% extends "b.html" %}{% load i18n %}{% block z %}{% include "d.html" %}{% endblock %}')
    (templates / "d.html").write_text("{% load i18n %}{% blocktranslate %}D {{ value }}{% endblocktranslate %}")
    assert render_frozen("c.html", {"value": "&"}) == "aB&amp;D &amp;"


@pytest.mark.parametrize(
    "child",
    [
        "{% block x %}{{ block.super }}{% endblock %}",
        "{% block x %}{% block y %}{% endblock %}{% endblock %}",
    ],
)
def test_what_cannot_be_frozen_is_refused(templates: Path, child: str) -> None:
    (templates / "a.html").write_text("{% block x %}a{% endblock %}")
    (templates / "b.html").write_text('{% extends "a.html" %}' + child)
    with pytest.raises(TemplateSyntaxError, match=r"b\.html"):
        render_frozen("b.html", {})
