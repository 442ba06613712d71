"""Every write about personal data as such: requests and their clocks, handing over, erasing, and erasing again after a restore."""

from ocop.privacy.actions.erasing import erase_person, replay_erasures
from ocop.privacy.actions.handing_over import export_person
from ocop.privacy.actions.requests import RequestMoved, answer_request, close_request, read_requester, take_request

__all__ = [
    "RequestMoved",
    "answer_request",
    "close_request",
    "erase_person",
    "export_person",
    "read_requester",
    "replay_erasures",
    "take_request",
]
