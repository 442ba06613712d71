"""What figures and targets speak of."""

from django.db import models


class FigureKind(models.TextChoices):
    FACT = "fact"
    TARGET = "target"


class AreaLevel(models.TextChoices):
    PROVINCE = "province"  # tỉnh Bắc Kạn, to 30/6/2025
    PROVINCE_OLD = "province_old"  # tỉnh Thái Nguyên before the merger
    PROVINCE_NEW = "province_new"  # tỉnh Thái Nguyên from 1/7/2025
    DISTRICT = "district"
    COMMUNE = "commune"
    PRODUCER = "producer"


class Qualifier(models.TextChoices):
    ABOUT = "about"  # khoảng
    OVER = "over"  # hơn, trên
    AT_LEAST = "at_least"  # từ … trở lên


class PeriodPrecision(models.TextChoices):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    YEARS = "years"  # a range of whole years


class TargetKind(models.TextChoices):
    TARGET = "target"
    SURVEY_FACT = "survey_fact"
    KEY_GROUP = "key_group"


class Operator(models.TextChoices):
    EQUAL = "="
    AT_LEAST = ">="
    ABOUT = "~"
    RANGE = "range"
