"""One demo request about personal data, so that its pages can be walked through. Its values are canaries too."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.people.demo import DemoRefused
from ocop.privacy.actions import take_request
from ocop.privacy.enums import RequestKind
from ocop.privacy.models import DataRequest

_NAME, _PHONE, _EMAIL = "Canary-Nguoi-Hoi-1", "+84900000931", "canary-hoi-1@nguoi-demo.vn"
CANARIES = (_NAME, _PHONE, _EMAIL, _PHONE.replace("+84", "0"))


def seed_privacy_demo(*, actor: Actor, at: datetime) -> None:
    """Idempotent. Raises `DemoRefused` in production."""
    if settings.IS_PRODUCTION:
        raise DemoRefused("OCOP_MODE=production: demo rows are not loaded.")
    if not DataRequest.objects.filter(is_demo=True).exists():
        take_request(
            actor=actor,
            kind=RequestKind.ACCESS,
            name=_NAME,
            phone=_PHONE,
            email=_EMAIL,
            identity_seen="người demo, không có thật",
            received_on=localdate(at),
            at=at,
            is_demo=True,
        )
