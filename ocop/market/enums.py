"""Kinds of outlet and of promotion event, as the opening data tells them apart."""

from django.db import models


class ChannelKind(models.TextChoices):
    EXPORT = "export"  # xuất khẩu
    SUPERMARKET = "supermarket"  # siêu thị
    ECOMMERCE = "ecommerce"  # sàn thương mại điện tử, mạng xã hội


class EventKind(models.TextChoices):
    EVENT = "event"  # hội chợ, tuần hàng, ngày hội
    LIVESTREAM = "livestream"
    CONFERENCE = "conference"  # hội nghị kết nối


class SalesPointKind(models.TextChoices):
    POINT = "point"  # one place
    AGGREGATE = "aggregate"  # a number of places that a source counts without naming them
