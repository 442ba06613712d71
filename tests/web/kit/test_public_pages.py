"""Public pages: the same for everybody, kept while nothing changed, new right after an edit."""

import gzip

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ocop.core.actor import system_actor
from ocop.records.actions import record
from ocop.web.kit.middleware import public_pages
from ocop.web.kit.middleware.public_pages import Page, Shelf
from tests.web.kit import sample_urls

pytestmark = pytest.mark.django_db


def _edit(*, public: bool) -> None:
    with transaction.atomic():
        record(actor=system_actor("test"), event="thing.changed", subject="thing:1", data={}, at=timezone.now(), public=public)


def test_it_knows_no_user_and_no_session(site: Client) -> None:
    response = site.get("/s/public/")
    assert " [] " in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_it_is_kept_and_answers_without_calling_the_view(site: Client) -> None:
    first, second = site.get("/s/public/?q=mien"), site.get("/s/public/?q=mien")
    assert first.content == second.content
    assert len(sample_urls.calls) == 1


def test_an_edit_shows_at_once_and_a_private_one_changes_nothing(site: Client) -> None:
    site.get("/s/public/")
    _edit(public=False)
    site.get("/s/public/")
    assert len(sample_urls.calls) == 1
    _edit(public=True)
    assert site.get("/s/public/").content.startswith(b"2 ")


def test_midnight_here_turns_it_over(site: Client) -> None:
    with time_machine.travel("2026-11-24T16:59:00Z", tick=False):  # 23:59 in Vietnam
        site.get("/s/public/")
    with time_machine.travel("2026-11-24T17:00:00Z", tick=False):
        assert site.get("/s/public/").content.startswith(b"2 ")


def test_each_language_has_its_own(site: Client) -> None:
    assert b" vi " in site.get("/i/").content
    assert b" en " in site.get("/en/i/").content
    assert b" vi " in site.get("/i/").content


def test_parameters_it_does_not_read_never_reach_it(site: Client) -> None:
    site.get("/s/public/?q=che&fbclid=1")
    site.get("/s/public/?utm=2&q=che")
    assert sample_urls.calls == ["q=che"]


def test_without_declared_parameters_a_query_is_answered_but_not_kept(site: Client) -> None:
    assert site.get("/s/any/?x=1").content == b"1"
    assert site.get("/s/any/?x=2").content == b"2"
    site.get("/s/any/")
    site.get("/s/any/")
    assert sample_urls.calls == ["any", "any", "any"]


def test_a_very_long_query_is_not_kept(site: Client) -> None:
    for _ in range(2):
        assert site.get("/s/public/", {"q": "a" * 400}).status_code == 200
    assert len(sample_urls.calls) == 2


def test_only_a_whole_answer_is_kept(site: Client) -> None:
    for _ in range(2):
        assert site.get("/s/gone/").status_code == 410
    assert sample_urls.calls == ["gone", "gone"]


def test_the_browser_asks_again_and_is_told_that_nothing_changed(site: Client) -> None:
    first = site.get("/s/public/")
    assert first["Cache-Control"] == "public, no-cache"
    again = site.get("/s/public/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    _edit(public=True)
    assert site.get("/s/public/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_it_is_compressed_for_who_can_read_that(site: Client) -> None:
    plain = site.get("/s/public/")
    small = site.get("/s/public/", headers={"accept-encoding": "br, gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert "Accept-Encoding" in small["Vary"]
    assert not plain.has_header("Content-Encoding")


@pytest.mark.parametrize("path", ["/s/cookie/", "/s/token/"])
def test_a_page_that_is_not_the_same_for_everybody_fails_loudly(site: Client, path: str) -> None:
    site.raise_request_exception = True
    with pytest.raises(public_pages.NotPublic):
        site.get(path)


def test_head_is_answered_like_get(site: Client) -> None:
    site.get("/s/public/")
    assert site.head("/s/public/").status_code == 200
    assert len(sample_urls.calls) == 1


def test_the_shelf_lets_the_longest_unread_go() -> None:
    shelf = Shelf(limit=25)
    for key in "ab":
        shelf.put(key, Page(b"x" * 10, {}, key))
    shelf.take("a")
    shelf.put("c", Page(b"x" * 10, {}, "c"))
    assert list(shelf.pages) == ["a", "c"]
    shelf.put("a", Page(b"x" * 5, {}, "a2"))
    assert shelf.used == 15


def test_the_database_away_is_a_503_to_come_back_to(site: Client) -> None:
    response = site.get("/s/public-away/")
    assert response.status_code == 503
    assert response["Retry-After"] == "15"
