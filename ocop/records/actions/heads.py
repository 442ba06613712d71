"""Sealing a day: the head of the audit chain is written down and handed to people outside, who cannot be made to forget it."""

import logging
import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.records import rules
from ocop.records.models import AuditHead, DailyHead

logger = logging.getLogger(__name__)


@transaction.atomic
def seal_day(*, actor: Actor, at: datetime) -> DailyHead:
    """The head of today, written down once: whoever comes later on the same day gets the first one.

    Without an entry of its own, which would move the very head it seals.
    """
    head = AuditHead.objects.select_for_update().get()
    day = localdate(at)
    sealed, is_new = DailyHead.objects.get_or_create(day=day, defaults={"n": head.n, "hash": head.hash, "sealed_at": at})
    if is_new:
        logger.info("the day is sealed", extra={"event": "day.sealed", "code": f"{sealed.n} {sealed.hash}"})
    return sealed


def mail_head(*, actor: Actor, head: DailyHead, at: datetime) -> bool:
    """Send one day's head to every witness. True: it went out by this call; what could not leave is tried again by the next sweep."""
    if not settings.WITNESSES or DailyHead.objects.filter(pk=head.pk, mailed_at__isnull=True).update(mailed_at=at) != 1:
        return False
    line = rules.head_line(head.day, head.n, head.hash)
    body = _(
        "Mã cuối của nhật ký OCOP ngày %(day)s:\n\n%(line)s\n\n"
        "Xin giữ thư này. Nếu sau này ai đó viết lại nhật ký, so với dòng trên sẽ thấy:\nmanage.py verify_audit --witness TỆP"
    ) % {"day": f"{head.day:%d/%m/%Y}", "line": line}
    try:
        EmailMessage(subject=_("Mã nhật ký OCOP ngày %(day)s") % {"day": f"{head.day:%d/%m/%Y}"}, body=body, to=settings.WITNESSES).send()
    except (OSError, smtplib.SMTPException) as error:
        DailyHead.objects.filter(pk=head.pk).update(mailed_at=None)
        logger.error("the head of the day could not be mailed", extra={"event": "day.mail", "code": type(error).__name__})
        return False
    return True
