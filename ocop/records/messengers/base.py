"""What every messenger is told, and how it says that it could not."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one address. `key` is the same at every attempt, so that a repeat can be recognised."""

    key: str
    to: str
    title: str
    body: str
    link: str  # whole address, or empty


class NotDelivered(Exception):
    """Not now; it is tried again. The text is kept for the administrator and holds no personal data."""


class NeverDeliverable(NotDelivered):
    """Not now and not later: no such address. It is parked at once."""


class Messenger(Protocol):
    """A way to one person's device. A new provider of SMS or Zalo is one class with this one method."""

    def send(self, message: Message) -> None:
        """Hand the message over; return only when it was taken. Raises `NotDelivered`."""
