"""What the register's desk shows."""

from ocop.web.desk.register.pages.producers import (
    claim_rows,
    commune_with_key,
    may_open,
    own_claims,
    producer_desk,
    producer_typed,
    producers_kept,
)
from ocop.web.desk.register.pages.products import (
    PER_PAGE,
    Preview,
    ProductChoice,
    packs,
    preview,
    product_desk,
    product_head,
    product_rows,
    products_kept,
    rightful_authority,
    set_hints,
)
from ocop.web.desk.register.pages.reports import may_answer, report_desk, reports_in_order

__all__ = [
    "PER_PAGE",
    "Preview",
    "ProductChoice",
    "claim_rows",
    "commune_with_key",
    "may_answer",
    "may_open",
    "own_claims",
    "packs",
    "preview",
    "producer_desk",
    "producer_typed",
    "producers_kept",
    "product_desk",
    "product_head",
    "product_rows",
    "products_kept",
    "report_desk",
    "reports_in_order",
    "rightful_authority",
    "set_hints",
]
