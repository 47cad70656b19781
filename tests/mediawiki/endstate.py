"""What stands on a wiki in the end, to be compared with what should.

That is the texts of all pages but for the numbers of revisions and times (which page was changed last is a matter of
times as well), and how often the bot has posted what.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.committee import BOT
from throwaway import ThrowawayWiki

POST = "#post "
"""What stands in the summary of a post before its key."""

_NAMESPACES = (0, 1, 2, 3)
_NUMBERS = re.compile(r"(revision=|time=|post=|seen=|PermanentLink/|quoted before: )[\dTZ:u -]+")
_SIGNED = re.compile(r"\d\d:\d\d, \d+ \w+ \d{4} \(UTC\)")
_LAST_CHANGE = re.compile(r"(\{\{Steering group/Status\|)[^}]*")


@dataclass(frozen=True)
class EndState:
    """What stands on a wiki: the texts of its pages by their titles, and how often the bot has posted what."""

    texts: Mapping[str, str]
    posts: Mapping[str, int]

    @classmethod
    def of(cls, wiki: ThrowawayWiki) -> EndState:
        """The state of a wiki."""
        texts = {title: timeless(text) for title, text in _texts(wiki)}
        saved = wiki.call(action="query", list="usercontribs", ucuser=BOT, ucprop="comment", uclimit="max")
        summaries = [contribution["comment"] for contribution in saved["query"]["usercontribs"]]
        return cls(texts, Counter(text.rpartition(POST)[2] for text in summaries if POST in text))

    def doubles(self, other: EndState) -> int:
        """How many posts this state has that the other hasn't."""
        return (Counter(self.posts) - Counter(other.posts)).total()

    def lost(self, other: EndState) -> int:
        """How many words of the other this state has lost."""
        return (_words(other.texts) - _words(self.texts)).total()

    def __sub__(self, other: EndState) -> str:
        """Where two states differ, for whoever has to find out why."""
        titles = sorted(self.texts.keys() | other.texts.keys())
        pairs = [(title, self.texts.get(title, ""), other.texts.get(title, "")) for title in titles]
        told = [f"{title}:\n{here}\n--- and not ---\n{there}" for title, here, there in pairs if here != there]
        return "\n".join([*told, *([f"{self.posts} and not {other.posts}"] if self.posts != other.posts else [])])


def _texts(wiki: ThrowawayWiki) -> Iterator[tuple[str, str]]:
    for namespace in _NAMESPACES:
        where = {"generator": "allpages", "gapnamespace": namespace, "gaplimit": "max"}
        answer = wiki.call(action="query", **where, prop="revisions", rvprop="content", rvslots="main")
        for page in answer.get("query", {}).get("pages", ()):
            yield page["title"], page["revisions"][0]["slots"]["main"]["content"]


def timeless(text: str) -> str:
    """A text without the numbers of revisions and times."""
    return _SIGNED.sub("N", _LAST_CHANGE.sub(r"\1N", _NUMBERS.sub(r"\1N", text)))


def _words(texts: Mapping[str, str]) -> Counter[tuple[str, str]]:
    return Counter((title, word) for title, text in texts.items() for word in text.split())
