"""Who is named in a few words: accounts by links and templates, others by plain names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from strategybot.model.minutes import Named
from strategybot.reading.vocabulary import Vocabulary
from strategybot.wikitext.pieces import SIGN, Pieced
from strategybot.wikitext.plain_names import AND, BRACKET, is_name

_BETWEEN = re.compile(rf"\s*[,;&+،؛]\s*(?:{AND}\s+)?|\s*/\s*|\s+{AND}\s+|\s+و(?=\w)", re.IGNORECASE)
_SIGNS = re.compile(SIGN)
_SAID_OF = re.compile(r"\s+[-–—]+\s+|\s*[–—(（:]")
_MOST, _LONGEST = 8, 200


@dataclass(frozen=True)
class Names:
    """How names are told from other words: `known` are the people who may be meant (in small letters, first names too).

    Where `listed` isn't set nobody says who was there, and a name is whatever looks like one.
    """

    pieced: Pieced
    words: Vocabulary
    known: frozenset[str] = frozenset()
    listed: bool = False

    def all_in(self, text: str, *, told: bool = False, plain: bool = True) -> tuple[Named, ...]:
        """The people whom a text names if it does nothing else, else nobody.

        `told`: other words say that names stand here, whoever that may be. Without `plain` those alone are names who
        are known.
        """
        if len(text) > _LONGEST:
            return ()
        parts = [part for part in _BETWEEN.split(text.strip(" '\"“”.:")) if part]
        found = [self._one(part.strip(" '\""), told=told, plain=plain) for part in parts]
        return tuple(name for names in found for name in names) if all(found) and len(found) <= _MOST else ()

    def first_in(self, text: str) -> tuple[Named, ...]:
        """Those whom an entry of a list of people is about: the accounts in it, or the name that it begins with."""
        accounts = tuple(Named(name, True) for piece in self.pieced.pieces_in(text) for name in piece.accounts)
        if accounts:
            return accounts
        start = _SAID_OF.split(text.strip(" '\""), maxsplit=1)[0]
        parts = [part.strip(" '.") for part in _BETWEEN.split(start) if part]
        names = parts if len(parts) > 2 or not re.search("[,;/]", start) else parts[:1]
        return tuple(Named(name) for name in names[:100] if is_name(name))

    def listed_in(self, text: str) -> tuple[Named, ...]:
        """Those whom a line lists, one after the other."""
        parts = re.split(rf"[,;،؛]|\s+{AND}\s+", BRACKET.sub(" ", text))
        return tuple(name for part in parts[:100] for name in self.first_in(part))

    def of(self, text: str) -> tuple[str, Names]:
        """Another text with signs for its pieces, and how names are told there."""
        pieced = Pieced(text)
        return pieced.text, replace(self, pieced=pieced)

    def _one(self, part: str, *, told: bool, plain: bool) -> tuple[Named, ...]:
        bare = part.removeprefix("@").strip()
        if _SIGNS.fullmatch(bare):
            return tuple(Named(name, True) for name in self.pieced.piece(bare).accounts)
        looks = is_name(bare) and not _SIGNS.search(bare) and not self._is_no_name(bare)
        known = bare.casefold() in self.known
        at = bare != part
        return (Named(bare),) if known or (looks and (told or at or (plain and not self.listed))) else ()

    def _is_no_name(self, words: str) -> bool:
        return bool(self.words.pattern("«no-name»|«nothing»|«action»|«decision»").match(words))


def known_people(names: Collection[str]) -> frozenset[str]:
    """The names by which people may be called: whole, and the first part of each."""
    whole = {" ".join(name.casefold().split()) for name in names}
    return frozenset(whole | {name.split()[0] for name in whole if name}) - {""}
