"""Templates of the busiest pages, with everything that never changes settled once per language.

A page of a hundred words, icons and fixed addresses spends most of its time looking up what it found a moment ago. Here the
tags that have only literal arguments (`translate`, `icon`, `static`, `art`, `url`) are rendered into the template's text before
it is compiled; literal includes and the blocks of the parents are put in their places. The source stays an ordinary template
and the output is the same, which a test compares. What this cannot do is refused: blocks inside a child's blocks, `block.super`.
"""

import re
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Template, TemplateSyntaxError, engines
from django.utils.translation import get_language

_LITERAL = r"""\s+(?:"[^"]*"|'[^']*')"""
_SETTLED = re.compile(rf"""{{%\s*(?:translate|icon|static|art|url)(?:{_LITERAL})+\s*%}}""")
_INCLUDE = re.compile(r"""{%\s*include\s+"([^"]+)"\s*%}""")
_EXTENDS = re.compile(r"""\A\s*{%\s*extends\s+"([^"]+)"\s*%}""")
_BLOCK = re.compile(r"{%\s*block\s+(\w+)\s*%}((?:(?!{%\s*block\s).)*?){%\s*endblock(?:\s+\w+)?\s*%}", re.DOTALL)  # the innermost ones
_END = re.compile(r"{%\s*endblock(?:\s+\w+)?\s*%}")
_LOAD = re.compile(r"{%\s*load\s+[^%]*%}")


def render_frozen(name: str, context: dict[str, Any]) -> str:
    """As `render_to_string(name, context)` without a request's context processors."""
    return _frozen(name, get_language() or "").render(Context(context))


@lru_cache(maxsize=64)
def _frozen(name: str, _language: str) -> Template:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own backend has one
    return engine.from_string(_SETTLED.sub(lambda tag: _settled(engine, tag[0]), _joined(engine, name, {})))


def _joined(engine: Engine, name: str, blocks: dict[str, str]) -> str:
    """The source of a template and its parents as one; `blocks` are those of its children, who win."""
    source = _whole(engine, name)
    if parent := _EXTENDS.match(source):
        own = dict(_BLOCK.findall(source))
        if "block.super" in source or len(own) != len(_END.findall(source)):
            raise TemplateSyntaxError(f"{name} nests or repeats blocks, or asks for its parent's, so it cannot be frozen")
        return "".join(_LOAD.findall(source)) + _joined(engine, parent[1], own | blocks)
    while _BLOCK.search(source):
        source = _BLOCK.sub(lambda block: blocks.get(block[1], block[2]), source)
    return source


def _whole(engine: Engine, name: str) -> str:
    """A template's source with its literal includes in their places."""
    source: str = engine.get_template(name).source
    return _INCLUDE.sub(lambda found: _whole(engine, found[1]), source)


def _settled(engine: Engine, tag: str) -> str:
    """What the tag says in this language."""
    return engine.from_string(f"{{% load i18n static %}}{tag}").render(Context())
