"""One demo request about personal data, so that its pages can be walked through. Its values are canaries too."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.people.demo import DemoRefused
from ocop.privacy.actions import take_request
from ocop.privacy.enums import RequestKind
from ocop.privacy.models import DataRequest

_REQUESTER = {"name": "Canary-Nguoi-Hoi-1", "phone": "+84900000931", "email": "canary-hoi-1@nguoi-demo.vn"}
CANARIES = (*_REQUESTER.values(), _REQUESTER["phone"].replace("+84", "0"))


def seed_privacy_demo(*, actor: Actor, at: datetime) -> None:
    """Idempotent. Raises `DemoRefused` in production."""
    if settings.IS_PRODUCTION:
        raise DemoRefused("OCOP_MODE=production: demo rows are not loaded.")
    if not DataRequest.objects.filter(is_demo=True).exists():
        seen = "người demo, không có thật"
        take_request(actor=actor, kind=RequestKind.ACCESS, identity_seen=seen, received_on=localdate(at), at=at, is_demo=True, **_REQUESTER)
