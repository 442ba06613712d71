"""The API's list of products as it is meant to be written with Django REST framework: serializers, one query and one prefetch.

To be imported once Django is set up; `tests.bench.api` compares it with ours.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from rest_framework import generics, renderers, serializers

from ocop.register.models import Product, StandingSpan
from ocop.register.queries import span_covers
from ocop.register.rules import is_due

ON = timezone.localdate()


class Named(serializers.Serializer):
    code, name = serializers.CharField(), serializers.CharField()


class Standing(serializers.Serializer):
    on = serializers.SerializerMethodField()
    state = serializers.CharField(source="kind")
    stars = serializers.IntegerField()
    last_day = serializers.SerializerMethodField()
    is_due = serializers.SerializerMethodField()
    is_disputed = serializers.BooleanField()
    reason = serializers.CharField()
    confirmed_on = serializers.DateField()
    recognition = serializers.CharField(source="recognition.code", default=None)
    decision_no = serializers.SerializerMethodField()

    def get_on(self, _span: StandingSpan) -> str:
        return ON.isoformat()

    def get_last_day(self, span: StandingSpan) -> date | None:
        return span.until - timedelta(days=1) if span.until else None

    def get_is_due(self, span: StandingSpan) -> bool:
        return is_due(span.kind, span.until, ON)

    def get_decision_no(self, span: StandingSpan) -> str | None:
        return span.recognition.decision_no or None if span.recognition else None


class Source(serializers.Serializer):
    urls = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    confidence = serializers.CharField()
    as_of = serializers.DateField()

    def get_urls(self, product: Product) -> list[str]:
        return [url for url in product.source_url.split(" ; ") if url]

    def get_name(self, product: Product) -> str | None:
        return product.source_name or None


class Place(serializers.Serializer):
    commune = Named(source="commune_now")
    in_source = serializers.SerializerMethodField()

    def get_in_source(self, product: Product) -> str | None:
        unit = product.unit
        return (f"{unit}, {unit.parent}" if unit.parent else str(unit)) if unit else None


class Whole(serializers.Serializer):
    code = serializers.CharField(source="public_id")
    name = serializers.CharField()
    name_en = serializers.SerializerMethodField()
    page = serializers.SerializerMethodField()
    producer = Named()
    place = Place(source="*")
    rubric = serializers.SerializerMethodField()
    product_set = serializers.IntegerField(source="set_no")
    key_group = serializers.SerializerMethodField()
    group_in_source = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()
    source = Source(source="*")

    def get_name_en(self, product: Product) -> str | None:
        return product.name_en or None

    def get_page(self, product: Product) -> str:
        return f"{settings.SITE_URL}/sp/{product.public_id}"

    def get_rubric(self, product: Product) -> str | None:
        return product.rubric_id or None

    def get_key_group(self, product: Product) -> str | None:
        return product.key_group or None

    def get_group_in_source(self, product: Product) -> str | None:
        return product.source_group or None

    def get_standing(self, product: Product) -> dict[str, Any]:
        return dict(Standing(product.span[0]).data)  # type: ignore[attr-defined]  # the prefetch below


class Products(generics.ListAPIView):
    authentication_classes, permission_classes, pagination_class = (), (), None
    renderer_classes = (renderers.JSONRenderer,)
    serializer_class = Whole

    def get_queryset(self) -> Any:
        spans = StandingSpan.objects.filter(span_covers(ON)).select_related("recognition")
        products = Product.objects.filter(is_published=True, is_demo=False).order_by("public_id")
        joined = products.select_related("producer", "commune_now", "unit__parent").defer("unit__boundary", "commune_now__boundary")
        return joined.prefetch_related(Prefetch("standing_spans", queryset=spans, to_attr="span"))[:100]
