"""When a notice that could not be delivered is tried again.

Product decision: five attempts spread over more than six hours, because a mail server that is away for a working
morning must not cost anybody a notice (RELIABILITY.md section 3, fault 31); then a person looks at it.
"""

from datetime import datetime, timedelta

BACKOFF = (timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1, minutes=30), timedelta(hours=5))
ATTEMPTS = len(BACKOFF) + 1
LEASE = timedelta(minutes=10)  # a sender that has not answered for so long has died; the mail's own Message-ID shows a repeat
PHONE_TEXT_LIMIT = 300  # characters; providers charge by pieces of 70


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after `attempts` failures; None: no more, the delivery is parked."""
    return at + BACKOFF[attempts - 1] if attempts < ATTEMPTS else None
