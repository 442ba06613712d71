"""Copies of the real products until there are as many as asked, with their stars: `python -m tests.bench.grow 1000`."""

import os
import sys

import django


def grow(wanted: int) -> None:
    """The copies are no demo rows, so that they stand in every list and count."""
    from ocop.register.models import Product, StandingSpan  # noqa: PLC0415 (settings first)

    real = list(Product.objects.filter(is_demo=False).order_by("pk"))
    spans: dict[int, list[StandingSpan]] = {}
    for span in StandingSpan.objects.filter(product__in=real):
        spans.setdefault(span.product_id, []).append(span)
    copies, origins = [], []
    for n in range(wanted - len(real)):
        origin = real[n % len(real)]
        facts = {field.attname: getattr(origin, field.attname) for field in Product._meta.concrete_fields if field.name != "id"}
        copies.append(Product(**{**facts, "public_id": f"BK{2000 + n}"}))
        origins.append(origin.pk)
    made = Product.objects.bulk_create(copies)
    StandingSpan.objects.bulk_create(
        StandingSpan(
            **{f.attname: getattr(span, f.attname) for f in StandingSpan._meta.concrete_fields if f.name not in ("id", "product")},
            product=copy,
        )
        for copy, origin in zip(made, origins, strict=True)
        for span in spans.get(origin, [])
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    grow(int(sys.argv[1]))
