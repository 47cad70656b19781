"""A wiki's namespaces: between its own spelling of titles and the canonical one, which is English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strategybot.model.page import Title


@dataclass(frozen=True)
class Namespaces:
    """`names` maps every name and alias in lower case to the canonical one, `numbers` that one to its number."""

    names: Mapping[str, str]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, siteinfo: Mapping[str, Any]) -> Namespaces:
        """From the `namespaces` and `namespacealiases` of a wiki's siteinfo."""
        spaces = siteinfo["namespaces"].values()
        canonical = {space["id"]: space.get("canonical", space["name"]) for space in spaces}
        names = {space["name"].lower(): canonical[space["id"]] for space in spaces}
        names |= {alias["alias"].lower(): canonical[alias["id"]] for alias in siteinfo["namespacealiases"]}
        names |= {name.lower(): name for name in canonical.values()}
        return cls(names, {name: number for number, name in canonical.items()})

    def title(self, text: str) -> Title:
        """The title that the wiki writes so, with the canonical name of its namespace."""
        namespace, rest = self._parts(text)
        return Title(f"{namespace}:{rest}" if namespace else rest)

    def split(self, title: Title) -> tuple[int, str]:
        """The number of a title's namespace, and the rest of the title."""
        namespace, rest = self._parts(title.text)
        return self.numbers[namespace], rest

    def _parts(self, text: str) -> tuple[str, str]:
        name, colon, rest = text.partition(":")
        namespace = self.names.get(name.strip().lower(), "") if colon else ""
        return (namespace, rest.strip()) if namespace else ("", text)
