"""A page's life, made up: what the bot renders and what people change, in words that tell who wrote them.

The bot's words are b1, b2, …, people's h1, h2, …; each is used once, so that it can be followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

_COMMON = (
    "the a we of and to met draft in on for with our their group team plan page people report about before next month "
    "still again many few each other"
)
_OWN = re.compile(r"\b[bh]\d+\b")


def own_words(text: str, whose: str = "bh") -> frozenset[str]:
    """The words in a text that somebody wrote, of the bot (b), of people (h), or of both."""
    return frozenset(word for word in _OWN.findall(text) if word[0] in whose)


def _source(group: str, words: str) -> str:
    """Where words come from: other words are from another revision."""
    return f"{{{{Source|group={group}|revision={sum(map(ord, words))}}}}}"


class Chronicle:
    """What groups file, as the bot renders it, and what people do to the page.

    `kin` has for each of the bot's words all that ever stood in its sentence.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0
        self._order = [f"Group {number}" for number in range(random.randint(2, 6))]
        self._said: dict[str, list[list[str]]] = {}
        self._needs: list[tuple[str, str]] = []
        self.kin: dict[str, set[str]] = {}
        for _ in range(4):
            self.file()

    def _word(self, whose: str) -> str:
        self._count += 1
        return f"{whose}{self._count}"

    def _sentence(self) -> str:
        """Three to nine words, at most a third of them common: no two sentences are half alike."""
        words = [self._word("b") for _ in range(self._random.randint(3, 9))]
        for place in self._random.sample(range(len(words)), self._random.randint(0, len(words) // 3)):
            words[place] = self._random.choice(_COMMON.split())
        self._related(words)
        return " ".join(words) + "."

    def _related(self, words: Iterable[str]) -> None:
        """Take the words for those of one sentence, with what stood in it before."""
        own = {word for word in words if _OWN.fullmatch(word)}
        own |= {other for word in own for other in self.kin.get(word, ())}
        for word in own:
            self.kin[word] = own

    # --- What the bot renders

    def file(self) -> None:
        """A group files, changes or withdraws something."""
        chance = self._random.random()
        if chance < 0.35 or not self._said:
            paragraphs = range(self._random.randint(1, 3))
            self._said[self._random.choice(self._order)] = [
                [self._sentence() for _ in range(self._random.randint(1, 4))] for _ in paragraphs
            ]
        elif chance < 0.7:
            self._change(self._random.choice(self._random.choice(list(self._said.values()))), whole=chance < 0.6)
        elif chance < 0.8:
            self._said.pop(self._random.choice(list(self._said)))
        elif chance < 0.95 or not self._needs:
            self._needs.append((self._random.choice(self._order), self._sentence()))
        else:
            self._needs.pop(self._random.randrange(len(self._needs)))

    def _change(self, paragraph: list[str], *, whole: bool) -> None:
        """A sentence is written anew, or one of its words."""
        place = self._random.randrange(len(paragraph))
        before = paragraph[place].removesuffix(".").split(" ")
        words = list(before)
        words[self._random.randrange(len(words))] = self._word("b")
        paragraph[place] = self._sentence() if whole else " ".join(words) + "."
        self._related([*before, *paragraph[place].removesuffix(".").split(" ")])

    def filings(self) -> dict[str, dict[str, str]]:
        """What stands in each group's update, by its fields; nothing where it has filed none or withdrawn it."""
        filings: dict[str, dict[str, str]] = {group: {} for group in self._order}
        for group, paragraphs in self._said.items():
            filings[group]["progress"] = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
        for group, need in self._needs:
            filings[group]["needs"] = f"{filings[group].get('needs', '')}* {need}\n"
        return filings

    def render(self) -> str:
        """The bot's page, in the manner of an agenda."""
        lines = [f"{{{{Agenda|planned={3 * len(self._said)}}}}}", "", "== {{Heading|reports|id=reports}} =="]
        for group in self._order:
            state = "filed" if group in self._said else "missing"
            lines += [f"=== {group} ===", f"{{{{Report|group={group}|state={state}}}}}"]
            if group in self._said:
                paragraphs = "\n\n".join(" ".join(paragraph) for paragraph in self._said[group])
                lines += ['<div lang="en" dir="ltr">', *paragraphs.split("\n"), "</div>", _source(group, paragraphs)]
            lines.append("")
        lines.append("== {{Heading|needs|id=needs}} ==")
        lines += [f"* {need} {_source(group, need)}" for group, need in self._needs]
        return "\n".join([*lines, "", "{{Footer|x}}"])

    # --- What people do

    def edit(self, text: str) -> str:
        """The page after somebody's edit."""
        lines = text.split("\n")
        written = [number for number, line in enumerate(lines) if _OWN.search(line)]
        chance = self._random.random()
        if chance < 0.55 and written:
            return self._reword(lines, self._random.choice(written))
        if chance < 0.7:
            note = " ".join(self._word("h") for _ in range(self._random.randint(1, 5)))
            lines.insert(self._random.randint(0, len(lines)), note)
        elif chance < 0.78 and written:
            del lines[self._random.choice(written)]
        elif chance < 0.85:
            section = ["", f"== {self._word('h')} ==", f"{self._word('h')} {self._word('h')}", ""]
            place = self._random.randrange(len(lines))
            lines[place:place] = section
        elif chance < 0.9 and written:
            line = lines.pop(self._random.choice(written))
            lines.insert(self._random.randint(0, len(lines)), line)
        elif chance < 0.95:
            lines.insert(0, f"{{{{Top|{self._word('h')}}}}}")
        else:
            lines.append(f"[[Category:{self._word('h')}]]")
        return "\n".join(lines)

    def _reword(self, lines: list[str], number: int) -> str:
        """One word is replaced, added or taken out."""
        words = lines[number].split(" ")
        place = self._random.randrange(len(words))
        if not re.search(r"[{}*|=<>\[\]]", words[place]):
            chance = self._random.random()
            if chance < 0.4:
                words[place] = self._word("h") + "." * words[place].endswith(".")
            elif chance < 0.7 and not words[place].endswith("."):
                words.insert(place + 1, self._word("h"))
            elif len(words) > 4 and not words[place].endswith("."):
                del words[place]
        lines[number] = " ".join(words)
        return "\n".join(lines)
