"""axe on a Playwright page: every finding of WCAG 2.2 A and AA is a failure, said with the rule and the places."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _script() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def axe_findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line a rule. Goes through the debugger, so the page's policy stays strict."""
    page.evaluate(_script())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES)
    return [f"{one['id']}: {one['help']} at {', '.join(str(node['target']) for node in one['nodes'][:4])}" for one in found]


def assert_axe_clean(page: Page) -> None:
    """Fails with axe's findings."""
    page.wait_for_load_state("load")  # a click that navigates may have left half a document
    findings = axe_findings(page)
    assert not findings, f"{page.url}:\n" + "\n".join(findings)
