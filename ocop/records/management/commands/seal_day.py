"""Seal today's head of the audit chain and send it to the witnesses; prints the line that they keep."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ocop.core.actor import system_actor
from ocop.records import actions, rules


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        now, sealer = timezone.now(), system_actor("seal")
        head = actions.seal_day(actor=sealer, at=now)
        actions.mail_head(actor=sealer, head=head, at=now)
        self.stdout.write(rules.head_line(head.day, head.n, head.hash))
