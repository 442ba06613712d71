"""What is true of a product on a date: makers, products, stars, and what the public reports of them."""

from ocop.register.models.intake import IntakeBatch, IntakeLayout, IntakeMend, IntakeMove, IntakeRow
from ocop.register.models.producer import LegalFormSpan, Producer, ProducerClaim, ProducerLink, ProducerPerson
from ocop.register.models.product import Award, Photo, Price, Product, ProductCode, TourismSite, Variant
from ocop.register.models.recognition import Recognition, StandingSpan
from ocop.register.models.report import Report, ReporterContact, ReportMove

__all__ = [
    "Award",
    "IntakeBatch",
    "IntakeLayout",
    "IntakeMend",
    "IntakeMove",
    "IntakeRow",
    "LegalFormSpan",
    "Photo",
    "Price",
    "Producer",
    "ProducerClaim",
    "ProducerLink",
    "ProducerPerson",
    "Product",
    "ProductCode",
    "Recognition",
    "Report",
    "ReportMove",
    "ReporterContact",
    "StandingSpan",
    "TourismSite",
    "Variant",
]
