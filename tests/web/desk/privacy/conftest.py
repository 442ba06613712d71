"""The cast and somebody whose data are everywhere, before the desk."""

from tests.privacy.conftest import bird, files, other
from tests.web.desk.register.conftest import cast, sign_in

__all__ = ["bird", "cast", "files", "other", "sign_in"]
