"""What a check returns, and the files it reads, parsed once."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PYTHON_ROOTS = ("ocop", "config", "tools", "tests")
ROOMS = ("core", "records", "places", "people", "papers", "register", "supply", "market", "evaluation", "programme", "privacy")


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule, with the sentence a person reads."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands, its text, its syntax tree."""

    root: Path
    path: str  # from the root, with /

    @cached_property
    def text(self) -> str:
        return (self.root / self.path).read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.removesuffix(".py").split("/"))

    @property
    def kind(self) -> str:
        """The file kind by ARCHITECTURE: `actions` for both `actions.py` and `actions/renewal.py`; empty outside a room."""
        if self.parts[0] != "ocop":
            return ""
        depth = 2 if self.parts[1] != "web" else 4 if self.parts[2:3] == ("desk",) and len(self.parts) > 4 else 3
        return self.parts[depth] if len(self.parts) > depth else ""

    def finding(self, node: ast.AST, sentence: str) -> Finding:
        return Finding(self.path, getattr(node, "lineno", 1), sentence)

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


PythonCheck = Callable[[list[Source]], Iterator[Finding]]


def sources(root: Path) -> list[Source]:
    """Every Python file of ours; migrations are written by Django and left out."""
    paths = (path for name in PYTHON_ROOTS for path in sorted((root / name).rglob("*.py")))
    return [Source(root, path.relative_to(root).as_posix()) for path in paths if not {"migrations", "__pycache__"} & set(path.parts)]


def called_name(call: ast.Call) -> str:
    """The last word of what is called: `save` for `product.save()`, `mark_safe` for `mark_safe(x)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
