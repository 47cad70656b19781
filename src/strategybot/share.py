"""Where the files are that travel with the code: templates/, wikiconfig/ and i18n/."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def share(name: str) -> Path:
    """The folder of that name: beside `src/` in a checkout, inside the package where it was installed from a wheel."""
    packed = _HERE / "_share" / name
    return packed if packed.is_dir() else _HERE.parents[1] / name
