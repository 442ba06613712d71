"""Notices and their way out of the house: once, in order, and never silently lost."""

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import override_settings

from ocop.core.actor import Actor, system_actor
from ocop.records import actions, jobs, messengers, queries, rules
from ocop.records.enums import DELIVERY_MOVES, DeliveryState
from ocop.records.messengers import Message, NeverDeliverable, NotDelivered
from ocop.records.messengers.console import ConsoleMessenger, masked
from ocop.records.models import AuditEntry, Delivery, Notice
from tests.records.conftest import AT, make_person

SENDER = system_actor("deliver")


class Flaky:
    """A messenger at the edge: fails as often as told, then takes everything."""

    failures: list[Exception] = []
    taken: list[Message] = []

    def send(self, message: Message) -> None:
        if Flaky.failures:
            raise Flaky.failures.pop(0)
        Flaky.taken.append(message)


@pytest.fixture
def flaky(settings):
    settings.MESSENGERS = {**settings.MESSENGERS, "email": "tests.records.test_notices.Flaky"}
    Flaky.failures, Flaky.taken = [], []
    return Flaky


def tell(person, title="Hồ sơ cần bổ sung", at=AT, **more):
    return actions.send_notice(recipient_id=person.pk, event="dossier.returned", subject="dossier:1", title=title, at=at, **more)


def deliver(notice, at=AT):
    return actions.deliver(actor=SENDER, delivery_id=notice.deliveries.get().pk, at=at)


def state_of(notice):
    delivery = notice.deliveries.get()
    return delivery.state, delivery.attempts


@pytest.mark.django_db
def test_a_notice_goes_by_mail_or_else_by_phone(mai, phone_only, settings):
    assert list(tell(mai).deliveries.values_list("channel", "state")) == [("email", "pending")]
    assert list(tell(phone_only).deliveries.values_list("channel", flat=True)) == ["sms"]
    settings.NOTICE_PHONE_CHANNEL = "zalo"
    assert list(tell(phone_only).deliveries.values_list("channel", flat=True)) == ["zalo"]


@pytest.mark.django_db
def test_title_is_one_line_and_fits(mai):
    notice = tell(mai, "Bcc: x@y\r\n" + "ạ" * 300)
    assert "\n" not in notice.title
    assert len(notice.title) == 200


@pytest.mark.django_db
def test_what_waits_comes_in_order_of_deadline(mai, phone_only, django_assert_num_queries):
    tell(mai, "không hạn cũ")
    tell(mai, "không hạn mới", AT + timedelta(hours=1))
    tell(mai, "xa", due_on=date(2027, 1, 30))
    tell(mai, "gần", due_on=date(2026, 12, 24))
    tell(phone_only, "của người khác")
    with django_assert_num_queries(1):
        titles = [notice.title for notice in queries.notices_waiting(mai.pk)]
    assert titles == ["gần", "xa", "không hạn mới", "không hạn cũ"]
    assert queries.notices_waiting_count(mai.pk) == 4


@pytest.mark.django_db
def test_reading_is_for_the_recipient_alone(mai, phone_only):
    notice = tell(mai)
    with pytest.raises(actions.NoticeNotFound):
        actions.read_notice(actor=Actor(user_id=phone_only.pk), notice_id=notice.pk, at=AT)
    assert queries.notices_waiting_count(mai.pk) == 1
    for hours in (1, 2):
        actions.read_notice(actor=Actor(user_id=mai.pk), notice_id=notice.pk, at=AT + timedelta(hours=hours))
    notice.refresh_from_db()
    assert notice.read_at == AT + timedelta(hours=1)
    assert queries.notices_waiting_count(mai.pk) == 0


