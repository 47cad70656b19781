"""Two renderings of a page compared: the real one, and its twin, in which every untrusted text is one of the TOKENS.

All that isn't such a text has to be the same in both. A spot is what stands in a token's place: anything within its
element for BLOCK and INLINE (but only harmless elements), words alone for FIELD and HEADING.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

BLOCK, INLINE, HEADING, FIELD = TOKENS = ("Qblock", "Qinline", "Qheading", "Qfield")

PROPERTIES = (
    "text", "sections", "categories", "langlinks", "templates", "images", "properties", "indicators", "displaytitle",
    "modules", "headhtml",
)  # fmt: skip
"""What is asked of MediaWiki about a page."""

_SAME = ("categories", "langlinks", "templates", "images", "properties", "indicators", "modules", "modulestyles")
_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
_IN_LINE = {
    *("a", "b", "i", "u", "s", "del", "ins", "em", "strong", "sub", "sup", "small", "big", "code", "kbd", "var", "q"),
    *("abbr", "cite", "br"),
}
_IN_BLOCK = _IN_LINE | {"p", "ul", "ol", "li", "dl", "dt", "dd", "pre", "hr"}
_LINK_CLASSES = {"external", "free", "text", "autonumber", "new", "extiw", "mw-redirect"}
_LINK = re.compile(
    "/wiki/|/index\\.php\\?title=|#"
    "|(https?|ftps?|sftp|ircs?|gopher|telnet|nntp|worldwind|svn|git|mms|ssh|redis)://"
    "|(mailto|news|tel|sms|sip|sips|xmpp|bitcoin|magnet|urn|geo|matrix):"
)
"""Where a harmless link may lead: to what MediaWiki takes for an address by default, but `//`."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


@dataclass
class Element:
    """An element of HTML with what is in it; neighbouring texts are one."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text() for one in self.inside)


class _Reader(HTMLParser):
    """Reads HTML that is properly nested, as MediaWiki's always is."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"</{tag}> in the wrong place"

    def handle_data(self, data: str) -> None:
        inside = self.open[-1].inside
        if inside and isinstance(inside[-1], str):
            inside[-1] += data
        else:
            inside.append(data)

    def handle_comment(self, data: str) -> None:
        self.open[-1].inside.append(Element("!", {"": data}))


def tree(html: str) -> Element:
    """The elements of some HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].name}> isn't closed"
    return reader.open[0]


def differences(page: Mapping[str, Any], twin: Mapping[str, Any]) -> str:
    """What `action=parse` says differently of a page and of its twin, outside of the spots; empty where all is well."""
    return "\n".join(_differences(page, twin))


def _differences(page: Mapping[str, Any], twin: Mapping[str, Any]) -> list[str]:
    found = [f"{name}: {page[name]} for {twin[name]}" for name in _SAME if page[name] != twin[name]]
    found += _unlike("title", page["displaytitle"], twin["displaytitle"])
    if len(page["sections"]) != len(twin["sections"]):
        found.append(f"{len(page['sections'])} sections for {len(twin['sections'])}")
    for section, other in zip(page["sections"], twin["sections"], strict=False):
        for name in ("level", "number", "line", "index"):
            found += _unlike(f"section's {name}", section[name], other[name])
    return [*found, *_compared(tree(page["text"]), tree(twin["text"]), "")]


def _compared(element: Element, twin: Element, place: str) -> Iterator[str]:
    place = f"{place}/{twin.name}"
    if element.name != twin.name or element.attributes.keys() != twin.attributes.keys():
        yield f"{place}: {_shown(element)} for {_shown(twin)}"
        return
    for name, value in twin.attributes.items():
        yield from _unlike(f"{place}@{name}", element.attributes[name], value)
    words = twin.text().strip()
    if words in (BLOCK, INLINE) and "lang" in twin.attributes:
        yield from faults(element, inline=words == INLINE)
        return
    inside, others = _joined(element), _joined(twin)
    if len(inside) != len(others):
        yield f"{place}: {' '.join(map(_shown, inside))} for {' '.join(map(_shown, others))}"
        return
    for one, other in zip(inside, others, strict=True):
        if isinstance(one, Element) and _links_to_a_token(other) and one.attributes.keys() == {"href"}:
            continue  # what begins with a hash is a link to a part of the page itself
        if isinstance(one, Element) and isinstance(other, Element):
            yield from _compared(one, other, place)
        elif isinstance(one, str) and (isinstance(other, str) or _links_to_a_token(other)):
            # What can't be a title makes no link: the words stand there alone.
            yield from _unlike(place, one, other if isinstance(other, str) else FIELD)
        else:
            yield f"{place}: {_shown(one)} for {_shown(other)}"


def _joined(element: Element) -> list[Element | str]:
    """What is in an element, without mere blanks, and without a heading's second anchor (in an older spelling)."""
    inside = [one for one in element.inside if not isinstance(one, str) or one.strip()]
    second = re.fullmatch("h[1-6]", element.name) and len(inside) > 1 and _is_anchor(inside[0])
    return inside[1:] if second else inside


def _is_anchor(one: Element | str) -> bool:
    return isinstance(one, Element) and one.name == "span" and one.attributes.keys() == {"id"} and not one.inside


def _links_to_a_token(one: Element | str) -> bool:
    return isinstance(one, Element) and one.name == "a" and FIELD in one.attributes.get("title", "")


def _unlike(place: str, text: str, twin: str) -> Iterator[str]:
    """The difference of two texts, if there is one beside the tokens."""
    pattern = rf"({'|'.join(TOKENS)})(_\d+)?"  # the anchor of a second heading with the same words has a number
    expected = re.sub(pattern, ".*", re.escape(" ".join(twin.split())), flags=re.IGNORECASE)
    if not re.fullmatch(expected, " ".join(text.split()), re.DOTALL):
        yield f"{place}: {text[:200]!r} for {twin[:200]!r}"


def faults(spot: Element, *, inline: bool) -> Iterator[str]:
    """What there may not be within a spot."""
    allowed = _IN_LINE if inline else _IN_BLOCK
    for one in spot.inside:
        if isinstance(one, str):
            if _UNSEEN.search(one):
                yield f"in a spot: {one[:200]!r}"
            continue
        if one.name not in allowed or not _is_harmless(one):
            yield f"in a spot: {_shown(one)}"
        yield from faults(one, inline=inline)


def _is_harmless(element: Element) -> bool:
    given = element.attributes
    if element.name != "a":
        return not given or (element.name in ("li", "p") and given.get("class") == "mw-empty-elt")
    return (
        given.keys() <= {"href", "title", "class", "rel", "target"}
        and set(given.get("class", "").split()) <= _LINK_CLASSES
        and ("href" not in given or bool(_LINK.match(given["href"])))
        and not _UNSEEN.search(given.get("title", ""))
    )


def _shown(one: Element | str) -> str:
    if isinstance(one, str):
        return repr(one[:100])
    attributes = "".join(f" {name}={value[:60]!r}" for name, value in one.attributes.items())
    return f"<{one.name}{attributes}>{one.text()[:60]!r}"
