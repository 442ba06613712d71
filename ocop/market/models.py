"""Where the products are sold and shown, as far as sources tell: channels, promotion events, sales points."""

from django.db import models
from django.db.models import F, Q

from ocop.market.enums import ChannelKind, EventKind, SalesPointKind
from ocop.places.models import Unit
from ocop.register.enums import DatePrecision
from ocop.register.models import Product
from ocop.register.models.base import Sourced


class Reported(Sourced):
    """What a source tells of something that began on a day known to the day, month or year, in a place it names."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    starts_on = models.DateField(null=True)  # the first day it may mean
    start_precision = models.CharField(max_length=7, choices=DatePrecision.choices)
    last_on = models.DateField(null=True)  # the last day itself, as sources print it
    place = models.CharField(max_length=200, blank=True)  # as the source printed it
    commune_text = models.CharField(max_length=120, blank=True)  # today's commune in words where it is in doubt
    commune_now = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    scale_text = models.CharField(max_length=200, blank=True)
    result_text = models.CharField(max_length=300, blank=True)
    partners = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(starts_on__isnull=True) | Q(last_on__gte=F("starts_on")),
                name="%(class)s_days_forward",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, start_precision=DatePrecision.UNKNOWN)
                | Q(starts_on__isnull=False) & ~Q(start_precision=DatePrecision.UNKNOWN),
                name="%(class)s_start_has_precision",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Channel(Reported):
    """One way to the buyer that a source reports: an export, a supermarket chain, a platform."""

    kind = models.CharField(max_length=12, choices=ChannelKind.choices)
    products = models.ManyToManyField(Product, related_name="channels")
    is_ocop = models.BooleanField(null=True)  # False: the goods were no OCOP products; None: the source does not say
    quantity = models.DecimalField(max_digits=12, decimal_places=3, null=True, help_text="tonnes")


class Event(Reported):
    """A fair, a week of sales, a livestream, a conference."""

    kind = models.CharField(max_length=12, choices=EventKind.choices)
    booths = models.PositiveIntegerField(null=True)


class SalesPoint(Reported):
    """A place that shows and sells OCOP products, or a reported number of such places (`count`)."""

    kind = models.CharField(max_length=12, choices=SalesPointKind.choices)
    count = models.PositiveIntegerField(default=1)
    area = models.PositiveIntegerField(null=True, help_text="m²")

    class Meta(Reported.Meta):
        constraints = [
            *Reported.Meta.constraints,
            models.CheckConstraint(condition=Q(kind=SalesPointKind.AGGREGATE) | Q(count=1), name="sales_point_is_one"),
        ]
