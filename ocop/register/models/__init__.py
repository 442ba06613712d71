"""What is true of a product on a date: makers, products, stars, and what the public reports of them."""

from ocop.register.models.answer import StandingAnswer
from ocop.register.models.feed import CalendarFeed
from ocop.register.models.intake import IntakeBatch, IntakeLayout, IntakeMend, IntakeMove, IntakeRow
from ocop.register.models.merge import DistinctPair, Merge
from ocop.register.models.producer import LegalFormSpan, Producer, ProducerClaim, ProducerLink, ProducerPerson
from ocop.register.models.product import Award, Photo, Price, Product, ProductCode, TourismSite, Variant
from ocop.register.models.recognition import Recognition, StandingSpan
from ocop.register.models.renewal import LateDecision, RenewalCall, RenewalFiling, RenewalLetter
from ocop.register.models.report import Report, ReporterContact, ReportMove

__all__ = [
    "Award",
    "CalendarFeed",
    "DistinctPair",
    "IntakeBatch",
    "IntakeLayout",
    "IntakeMend",
    "IntakeMove",
    "IntakeRow",
    "LateDecision",
    "LegalFormSpan",
    "Merge",
    "Photo",
    "Price",
    "Producer",
    "ProducerClaim",
    "ProducerLink",
    "ProducerPerson",
    "Product",
    "ProductCode",
    "Recognition",
    "RenewalCall",
    "RenewalFiling",
    "RenewalLetter",
    "Report",
    "ReportMove",
    "ReporterContact",
    "StandingAnswer",
    "StandingSpan",
    "TourismSite",
    "Variant",
]