@pytest.mark.django_db
def test_what_is_done_leaves_every_list(mai, phone_only):
    tell(mai)
    tell(phone_only)
    other = actions.send_notice(recipient_id=mai.pk, event="other", subject="dossier:1", title="x", at=AT)
    assert actions.finish_notices(subject="dossier:1", event="dossier.returned", at=AT) == 2
    assert actions.finish_notices(subject="dossier:1", event="dossier.returned", at=AT) == 0
    assert list(queries.notices_waiting(mai.pk)) == [other]


@pytest.mark.django_db
def test_the_mail_that_arrives(mai, settings):
    settings.SITE_URL = "https://ocop.example"
    notice = tell(mai, body="Thiếu bản tự công bố.", path="/viec/ho-so/1/")
    assert jobs.sweep_deliveries.enqueue().return_value == 1
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("Hồ sơ cần bổ sung", ["mai@example.org"])
    assert "Thiếu bản tự công bố." in sent.body
    assert "https://ocop.example/viec/ho-so/1/" in sent.body
    assert sent.extra_headers["Message-ID"] == f"<notice-{notice.pk}-email@ocop.example>"
    assert state_of(notice) == ("sent", 1)
    assert jobs.sweep_deliveries.enqueue().return_value == 0
    assert not deliver(notice, AT + timedelta(days=1))
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_mail_server_away_for_six_hours_costs_nobody_a_notice(mai, flaky):
    first, second = tell(mai, "một"), tell(mai, "hai")
    moment, away_until = AT, AT + timedelta(hours=6)
    while moment < AT + timedelta(hours=12):
        flaky.failures = [NotDelivered("away")] * 2 if moment < away_until else []
        for delivery in queries.due_deliveries(moment):
            actions.deliver(actor=SENDER, delivery_id=delivery.pk, at=moment)
        moment += timedelta(minutes=1)
    assert [message.title for message in flaky.taken] == ["một", "hai"]
    assert (state_of(first)[0], state_of(second)) == ("sent", ("sent", 1))


@pytest.mark.django_db
def test_after_five_failures_it_is_parked_and_an_administrator_sends_it_again(mai, flaky, caplog):
    notice = tell(mai)
    flaky.failures = [NotDelivered("mail server answered 451")] * 5
    at = AT
    for attempt in range(1, 6):
        assert not deliver(notice, at)
        assert state_of(notice) == ("parked" if attempt == 5 else "pending", attempt)
        if attempt < 5:
            assert not deliver(notice, at + rules.BACKOFF[attempt - 1] - timedelta(seconds=1))  # not before its time
            assert state_of(notice)[1] == attempt
            at += rules.BACKOFF[attempt - 1]
    (parked,) = queries.parked_deliveries()
    assert parked.last_error == "mail server answered 451"
    assert "parked" in caplog.text
    assert not deliver(notice, at + timedelta(days=9))
    actions.retry_delivery(actor=Actor(user_id=mai.pk, role="administrator"), delivery_id=parked.pk, at=at)
    assert AuditEntry.objects.latest("n").event == "delivery.retried"
    with pytest.raises(actions.NotParked):
        actions.retry_delivery(actor=Actor(user_id=mai.pk), delivery_id=parked.pk, at=at)
    assert deliver(notice, at)
    assert state_of(notice) == ("sent", 1)


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_parked_at_once(mai, flaky):
    notice = tell(mai)
    flaky.failures = [NeverDeliverable("recipient refused (550)")]
    deliver(notice)
    assert state_of(notice) == ("parked", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"email": None, "phone": "+84911111111"}, {"is_active": False}])
def test_who_has_no_address_any_more_gets_nothing(mai, flaky, change):
    notice = tell(mai)
    for name, value in change.items():
        setattr(mai, name, value)
    mai.save()
    assert not deliver(notice)
    assert flaky.taken == []
    assert state_of(notice)[0] == "parked"


@pytest.mark.django_db
def test_a_fault_in_a_messenger_is_a_failure_like_any_other_and_tells_no_address(mai, flaky, caplog):
    notice = tell(mai)
    flaky.failures = [KeyError("mai@example.org")]
    assert not deliver(notice)
    assert state_of(notice) == ("pending", 1)
    assert notice.deliveries.get().last_error == "KeyError"
    assert "mai@example.org" not in caplog.text


