"""The answer a policy gives: allowed, or not and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """May X do Y to Z now? `reason` is a Vietnamese sentence for the screen, empty when allowed."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """A refusal with the sentence the person will read."""
    return Verdict(False, reason)
