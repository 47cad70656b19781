"""Where templates begin and end, as MediaWiki sees it, and what it takes for their fields.

This follows the preprocessor of MediaWiki 1.43 (`Preprocessor_Hash::buildDomTreeArrayFromText`) step by step:
tables, HTML tags and external links don't keep a `|` together, links and some extensions' tags do, and a
heading's line hides a `}}`. Comments, and what shows only where a page is included, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

_EXTENSIONS = (
    *("nowiki", "pre", "gallery", "ref", "references", "math", "chem", "ce", "poem", "syntaxhighlight", "source"),
    *("score", "hiero", "timeline", "graph", "imagemap", "mapframe", "maplink", "templatedata", "templatestyles"),
    *("inputbox", "indicator", "categorytree", "section", "languages", "langconvert"),
)
"""Tags of extensions, inside of which nothing is looked at. (A wiki without the extension sees plain text.)"""

DEEPEST = 100
"""How deep in each other MediaWiki still expands braces ($wgMaxPPExpandDepth)."""

_CLOSING = {"{": "}", "[": "]", "-{": "}-", "\n": "\n"}
_NAMES = "|".join((*_EXTENSIONS, "includeonly", "/?noinclude", "/?onlyinclude"))
_TAG = re.compile(rf"<(!--|(?:{_NAMES})(?=\s|/>|>))", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:<!--(?>.*?-->)[ \t]*+)++", re.DOTALL)

Content = list["str | Braces"]


@dataclass
class Part:
    """What stands between two pipes; `equals` is the place in `content` of the sign that ends its name."""

    content: Content = field(default_factory=list)
    equals: int | None = None


@dataclass(eq=False, repr=False)
class Braces:
    """A template (`count` is 2) or a parameter (3): its parts, the first of which is its name, and its place."""

    count: int
    parts: list[Part]
    start: int
    end: int


@dataclass
class _Piece:
    """Something open: braces, brackets, or (a line break) a line that may be a heading.

    Only braces have a content of their own. All else is plain text in the end, closed or not: it goes into the content
    around it at once, so that nothing is copied again for each of thousands that stand in each other.
    """

    opening: str
    closing: str
    count: int
    start: int
    prefix: str = ""
    parts: list[Part] = field(default_factory=lambda: [Part()])

    def unclosed(self) -> Content:
        """The content of braces that were never closed, as plain text."""
        content: Content = [self.prefix + self.opening * self.count]
        for number, part in enumerate(self.parts):
            content += ["|", *part.content] if number else part.content
        return content


def parse(text: str) -> Content:
    """The text as plain text and braces, which may hold more of the same."""
    return _Preprocessor(text).content()


def opaque(text: str) -> Iterator[tuple[int, int]]:
    """Where braces stand, comments, elements of extensions, and what shows only where the page is included."""
    preprocessor = _Preprocessor(text)
    yield from ((one.start, one.end) for one in preprocessor.content() if isinstance(one, Braces))
    yield from preprocessor.unread


def shown(content: Content) -> str:
    """The source of a content without comments. No recursion: people nest braces as deep as they like."""
    pieces: list[str] = []
    left = content[::-1]
    while left:
        one = left.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        left.append("}" * one.count)
        for number, part in reversed(list(enumerate(one.parts))):
            left += [*part.content[::-1], "|" if number else "{" * one.count]
    return "".join(pieces)


def all_braces(content: Content) -> Iterator[Braces]:
    """All braces in a content in the order of their beginnings, those inside others too, down to `DEEPEST`."""
    left = [(one, 1) for one in content[::-1]]
    while left:
        one, depth = left.pop()
        if isinstance(one, Braces):
            yield one
            if depth < DEEPEST:
                left += [(inner, depth + 1) for part in one.parts[::-1] for inner in part.content[::-1]]


class _Preprocessor:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._root: Content = []
        self._stack: list[_Piece] = []
        self._unclosed: set[str] = set()
        self.unread: list[tuple[int, int]] = []

    def content(self) -> Content:
        self._open_heading()
        while self._at < len(self._text) or self._closing == "\n":
            search = _search(self._closing, pipe=self._finds_pipe, equals=self._finds_equals)
            found = search.search(self._text, self._at)
            start, self._at = self._at, found.start() if found else len(self._text)
            self._add(self._text[start : self._at])
            self._step(self._text[self._at : self._at + 1])
        return self._root + [one for piece in self._stack if piece.opening == "{" for one in piece.unclosed()]

    @property
    def _closing(self) -> str:
        return self._stack[-1].closing if self._stack else ""

    @property
    def _part(self) -> Part:
        return self._stack[-1].parts[-1]

    @property
    def _finds_pipe(self) -> bool:
        return bool(self._stack) and self._stack[-1].opening not in ("\n", "[")

    @property
    def _finds_equals(self) -> bool:
        return self._finds_pipe and len(self._stack[-1].parts) > 1 and self._part.equals is None

    @property
    def _content(self) -> Content:
        return self._part.content if self._stack else self._root

    def _add(self, one: str | Braces) -> None:
        if one != "":
            self._content.append(one)

    def _begin(self, opening: str, count: int, start: int, prefix: str = "") -> None:
        """Open something; whatever is no braces shares the content that it stands in."""
        parts = [Part() if opening == "{" else Part(self._content)]
        self._stack.append(_Piece(opening, _CLOSING[opening], count, start, prefix, parts))

    def _step(self, character: str) -> None:
        two = self._text[self._at : self._at + 2]
        if character in ("", "\n"):
            self._break_line()
        elif character == "|":
            self._pipe()
        elif character == "=":
            self._part.equals = len(self._part.content)
            self._add("=")
            self._at += 1
        elif character == "<":
            self._tag()
        elif self._closing in (character, two):
            self._close(self._closing)
        elif two == "-{" or character in ("{", "["):
            self._open(two if two == "-{" else character)
        else:
            self._add(character)
            self._at += 1

    def _pipe(self) -> None:
        """Begin another part: of braces a field, of all else only what an equals sign may stand in."""
        if self._stack[-1].opening == "{":
            self._stack[-1].parts.append(Part())
        else:
            self._add("|")
            self._stack[-1].parts.append(Part(self._content))
        self._at += 1

    # --- Lines

    def _break_line(self) -> None:
        """End a heading before the line break, which may then begin another; or begin one after it."""
        if self._closing == "\n":
            self._stack.pop()
        elif self._at < len(self._text):
            self._add("\n")
            self._at += 1
            self._open_heading()

    def _open_heading(self) -> None:
        signs = _run("=", self._text, self._at, 6)
        if signs and not (signs == 1 and self._finds_equals):
            self._add("=" * signs)
            self._begin("\n", signs, self._at)
            self._at += signs

    # --- Braces and brackets

    def _open(self, opening: str) -> None:
        count = _run(opening[-1], self._text, self._at + len(opening) - 1) + len(opening) - 1
        prefix, start = "", self._at
        self._at += count
        if opening == "-{" and count > 2:
            opening, prefix, start, count = "{", "-", start + 1, count - 1
        if opening != "{" or count < 2:
            self._add(prefix + opening[:-1] + opening[-1] * (count - len(opening) + 1))
        if count >= 2:
            self._begin(opening, count, start, prefix)

    def _close(self, closing: str) -> None:
        piece = self._stack[-1]
        most = min(piece.count, 3 if closing == "}" else 2)
        count = 2 if closing == "}-" else _run(closing, self._text, self._at, most)
        if count < 2:
            self._add(closing)
            self._at += 1
            return
        self._at += count
        if piece.opening == "{":
            self._stack.pop()
            self._reopen(piece, piece.count - count)
            self._add(Braces(count, piece.parts, piece.start + piece.count - count, self._at))
        else:
            self._add(closing * (2 // len(closing)))
            piece.count -= count
            if piece.count < 2:
                self._stack.pop()

    def _reopen(self, piece: _Piece, left: int) -> None:
        """What is left of a run of opening braces after some of them were closed."""
        if left >= 2:
            self._begin("{", left, piece.start, piece.prefix)
        elif left == 1 and piece.prefix:
            self._add("-{")
            self._begin("-{", 2, piece.start - 1)
        else:
            self._add(piece.prefix + "{" * left)

    # --- Tags and comments

    def _tag(self) -> None:
        found = _TAG.match(self._text, self._at)
        if found and found[1] == "!--":
            self._comments()
            return
        end = self._text.find(">", found.end()) if found else -1
        if not found or end < 0:
            self._add("<")
            self._at += 1
            return
        name = found[1].lower()
        if name.lstrip("/") in ("noinclude", "onlyinclude"):
            self._at = end + 1
            return
        start, self._at = self._at, self._end_of_element(name, end)
        self.unread.append((start, self._at))
        if name != "includeonly":
            self._add(self._text[start : self._at])

    def _end_of_element(self, name: str, end: int) -> int:
        """Where an element ends whose opening tag ends with that `>`: after its closing tag, if it has one."""
        if self._text[end - 1] != "/" and name not in self._unclosed:
            closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._text, end + 1)
            if closing:
                return closing.end()
            if name == "includeonly":
                return len(self._text)
            self._unclosed.add(name)
        return end + 1

    def _comments(self) -> None:
        """Leave out comments in a row; with their whole line, where nothing else stands on that."""
        found = _COMMENTS.match(self._text, self._at)
        self.unread.append((self._at, found.end() if found else len(self._text)))
        if not found:  # unclosed: it runs to the end
            self._at = len(self._text)
            return
        before = self._at
        while before and self._text[before - 1] in " \t":
            before -= 1
        self._at = found.end()
        if self._text[self._at : self._at + 1] == "\n" == self._text[before - 1 : before]:
            content = self._content
            if content and isinstance(content[-1], str):
                content[-1] = content[-1].rstrip(" \t")
            self._at += 1
            self._open_heading()
        else:
            self._add(re.sub(r"(?s)<!--.*?-->", "", found[0]))


@cache
def _search(closing: str, *, pipe: bool, equals: bool) -> re.Pattern[str]:
    """The next place where something may begin or end."""
    closings = {"}": r"\}(?=\})", "]": r"\](?=\])", "}-": r"\}(?=-)", "\n": r"\n", "": r"\n(?==)"}
    ends = [closings[closing], *["\\|"] * pipe, *["="] * equals]
    return re.compile("|".join([r"\{(?=\{)", r"\[(?=\[)", r"-(?=\{)", _TAG.pattern, r"\n(?==)", *ends]), re.IGNORECASE)


def _run(character: str, text: str, start: int, most: int | None = None) -> int:
    """How often a character is repeated from that place on."""
    end = len(text) if most is None else min(len(text), start + most)
    at = start
    while at < end and text[at] == character:
        at += 1
    return at - start