@pytest.mark.django_db
def test_a_sender_that_died_is_replaced_after_its_lease(mai, flaky):
    notice = tell(mai)
    notice.deliveries.update(state=DeliveryState.SENDING, attempts=1, next_try_at=AT + rules.LEASE)
    assert not deliver(notice, AT + rules.LEASE - timedelta(seconds=1))
    assert not queries.due_deliveries(AT).exists()
    assert queries.due_deliveries(AT + rules.LEASE).exists()
    assert deliver(notice, AT + rules.LEASE)
    assert state_of(notice) == ("sent", 2)


@pytest.mark.django_db
def test_what_kills_every_sender_is_parked(mai, flaky):
    notice = tell(mai)
    notice.deliveries.update(state=DeliveryState.SENDING, attempts=rules.ATTEMPTS, next_try_at=AT)
    assert not deliver(notice)
    assert state_of(notice)[0] == "parked"
    assert flaky.taken == []


@pytest.mark.django_db
def test_order_is_kept_for_a_person_and_strangers_do_not_wait(mai, flaky):
    rival = make_person("Lý Thị Hoa", "hoa@example.org")
    first, second, hers = tell(mai, "một"), tell(mai, "hai"), tell(rival, "của Hoa")
    flaky.failures = [NotDelivered("away")]
    deliver(first)
    assert not deliver(second)
    assert [delivery.notice for delivery in queries.due_deliveries(AT)] == [hers]
    assert deliver(hers)
    later = AT + rules.BACKOFF[0]
    assert [deliver(first, later), deliver(second, later)] == [True, True]
    assert [message.title for message in flaky.taken] == ["của Hoa", "một", "hai"]


@pytest.mark.django_db
def test_constraints_of_deliveries(mai):
    notice = tell(mai)
    with pytest.raises(IntegrityError, match=r"delivery_once|notice_id"):
        Delivery.objects.create(notice=notice, channel="email")


@pytest.mark.django_db
def test_sent_needs_its_time(mai):
    notice = tell(mai)
    with pytest.raises(IntegrityError, match="delivery_sent_has_time"):
        notice.deliveries.update(state=DeliveryState.SENT)


def test_every_state_has_its_moves():
    assert set(DELIVERY_MOVES) == set(DeliveryState)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (smtplib.SMTPRecipientsRefused({"mai@example.org": (550, b"no such user mai@example.org")}), NeverDeliverable),
        (smtplib.SMTPRecipientsRefused({"mai@example.org": (450, b"busy")}), NotDelivered),
        (smtplib.SMTPServerDisconnected("gone"), NotDelivered),
        (smtplib.SMTPDataError(452, b"full"), NotDelivered),
        (ConnectionRefusedError(), NotDelivered),
    ],
)
def test_what_a_mail_server_says(monkeypatch, error, kind):
    def refuse(_mail):
        raise error

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    with pytest.raises(NotDelivered) as seen:
        messengers.messenger_for("email").send(Message("k", "mai@example.org", "t", "b", ""))
    assert type(seen.value) is kind
    assert "mai@" not in str(seen.value)


def test_the_console_hides_the_number(capsys):
    ConsoleMessenger().send(Message("k", "+84912345678", "Hồ sơ đã gửi", "", "http://x/viec/"))
    assert capsys.readouterr().out == "[+84******678] Hồ sơ đã gửi http://x/viec/\n"
    assert masked("") == ""


@pytest.mark.django_db(transaction=True)
@override_settings(MESSENGERS={"email": "tests.records.test_notices.Flaky"})
def test_sending_inside_a_transaction_is_refused(mai):
    notice = tell(mai)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        deliver(notice)
    assert Notice.objects.count() == 1
