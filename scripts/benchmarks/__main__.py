"""scripts/bench [NAME...] [--json FILE]: measure, print, and write the figures as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.month import month
from benchmarks.scale import scale

BENCHMARKS: dict[str, Callable[[], dict[str, Any]]] = {"month": month, "scale": scale}


def main() -> int:
    """Run the named benchmarks, or all; returns the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; default: all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    figures = {}
    for name in options.names or BENCHMARKS:
        print(f"{name} …", file=sys.stderr)
        figures[name] = BENCHMARKS[name]()
        for case, values in figures[name].items():
            print(f"{name} {case}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
