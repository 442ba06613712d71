"""Keeping what an officer answered about a star, and telling the OCOP office that a commune's answer waits to be looked at."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.people.queries import users_with_role
from ocop.records.actions import send_notice
from ocop.records.models import Notice, StoredFile
from ocop.register.models import Recognition, StandingAnswer

ANSWERS_PATH = "/viec/xac-minh/tra-loi/"
ANSWER_GIVEN = "answer.given"


def columns_of(recognition: Recognition, names: Iterable[str]) -> dict[str, Any]:
    """What stands in these columns now, to be put back if the answer is taken back."""
    return {name: getattr(recognition, name) for name in names}


def keep_answer(
    actor: Actor,
    recognition: Recognition,
    kind: str,
    *,
    paper: str,
    scan: StoredFile | None,
    at: datetime,
    before: dict[str, Any] | None = None,
    renewed: Recognition | None = None,
) -> StandingAnswer:
    """Within the transaction of the act it tells of. A commune's answer takes effect at once and is checked afterwards."""
    answer = StandingAnswer.objects.create(
        product_id=recognition.product_id,
        recognition=recognition,
        kind=kind,
        paper=paper,
        scan=scan,
        renewed=renewed,
        before=before or {},
        given_by_id=actor.user_id,
        given_at=at,
        needs_check=actor.role == Role.COMMUNE_OFFICER,
    )
    if answer.needs_check:
        _tell_office(actor, at)
    return answer


def answers_subject(unit_key: str) -> str:
    """One notice a commune, however many of its answers wait."""
    return f"answers:{unit_key}"


def _tell_office(actor: Actor, at: datetime) -> None:
    subject = answers_subject(actor.unit_key)
    told = set(Notice.objects.filter(subject=subject, event=ANSWER_GIVEN, done_at__isnull=True).values_list("recipient", flat=True))
    for user_id in users_with_role(Role.OCOP_OFFICER, localdate(at)).values_list("pk", flat=True):
        if user_id not in told:
            title = _("Xã đã trả lời về sao chờ xác minh, cần kiểm tra")
            send_notice(recipient_id=user_id, event=ANSWER_GIVEN, subject=subject, title=title, at=at, path=ANSWERS_PATH)
