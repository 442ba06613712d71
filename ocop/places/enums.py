"""Kinds of administrative unit and how one follows another."""

from django.db import models


class UnitKind(models.TextChoices):
    PROVINCE = "province"  # tỉnh
    DISTRICT = "district"  # huyện, to 30/6/2025
    CITY = "city"  # thành phố thuộc tỉnh, to 30/6/2025
    COMMUNE = "commune"  # xã
    WARD = "ward"  # phường
    TOWNSHIP = "township"  # thị trấn, to 30/6/2025


COMMUNE_KINDS = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP)


class SuccessionRelation(models.TextChoices):
    WHOLE_MERGE = "whole_merge"
    UNCHANGED = "unchanged"
