"""Products, their packs and prices, photos, codes and awards, and the tourism sites."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from ocop.places.models import Unit
from ocop.records.models import StoredFile
from ocop.register.enums import CodeKind, KeyGroup, PriceKind
from ocop.register.enums import Unit as PackUnit
from ocop.register.models.base import Sourced, Unmerged
from ocop.register.models.producer import Producer


class Product(Sourced):
    """One OCOP product. `public_id` (BK001) is permanent: labels, QR codes and /sp/ addresses use it."""

    public_id = models.CharField(max_length=12, unique=True)
    slug = models.SlugField(max_length=120)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=600, db_index=True)
    search_text = models.TextField()  # core.text.search_key of names, maker, group, places old and new; indexed by the database
    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="products")
    # The most exact unit the source names, as of then; and its successor today, if that is one commune.
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    commune_now = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="products")
    rubric_id = models.CharField(max_length=20, blank=True)  # of the product set below
    set_no = models.PositiveSmallIntegerField(null=True)  # 1..26
    set_alternatives = models.CharField(max_length=40, blank=True)  # other sets it might belong to: "6,9"
    set_basis = models.CharField(max_length=200, blank=True)
    set_chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_chosen_at = models.DateTimeField(null=True)
    source_group = models.CharField(max_length=80, blank=True)  # as the source calls it: "Chè và đồ uống"
    key_group = models.CharField(max_length=12, choices=KeyGroup.choices, blank=True)
    key_group_basis = models.CharField(max_length=200, blank=True)
    art = models.CharField(max_length=10)  # which drawing stands in for a photo: "mien", "tra" … (rules.art_for)
    description_vi = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    story_vi = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    ingredients = models.TextField(blank=True)
    storage = models.CharField(max_length=300, blank=True)
    shelf_life = models.CharField(max_length=120, blank=True)
    price_text = models.CharField(max_length=200, blank=True)  # as a source printed it
    pack_text = models.CharField(max_length=200, blank=True)
    channels_text = models.TextField(blank=True)
    source_status = models.CharField(max_length=40, blank=True)  # the status the opening data gave
    is_published = models.BooleanField(default=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")  # as of a producer
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = Unmerged()
    with_merged = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="product_not_merged_into_itself"),
            models.CheckConstraint(condition=Q(merged_into__isnull=True) | Q(is_published=False), name="product_merged_is_hidden"),
            models.CheckConstraint(condition=Q(set_no__isnull=True) | Q(set_no__gte=1, set_no__lte=26), name="product_set_in_rubric"),
            models.CheckConstraint(
                condition=Q(set_chosen_at__isnull=True) | Q(set_chosen_by__isnull=False), name="product_set_has_chooser"
            ),
        ]
        # What `queries.catalogue` reads of every product for one page, beside the wide rows with their stories.
        indexes = [
            models.Index(
                fields=["sort_key", "id", "is_published", "is_demo", "key_group", "set_no", "commune_now", "unit", "producer", "art"],
                name="product_catalogue",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProductCode(Sourced):
    """An official code of a product, new or old. Every one of them leads to the product's page for ever."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=CodeKind.choices)
    issued_year = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return self.code


class Variant(models.Model):
    """One pack of a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=120)  # "Túi 500 g"
    quantity = models.DecimalField(max_digits=10, decimal_places=3, validators=[MinValueValidator(0)])
    unit = models.CharField(max_length=4, choices=PackUnit.choices)
    gtin = models.CharField(max_length=13, blank=True)  # GTIN-13, check digit verified; never invented
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="variant_quantity_positive"),
            models.UniqueConstraint(fields=["gtin"], condition=~Q(gtin=""), name="variant_gtin_once"),
            models.CheckConstraint(condition=Q(gtin="") | Q(gtin__regex=r"^[0-9]{13}$"), name="variant_gtin_13_digits"),
            models.UniqueConstraint(fields=["product", "name"], name="variant_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """What a variant costs, in whole đồng, from–to (end exclusive)."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="prices")
    kind = models.CharField(max_length=10, choices=PriceKind.choices)
    amount = models.PositiveIntegerField(help_text="đồng")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="price_positive"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="price_span_forward"),
            models.UniqueConstraint(fields=["variant", "kind"], condition=Q(valid_to__isnull=True), name="price_one_open"),
            models.UniqueConstraint(fields=["variant", "kind", "valid_from"], name="price_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} đ"


class Photo(models.Model):
    """A photo on a product's or a producer's page."""

    product = models.ForeignKey(Product, null=True, on_delete=models.CASCADE, related_name="photos")
    producer = models.ForeignKey(Producer, null=True, on_delete=models.CASCADE, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="photo")
    caption_vi = models.CharField(max_length=200, blank=True)
    caption_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False, producer__isnull=True) | Q(product__isnull=True, producer__isnull=False),
                name="photo_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.caption_vi or f"photo {self.pk}"


class Award(Sourced):
    """A prize that is not OCOP, such as "sản phẩm công nghiệp nông thôn tiêu biểu"."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="awards")
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "name", "level", "year"], name="award_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class TourismSite(Sourced):
    """A place to see or stay. `coord_basis` "old_commune_centre" means the point is not the site itself."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=220, db_index=True)
    kind = models.CharField(max_length=60)
    village = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    commune_now = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="tourism_sites")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="tourism_sites")
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lon = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    coord_basis = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name
