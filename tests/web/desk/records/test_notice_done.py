"""Ticking off a notice: one's own only; another's looks absent."""

from django.urls import reverse

from ocop.people.enums import Role
from ocop.records.actions import send_notice
from tests.web.desk.records.conftest import AT


def test_only_ones_own_notice_is_ticked_off(person, browser):
    mai, rival = person(Role.LEADER), person(Role.LEADER, "Lý Thị Hoa")
    notice = send_notice(recipient_id=mai.pk, event="e", subject="s", title="Xem hồ sơ", at=AT)
    url = reverse("desk:notice_done", args=[notice.pk])
    assert browser(rival).post(url).status_code == 404
    assert browser(rival).post(reverse("desk:notice_done", args=[10**9])).status_code == 404
    assert "Xem hồ sơ" in browser(mai).get("/viec/").content.decode()
    assert browser(mai).post(url).status_code == 302
    assert "Xem hồ sơ" not in browser(mai).get("/viec/").content.decode()
