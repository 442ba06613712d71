"""The portal is whole in English: every marked text has its translation, and no page under /en/ shows Vietnamese that is not marked so."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import polib
import pytest
from django import forms
from django.test import Client
from django.utils.translation import gettext, override

from ocop.places.models import Unit
from ocop.places.rules import split_kind
from ocop.register.models import Producer, Product
from ocop.register.queries import product_sets
from ocop.web.portal.pages.goods import KNOWN_GROUPS
from ocop.web.portal.pages.open_data.sets import SETS
from tests.architecture.messages import ROOT, Message, messages
from tests.opening import load_opening

LOCALE = ROOT / "ocop/web/kit/locale"
FOUND = list(messages())
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sdr%]|<a [^>]+>")
# Names that stay as they are in English, the currency, and numbers of decisions. Longer ones first where one begins another.
PROPER = re.compile(
    r"Bắc Kạn|Thái Nguyên|Ba Bể|Chợ Đồn|Bằng Phúc|Xuân La|Khẩu Nua Lếch|Shan tuyết|miến dong|Tiếng Việt|đồng\b"
    r"|\d+/(?:\d+/)?(?:QĐ|NQ)\S*|QĐ\S*|(?<=\d)[\s\N{NO-BREAK SPACE}]đ\b"
)


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES/django.po"), check_for_duplicates=True)


ENGLISH = {entry.msgid: entry for entry in catalogue("en")}


# --- The catalogue ---


def test_the_scan_finds_what_it_should() -> None:
    paths = {message.path.split("/", 2)[1] for message in FOUND}
    assert {"core", "register", "records", "people", "places", "web"} <= paths
    assert {message.text for message in FOUND} >= {"Chờ xác minh", "Chưa thấy quyết định công nhận nào.", "Không có trang này", "Chè, trà"}
    assert Message("%(total)s sản phẩm", "%(total)s sản phẩm", "ocop/web/portal/pages/catalogue.py") in FOUND


def test_every_marked_text_is_in_the_catalogue_and_nothing_else_is() -> None:
    marked = {message.text for message in FOUND}
    assert sorted(marked - set(ENGLISH)) == [], "run `make messages`, then write the English"
    assert sorted(set(ENGLISH) - marked) == [], "run `make messages`: these texts are gone"


def test_every_text_has_its_english() -> None:
    assert [text for text, entry in ENGLISH.items() if not entry.translated()] == []
    counted = {message.text: message.plural for message in FOUND if message.plural}
    assert {text: ENGLISH[text].msgid_plural for text in counted} == counted


@pytest.mark.parametrize("language", ["en", "vi"])
def test_placeholders_and_tags_are_the_same(language: str) -> None:
    strays = []
    for entry in catalogue(language):
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(entry.msgid)):
                strays.append((entry.msgid, text))
    assert strays == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled = polib.mofile(str(LOCALE / language / "LC_MESSAGES/django.mo"))
    texts, expected = (
        {entry.msgid: entry.msgstr or dict(entry.msgstr_plural) for entry in file} for file in (compiled, catalogue(language))
    )
    assert texts == {text: written for text, written in expected.items() if written}


def test_english_texts_hold_no_vietnamese_but_names() -> None:
    texts = [text for entry in ENGLISH.values() for text in [entry.msgstr, *entry.msgstr_plural.values()]]
    assert [text for text in texts if VIETNAMESE.search(PROPER.sub("", text))] == []


def test_goods_have_english_names() -> None:
    names = [*KNOWN_GROUPS, *(each.name for each in product_sets())]
    with override("en"):
        assert [name for name in names if gettext(name) == name] == []


def test_forms_speak_our_vietnamese() -> None:
    with override("vi"):
        fields = (forms.CharField, forms.FileField, forms.ChoiceField)
        said = [str(text) for field in fields for text in field.default_error_messages.values()]
        assert str(forms.Field.default_error_messages["required"]) == "Hãy điền mục này."
        assert [text for text in said if "rường này" in text or "hợp lệ" in text] == []


# --- The pages ---


class Shown(HTMLParser):
    """What a page shows outside elements marked as Vietnamese: (element or element@attribute, text)."""

    VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
    READ = ("alt", "aria-label", "title", "placeholder", "content", "data-label", "aria-description")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        language = values.get("lang") or self.language
        if language != "vi":
            self.texts += [(f"{tag}@{name}", values[name] or "") for name in self.READ if values.get(name)]
        if tag not in self.VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.language != "vi" and self.open[-1][0] not in ("script", "style"):
            self.texts.append((self.open[-1][0], " ".join(data.split())))

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""


FIXED = [
    *("", "san-pham/", "san-pham/?xem=ban-do", "san-pham/?q=B%E1%BA%B1ng%20Ph%C3%BAc&xem=ban-do", "san-pham/?q=zzzz", "sp/BK999"),
    *("kiem-tra/", "kiem-tra/?ma=zzz", "quet/", "xa/", "xa/?q=bang%20phuc", "ban-do/", "du-lich/", "su-kien/", "diem-ban/"),
    *("so-lieu/", "so-lieu/thay-doi/", "so-lieu/chi-so/", "so-lieu/chi-so/2021/", "so-lieu/chi-so/muc-tieu/"),
    *(f"so-lieu/{name}/" for name in SETS),
    "sp/BK001/tren-nhan/?10=L1&15=261231&3103=000500&99=x",
    *(
        "gioi-thieu/",
        "so-dang-ky/",
        "so-dang-ky/?ngay=2023-05-01",
        "so-dang-ky/?ngay=hom-nay",
        "bao-sai/",
        "bao-sai/?sp=BK001",
        "khong-co/",
    ),
]


def addresses(client: Client) -> Iterator[str]:
    """The fixed pages, and every product, answer, producer, commune and site."""
    yield from (f"/en/{path}" for path in FIXED)
    for code in Product.objects.order_by("public_id").values_list("public_id", flat=True):
        yield from (f"/en/sp/{code}", f"/en/kiem-tra/?ma={code}")
    yield from (f"/en/chu-the/{code}/" for code in Producer.objects.order_by("code").values_list("code", flat=True))
    for start, kind in (("/en/xa/", "xa"), ("/en/du-lich/", "du-lich")):
        yield from sorted(set(re.findall(rf'href="(/en/{kind}/[^"?#]+/)"', client.get(start).content.decode())))


@pytest.fixture
def _opening(db: None) -> None:
    load_opening()


def longest_first(names: set[str]) -> "re.Pattern[str]":
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


@pytest.mark.usefixtures("_opening")
def test_english_pages_show_no_unmarked_vietnamese(client: Client) -> None:
    places = longest_first({split_kind(name)[1] for name in Unit.objects.values_list("name", flat=True)})
    # A page's title and description cannot mark a name as Vietnamese; nowhere else may one stand unmarked.
    rows = longest_first({name for model in (Product, Producer) for name in model.objects.values_list("name", flat=True)})
    untranslated = {text for text, entry in ENGLISH.items() if entry.msgstr != text}
    strays, seen = [], 0
    for address in addresses(client):
        response = client.get(address)
        html = response.content.decode()
        assert '<html lang="en">' in html, (address, response.status_code)
        seen += 1
        for where, text in Shown(html).texts:
            in_head = where in ("title", "meta@content")
            if text not in untranslated and (not VIETNAMESE.search(text) or (in_head and is_told(address))):
                continue
            rest = places.sub("", PROPER.sub("", rows.sub("", text) if in_head else text))
            if text in untranslated or VIETNAMESE.search(rest):
                strays.append((address, where, text))
    assert strays[:20] == []
    assert seen > 400


def is_told(address: str) -> bool:
    """A page whose description quotes what people wrote, or the name of a site."""
    return address.startswith(("/en/sp/", "/en/chu-the/", "/en/du-lich/"))


@pytest.mark.usefixtures("_opening")
def test_units_are_named_in_english(client: Client) -> None:
    page = client.get("/en/san-pham/?q=B%E1%BA%B1ng%20Ph%C3%BAc&xem=ban-do").content.decode()
    assert "Bằng Phúc commune (formerly in Chợ Đồn) is now Đồng Phúc commune." in page
    assert 'aria-label="Đồng Phúc commune: ' in page
    assert re.search(r"<span><svg[^>]*>.*?</svg>former Bằng Phúc commune|</svg>Đồng Phúc commune</span>", page)
    assert "Xã Đồng Phúc" not in page
    assert "Xã Bằng Phúc (Chợ Đồn cũ) nay là xã Đồng Phúc" in client.get("/san-pham/?q=B%E1%BA%B1ng%20Ph%C3%BAc").content.decode()


@pytest.mark.usefixtures("_opening")
def test_a_year_is_no_quantity(client: Client) -> None:
    assert "founded 2018" in client.get("/en/sp/BK001").content.decode()
    assert 'href="/en/so-lieu/chi-so/2021/">2021<' in client.get("/en/so-lieu/").content.decode()


@pytest.mark.usefixtures("_opening")
def test_the_scan_of_pages_would_see_an_unmarked_word(client: Client) -> None:
    html = client.get("/san-pham/").content.decode().replace('lang="vi"', 'lang="en"')
    assert sum(bool(VIETNAMESE.search(PROPER.sub("", text))) for _where, text in Shown(html).texts) > 100
    assert Shown('<p lang="vi">Chè <b>xanh</b></p><p title="Gạo">Rice<br>and <span lang="vi">gạo nếp</span></p>').texts == [
        ("p@title", "Gạo"),
        ("p", "Rice"),
        ("p", "and"),
    ]
