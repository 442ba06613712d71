"""All checks together."""

from collections.abc import Iterator
from pathlib import Path

from tools.house.code import check_actions, check_clock, check_pure, check_signals, check_unsafe, check_web_writes
from tools.house.findings import Finding, sources
from tools.house.names import check_names
from tools.house.sizes import check_sizes
from tools.house.templates import check_scripts, check_templates

ROOT = Path(__file__).resolve().parents[2]
PYTHON_CHECKS = (check_sizes, check_unsafe, check_web_writes, check_clock, check_pure, check_signals, check_actions)
TREE_CHECKS = (check_names, check_templates, check_scripts)


def findings(root: Path) -> Iterator[Finding]:
    """Every finding of every check over the tree at `root`."""
    files = sources(root)
    for check in PYTHON_CHECKS:
        yield from check(files)
    for tree_check in TREE_CHECKS:
        yield from tree_check(root)
