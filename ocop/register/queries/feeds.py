"""Who stands behind the secret address of a calendar."""

from dataclasses import dataclass
from datetime import date

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.people.queries import mandates_of
from ocop.people.rules import digest_of_token
from ocop.register.models import CalendarFeed

_MAY_SUBSCRIBE = (Role.OCOP_OFFICER, Role.COMMUNE_OFFICER)
MAX_TOKEN = 80


@dataclass(frozen=True, slots=True)
class FeedHolder:
    """For whom a calendar is made: the person under the mandate the calendar was asked for with."""

    actor: Actor
    office_name: str


def feed_by_token(token: str, on: date) -> FeedHolder | None:
    """The holder of a calendar's address; None when it was revoked, or the person no longer works for the office."""
    if len(token) > MAX_TOKEN:
        return None
    feeds = CalendarFeed.objects.filter(token_hash=digest_of_token(token), revoked_at__isnull=True, user__is_active=True)
    feed = feeds.select_related("user", "office__unit").first()
    if feed is None:
        return None
    mandate = mandates_of(feed.user, on).filter(office=feed.office, role__in=_MAY_SUBSCRIBE).first()
    if mandate is None:
        return None
    actor = Actor(feed.user_id, mandate.pk, mandate.role, feed.office.key, feed.office.unit.key)
    return FeedHolder(actor, feed.office.name)


def own_feed(actor: Actor) -> CalendarFeed | None:
    """The calendar this person has for the present office."""
    return CalendarFeed.objects.filter(user=actor.user_id, office__key=actor.office_key, revoked_at__isnull=True).first()
