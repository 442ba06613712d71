"""Which producers, and which products, may be written down twice. Product decision: an officer decides, these rules only point."""

from ocop.register.rules.duplicates.names import bare_name, own_part, unaccented, within
from ocop.register.rules.duplicates.pairs import MOST_ALIKE, Pair
from ocop.register.rules.duplicates.producers import ProducerSigns, producer_pairs
from ocop.register.rules.duplicates.products import ProductSigns, product_pairs

__all__ = [
    "MOST_ALIKE",
    "Pair",
    "ProducerSigns",
    "ProductSigns",
    "bare_name",
    "own_part",
    "producer_pairs",
    "product_pairs",
    "unaccented",
    "within",
]
