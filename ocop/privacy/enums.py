"""What somebody may ask about their own data, and how far it is."""

from django.db import models


class RequestKind(models.TextChoices):
    ACCESS = "access"  # to see or be given what is held
    CORRECTION = "correction"
    OBJECTION = "objection"  # to withdraw a consent, restrict, object
    ERASURE = "erasure"


class RequestState(models.TextChoices):
    RECEIVED = "received"
    ANSWERED = "answered"  # the person was told what will be done, and by when
    DONE = "done"
    REFUSED = "refused"


REQUEST_MOVES: dict[str, tuple[str, ...]] = {
    RequestState.ANSWERED: (RequestState.RECEIVED,),
    RequestState.DONE: (RequestState.RECEIVED, RequestState.ANSWERED),
    RequestState.REFUSED: (RequestState.RECEIVED, RequestState.ANSWERED),
}
