"""Deliveries that were given up, before the administrator."""

import pytest
from django.urls import reverse

from ocop.people.enums import Role
from ocop.records.actions import send_notice
from ocop.records.enums import DeliveryState
from ocop.records.models import Delivery
from tests.web.desk.records.conftest import AT


@pytest.fixture
def parked(person):
    notice = send_notice(recipient_id=person(Role.LEADER).pk, event="e", subject="s", title="Hồ sơ <b>cần</b> bổ sung", at=AT)
    notice.deliveries.update(state=DeliveryState.PARKED, attempts=5, last_error="mail server answered 451")
    return notice.deliveries.get()


def test_an_administrator_sees_the_reason_and_sends_again(person, browser, parked):
    client = browser(person(Role.ADMINISTRATOR))
    text = client.get(reverse("desk:deliveries")).content.decode()
    assert "mail server answered 451" in text
    assert "Hồ sơ &lt;b&gt;cần&lt;/b&gt; bổ sung" in text
    for _time in range(2):
        assert client.post(reverse("desk:delivery_retry", args=[parked.pk])).status_code == 302
    parked.refresh_from_db()
    assert (parked.state, parked.attempts) == ("pending", 0)
    assert "Mọi thông báo đã gửi" in client.get(reverse("desk:deliveries")).content.decode()


def test_others_may_not(person, browser, parked):
    client = browser(person(Role.INSPECTOR))
    assert client.get(reverse("desk:deliveries")).status_code == 403
    assert client.post(reverse("desk:delivery_retry", args=[parked.pk])).status_code == 403
    assert Delivery.objects.get().state == "parked"
