"""scripts/bench [NAME...] [--part PART] [--json FILE]: measure, print, and write the figures as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.faults import faults
from benchmarks.history import history
from benchmarks.merge import CHANGES, merge
from benchmarks.month import month
from benchmarks.relay import relay
from benchmarks.scale import scale

BENCHMARKS: dict[str, Callable[[float | None], dict[str, Any]]] = {
    "month": lambda _: month(),
    "scale": lambda _: scale(),
    "merge": lambda part: merge(round(CHANGES * (part or 1))),
    "faults": lambda part: faults(part or 0.02),
    "history": lambda _: history(),
    "relay": relay,
}
"""What can be measured, given how much of it there shall be, where it is long."""


def main() -> int:
    """Run the named benchmarks, or all; returns the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; default: all")
    parser.add_argument(
        "--part",
        type=float,
        metavar="PART",
        help="how much of the long ones, up to 1 (default: merge and relay 1, faults 0.02)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    figures = {}
    for name in options.names or BENCHMARKS:
        print(f"{name} …", file=sys.stderr)
        figures[name] = BENCHMARKS[name](options.part)
        parts = {f"{name} {case}": values for case, values in figures[name].items() if isinstance(values, dict)}
        for case, values in (parts or {name: figures[name]}).items():
            print(f"{case}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
