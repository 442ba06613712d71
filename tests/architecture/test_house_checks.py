"""Each house check finds the violation planted for it, and leaves the rightful neighbour alone."""

from pathlib import Path

import pytest

from tools.house.findings import Finding
from tools.house.run import ROOT, findings

LONG = "\n".join(f"    x{n} = {n}" for n in range(70))
VIEW = "def page(request):\n" + "\n".join(f"    x{n} = {n}" for n in range(30))
EXPLAINED = 'def page(request):\n    """' + "\n    word" * 30 + '\n    """\n    return 1\n'

PLANTED = [
    ("ocop/register/utils.py", "", "says nothing about what it holds"),
    ("ocop/register/rules/helpers.py", "", "says nothing about what it holds"),
    ("ocop/register/services.py", "", "is no kind of file"),
    ("ocop/cheese/models.py", "", "is no kind of file ocop/ may hold"),
    ("ocop/core/strings.py", "", "is no kind of file ocop/core/"),
    ("ocop/web/desk/cheese/views.py", "", "is no kind of file ocop/web/desk/"),
    ("ocop/web/desk/register/rules.py", "", "is no kind of file ocop/web/desk/register/"),
    ("ocop/web/kit/models.py", "", "is no kind of file ocop/web/kit/"),
    ("ocop/register/models.py", "x = 1\n" * 501, "has 501 lines"),
    ("ocop/register/queries.py", f"def long():\n{LONG}\n", "long() has 71 lines"),
    ("ocop/web/portal/views.py", f"{VIEW}\n", "the view page() has 31 lines"),
    ("ocop/web/desk/register/views/products.py", f"{VIEW}\n", "the view page() has 31 lines"),
    ("ocop/web/kit/views.py", "from django.utils.safestring import mark_safe\nx = mark_safe('<b>')\n", "mark_safe() escapes nothing"),
    ("ocop/register/queries.py", "rows = Product.objects.extra(where=['1=1'])\n", "extra() takes SQL"),
    ("ocop/register/queries.py", "rows = Product.objects.annotate(a=RawSQL('1', []))\n", "RawSQL() takes SQL"),
    ("ocop/web/portal/views.py", "rows = find(**request.GET.dict())\n", "names chosen by a visitor"),
    ("ocop/web/portal/views.py", "product.save()\n", ".save() writes"),
    ("ocop/web/portal/views.py", "Product.objects.create(code='BK001')\n", ".create() writes"),
    ("ocop/web/desk/register/views.py", "Product.objects.filter(pk=1).update(name='x')\n", ".update() writes"),
    ("ocop/web/desk/register/views.py", "product.delete()\n", ".delete() writes"),
    ("ocop/web/kit/middleware.py", "Product.objects.bulk_create(rows)\n", ".bulk_create() writes"),
    ("ocop/register/actions.py", "at = timezone.now()\n", "reads the clock"),
    ("ocop/core/dates.py", "today = localdate()\n", "reads the clock"),
    ("ocop/web/portal/views.py", "at = datetime.datetime.now()\n", "datetime.now() has no time zone"),
    ("ocop/register/jobs.py", "on = date.today()\n", "date.today() has no time zone"),
    ("ocop/register/rules.py", "from django.conf import settings\n", "imports django.conf"),
    ("ocop/register/rules/standing.py", "import time\n", "imports time"),
    ("ocop/core/text.py", "from django.db import models\n", "imports django.db"),
    ("ocop/register/apps.py", "from django.db.models.signals import post_save\n", "imports django.db.models.signals"),
    ("ocop/register/actions.py", "def name_product(product, *, actor, at):\n    pass\n", "takes positional arguments"),
    ("ocop/register/actions.py", "def name_product(*, product, at):\n    pass\n", "has no `actor`"),
    ("ocop/web/portal/templates/portal/a.html", '<p style="color:red">', "an inline style"),
    ("ocop/web/portal/templates/portal/a.html", "<style>p{}</style>", "an inline style sheet"),
    ("ocop/web/portal/templates/portal/a.html", "<script>go()</script>", "an inline script"),
    ("ocop/web/portal/templates/portal/a.html", '<button\n  onclick="go()">', "an inline handler"),
    ("ocop/web/portal/templates/portal/a.html", "{{ story|safe }}", "`|safe`"),
    ("ocop/web/portal/templates/portal/a.html", "{% autoescape off %}", "`autoescape off`"),
    ("ocop/web/portal/templates/portal/a.html", '<a href="javascript:go()">', "a javascript: address"),
    ("ocop/web/portal/templates/portal/a.html", "{# one\ntwo #}", "over several lines"),
    ("ocop/web/kit/static/kit/a.js", "go();\n" * 151, "has 151 lines"),
    ("ocop/web/kit/static/kit/a.js", "box.innerHTML = text;\n", ".innerHTML turns text"),
]
RIGHTFUL = [
    ("ocop/register/actions/product.py", "def name_product(*, product, actor, at):\n    pass\n"),
    ("ocop/register/models/product.py", ""),
    ("ocop/web/desk/register/pages/product.py", "counts.update(other)\n"),
    ("ocop/web/portal/views.py", EXPLAINED),
    ("ocop/web/portal/views.py", "cache.delete('key')\nimage.save(buffer, 'webp')\ndigest.update(data)\n"),
    ("ocop/web/kit/middleware.py", "on = timezone.localdate()\n"),
    ("ocop/register/rules.py", "from django.utils.translation import gettext\nfrom datetime import date\n"),
    ("ocop/web/portal/templates/portal/a.html", '<script src="/a.js"></script><script type="application/ld+json">{}</script>'),
    ("ocop/web/portal/templates/portal/a.html", "{# one line #}<p>a safe place, on time = now</p>"),
    ("ocop/web/kit/static/kit/vendor/leaflet.js", "go();\n" * 400),
    ("ocop/web/desk/register/static/desk/a.js", "box.textContent = text;\n"),
]


def check_tree(root: Path, path: str, text: str) -> list[Finding]:
    file = root / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return list(findings(root))


@pytest.mark.parametrize(("path", "text", "sentence"), PLANTED)
def test_planted_violation_is_found(tmp_path: Path, path: str, text: str, sentence: str) -> None:
    found = check_tree(tmp_path, path, text)
    assert [finding for finding in found if sentence in finding.sentence], [str(finding) for finding in found]


@pytest.mark.parametrize(("path", "text"), RIGHTFUL)
def test_rightful_code_passes(tmp_path: Path, path: str, text: str) -> None:
    assert check_tree(tmp_path, path, text) == []


def test_inner_functions_of_a_package_of_actions_are_not_public(tmp_path: Path) -> None:
    package = tmp_path / "ocop/register/actions"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from ocop.register.actions.product import name_product\n")
    (package / "product.py").write_text("def demand(verdict):\n    pass\n\n\ndef name_product(*, actor, at):\n    pass\n")
    assert list(findings(tmp_path)) == []


def test_the_checkout_keeps_the_house_rules() -> None:
    assert [str(finding) for finding in sorted(findings(ROOT))] == []
