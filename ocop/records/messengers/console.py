"""The messenger of a machine that has no contract with an SMS or Zalo provider: it writes to the console."""

import sys

from ocop.records import rules
from ocop.records.messengers.base import Message


class ConsoleMessenger:
    def send(self, message: Message) -> None:
        """Write what would have been sent. The number is masked: what a process prints ends in logs."""
        text = " ".join(part for part in (message.title, message.link) if part)[: rules.PHONE_TEXT_LIMIT]
        sys.stdout.write(f"[{masked(message.to)}] {text}\n")
        sys.stdout.flush()


def masked(number: str) -> str:
    """A phone number of which only the country and the last three digits are left."""
    return f"{number[:3]}{'*' * max(0, len(number) - 6)}{number[-3:]}"
