"""Kinds and states of what the house writes down about its own doings."""

from django.db import models


class FileKind(models.TextChoices):
    """What a stored file is for; `rules.UPLOAD_LIMITS` says what each kind may hold and who may see it."""

    PHOTO = "photo"  # of a product or producer; public once published
    MISUSE_PHOTO = "misuse_photo"  # sent by the public with a report; private
    DECISION_SCAN = "decision_scan"  # the signed paper of a recognition, renewal or withdrawal; private
    EVIDENCE = "evidence"  # any other paper; private
    INTAKE = "intake"  # a register as a spreadsheet, to be taken in; private, full of personal data, erased after a time


class Channel(models.TextChoices):
    """By which way a notice leaves the house."""

    EMAIL = "email"
    SMS = "sms"
    ZALO = "zalo"


class DeliveryState(models.TextChoices):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"  # five attempts failed; an administrator sees it


DELIVERY_MOVES: dict[str, tuple[str, ...]] = {
    DeliveryState.SENDING: (DeliveryState.PENDING,),
    DeliveryState.SENT: (DeliveryState.SENDING,),
    DeliveryState.PENDING: (DeliveryState.SENDING, DeliveryState.PARKED),
    DeliveryState.PARKED: (DeliveryState.SENDING,),
}
