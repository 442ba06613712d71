"""The ways out of the house: one interface, `Messenger.send`; which one serves a channel is chosen in `settings.MESSENGERS`."""

from django.conf import settings
from django.utils.module_loading import import_string

from ocop.records.messengers.base import Message, Messenger, NeverDeliverable, NotDelivered

__all__ = ["Message", "Messenger", "NeverDeliverable", "NotDelivered", "messenger_for"]


def messenger_for(channel: str) -> Messenger:
    """The messenger of a channel ("email", "sms", "zalo")."""
    messenger: Messenger = import_string(settings.MESSENGERS[channel])()
    return messenger
