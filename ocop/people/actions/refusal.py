"""What an action raises when its policy says no."""

from django.core.exceptions import PermissionDenied

from ocop.core.verdict import Verdict


class Refused(PermissionDenied):
    """The act is not allowed now; the message is the policy's sentence for the person."""


def demand(verdict: Verdict) -> None:
    """Go on only if the policy allows; the view has asked the same question before, for the screen."""
    if not verdict:
        raise Refused(verdict.reason)
