"""Roles, offices, and the states of what leads to an account."""

from django.db import models


class Role(models.TextChoices):
    """In which capacity somebody acts. The codes are a contract: commands and outside checks use them."""

    PRODUCER = "producer"
    COMMUNE_OFFICER = "commune_officer"
    OCOP_OFFICER = "ocop_officer"
    ADVISORY_MEMBER = "advisory_member"
    COUNCIL_MEMBER = "council_member"
    CHAIR = "chair"
    SECRETARY = "secretary"
    LEADER = "leader"
    PROMOTION_OFFICER = "promotion_officer"
    KEEPER = "keeper"
    BUYER = "buyer"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


# Everyone whose work is public office: a second factor is obligatory and a session ends after 30 idle minutes.
OFFICIAL_ROLES = frozenset(Role) - {Role.PRODUCER, Role.KEEPER, Role.BUYER}

# Roles that speak for a producer, a sales point or a buyer, not for an office.
SUBJECT_ROLES = frozenset({Role.PRODUCER, Role.KEEPER, Role.BUYER})


class TokenScope(models.TextChoices):
    """What a program may do with a token of the API, within what its mandate may."""

    READ = "read"
    WRITE = "write"  # and read


class OfficeKind(models.TextChoices):
    COMMUNE_COMMITTEE = "commune_committee"  # UBND xã, phường
    PROVINCE_COMMITTEE = "province_committee"  # UBND tỉnh
    DEPARTMENT = "department"  # sở, ban, ngành
    OCOP_OFFICE = "ocop_office"  # cơ quan tham mưu quản lý OCOP cấp tỉnh
    PROMOTION_CENTRE = "promotion_centre"  # trung tâm xúc tiến thương mại
    COUNCIL = "council"  # hội đồng đánh giá, phân hạng
    ADVISORY_TEAM = "advisory_team"  # tổ tư vấn
    INSPECTORATE = "inspectorate"  # thanh tra
