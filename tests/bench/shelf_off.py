"""The site with its shelf of kept pages off: every page is made anew. `tests.bench.shelf_off:application`."""

from config.wsgi import application
from ocop.web.kit.middleware.public_pages import SHELF

SHELF.limit = 0

__all__ = ["application"]
