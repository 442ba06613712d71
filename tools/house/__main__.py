"""`python -m tools.house`: every check over the checkout; prints the findings and fails when there is one."""

import sys

from tools.house.run import ROOT, findings


def main() -> int:
    found = sorted(findings(ROOT))
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
