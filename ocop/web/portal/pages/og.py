"""How a page shows itself when somebody shares its address (Open Graph)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import get_language

TITLE_LIMIT, DESCRIPTION_LIMIT = 95, 200


@dataclass(frozen=True, slots=True)
class OpenGraph:
    """`url` and `image` are whole addresses of this site, never of the Host a request claims."""

    title: str
    description: str
    url: str
    image: str
    language: str


def open_graph(request: HttpRequest, title: str, description: str) -> OpenGraph:
    """Title and description cut to what services show."""
    return OpenGraph(
        title=_cut(title, TITLE_LIMIT),
        description=_cut(description, DESCRIPTION_LIMIT),
        url=f"{settings.SITE_URL}{request.path}",
        image=f"{settings.SITE_URL}{static('portal/img/og.png')}",
        language=get_language() or "vi",
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
