"""Templates and scripts: what a strict Content-Security-Policy would refuse, and what would put unescaped text on a page."""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.house.findings import Finding

SCRIPT_LINES = 150
RULES = (
    (re.compile(r"<[^<>]*\sstyle\s*=", re.S), "an inline style; give it a class"),
    (re.compile(r"<style[\s>]"), "an inline style sheet; put it into static/"),
    (re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=[\"']application/(?:ld\+)?json[\"'])[^>]*>"), "an inline script; put it into static/"),
    (re.compile(r"<[^<>]*\son[a-z]{3,}\s*=", re.S), "an inline handler; bind it by a data- attribute"),
    (re.compile(r"\|\s*safe(?:seq)?\b"), "`|safe` puts unescaped text on the page"),
    (re.compile(r"\{%\s*autoescape\s+off"), "`autoescape off` puts unescaped text on the page"),
    (re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.I), "a javascript: address"),
    (re.compile(r"\{#(?:(?!#\}).)*\n", re.S), "a {# comment #} over several lines is printed; use {% comment %}"),
)
_VENDORED = "vendor"


def check_templates(root: Path) -> Iterator[Finding]:
    """Every template of `ocop` against the rules above. Text mails have no tags and pass by themselves."""
    for path in sorted((root / "ocop").glob("**/templates/**/*")):
        if path.suffix not in {".html", ".svg", ".xml", ".txt"}:
            continue
        text = path.read_text(encoding="utf-8")
        for pattern, sentence in RULES:
            for match in pattern.finditer(text):
                yield Finding(path.relative_to(root).as_posix(), text.count("\n", 0, match.start()) + 1, sentence)


def check_scripts(root: Path) -> Iterator[Finding]:
    """One behaviour a script, at most 150 lines; vendored files stand in a `vendor` folder and are left alone."""
    for path in sorted((root / "ocop").glob("**/static/**/*.js")):
        if _VENDORED in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        name, lines = path.relative_to(root).as_posix(), text.count("\n")
        if lines > SCRIPT_LINES:
            yield Finding(name, 1, f"has {lines} lines; one behaviour a file (at most {SCRIPT_LINES})")
        for match in re.finditer(r"\beval\s*\(|new Function\s*\(|\.innerHTML\s*=|document\.write\s*\(", text):
            yield Finding(name, text.count("\n", 0, match.start()) + 1, f"{match[0].strip('( =')} turns text into code or markup")
