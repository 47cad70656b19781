"""Making text from the wiki safe to show again, in a given place of a page.

Everything that acts on a wiki is written as character references, which show and do nothing; only what is
recognised as harmless stays as it was written: links, emphasis, lists, line breaks and a few HTML tags that
are closed on their line. So what nobody thought of is inert, not let through. Nothing but comments and control
characters is left out, and those first: what stood on both sides of them is looked at together.

The rules are MediaWiki's (1.43): its preprocessor, `Parser::internalParse`, `doTableStuff`, `doQuotes` and
`handleInternalLinks`, and the pre-save transformation. Source: the tests render a table of hostile values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from strategybot.model.page import Title
from strategybot.wikitext.media import MEDIA
from strategybot.wikitext.references import REFERENCE, character, unescape

_TAGS = "b|i|u|s|del|ins|em|strong|sub|sup|small|big|code|kbd|var|q|abbr|cite"
_URL = r"https?://(?:(?!'')[^\s\[\]<>\"|{}])+"
_MAGIC = r"\b(?-i:R(?=FC)|P(?=MID)|I(?=SBN))(?=[A-Z]+(?:\s|&nbsp;|&\#0*160;|&\#x0*a0;)+\d)"
"""The first letter of what becomes a link by itself on some wikis, with a category for the page: RFC 2822."""
_SWITCH = r"_{2,}|_(?=[^\s_]+_)|＿{2,}"
"""The start of what may switch something: __TOC__, on a Welsh wiki _HIDDENCAT_, on a Japanese one ＿＿目次＿＿."""

_NAMING_ONE = "u|ul|user|user link|userlink"
_NAMING_MANY = "ping|reply to|replyto|re|noping|no ping"
_TOKEN = re.compile(
    r"<nowiki>(?P<nowiki>(?:(?!<nowiki>).)*?)</nowiki>"
    rf"|\{{\{{\s*(?:(?P<one>{_NAMING_ONE})|{_NAMING_MANY})\s*\|(?P<names>[^\[\]{{}}<>=\n]+)\}}\}}"
    r"|\[\[(?!https?://)(?P<target>[^\[\]{}|<>\n]+)(?:\|(?P<label>[^\[\]\n]*))?\]\]"
    rf"|\[(?P<url>{_URL})(?:[ \t]+(?P<caption>[^\[\]\n]+))?\]"
    rf"|(?P<bare>{_URL})"
    r"|(?P<break><br\s*/?>)"
    rf"|<(?P<closing>/?)(?P<tag>{_TAGS})>"
    r"|(?P<quotes>'{2,})"
    rf"|(?P<entity>{REFERENCE})"
    rf"|(?P<magic>{_MAGIC})"
    r"|(?P<tildes>~{3,})"
    rf"|(?P<underscores>{_SWITCH})"
    r"|(?P<special>[\[\]{}<])",
    re.IGNORECASE,
)
_OPENS = re.compile(r"<nowiki>|(?P<alone>(?<=\n) *)?(?P<comment><!--)", re.IGNORECASE)
_CLOSES = {False: re.compile("</nowiki>", re.IGNORECASE), True: re.compile("-->")}
_END_OF_LINE = re.compile(r" *\n")

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, strip markers among them
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates reach beyond their spot; marks (LRM, RLM) don't
    "\u2028\u2029\ud800-\udfff\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)

_PLAIN_NAMESPACES = frozenset(
    {"talk", "user", "user talk", "project", "project talk", "wikipedia", "meta", "help", "help talk", "template"}
    | {"template talk", "special", "mediawiki", "m", "w", "c", "d", "s", "n", "b", "q", "v", "wikt", "voy", "mw"}
    | {"commons", "wikidata", "phab", "foundation", "wmf", "species", "incubator", "outreach"}
)
"""Prefixes of targets that make a plain link on every wiki: neither category nor file nor a language's code."""

_COMPOSING = re.compile("[\u1160-\u11ff]")
"""Letters of Hangul that become one with the letter before them. Marks are found by their category."""

_JOINER = "&#8288;"
"""It isn't seen, and keeps apart what is on its sides."""

_LINE_START = re.compile(r"^(?P<space>\s*)(?P<first>[=|!])")

_LIST = re.compile(r"^[*#:;]{11,}")
"""More levels of a list than anybody means; MediaWiki makes elements of all of them."""

_MARKUP = re.compile(
    rf"{_MAGIC}"
    r"|[\[\]{}<>|=]|&(?=#?\w+;)|'(?=')|(?<=')'|^'|'$|~(?=~)|(?<=~)~|^[*#:;!-]|(?<=:)/(?=/)"
    r"|_(?=_)|(?<=_)_|_(?=[^\s_]+_)|＿(?=＿)|(?<=＿)＿"
    r"|(?<=\bnews):(?=\S)|(?<=\b(?:geo|sip|sms|tel|urn)):(?=\S)|(?<=\b(?:sips|xmpp)):(?=\S)"
    r"|(?<=\b(?:magnet|mailto|matrix)):(?=\S)|(?<=\bbitcoin):(?=\S)",
    re.IGNORECASE,
)


def block(text: str) -> str:
    """Text for lines of its own in a page's body: paragraphs, lists, links and emphasis stay."""
    lines = _prepared(text).strip("\n").split("\n")
    made = "\n".join(_LINE_START.sub(_escape_first, _LIST.sub(_escape_list, _line(line))) for line in lines)
    return _apart(made.strip())


def inline(text: str) -> str:
    """Text for a place within a line: links and emphasis stay, line breaks become spaces."""
    line = _line(" ".join(_prepared(text).split()))
    return _apart(re.sub(r"^[*#:;=|!-]", lambda first: _reference(first[0]), line))


def argument(text: str) -> str:
    """Text within a line that a field of a template holds: as `inline`, and no pipe in it ends the field."""
    return _LINK_OR_PIPE.sub(lambda found: found[0] if found["link"] else "{{!}}", inline(text))


def given_back(value: str) -> str:
    """What `argument` was given, as it reads in a field where pipes stand: without what only keeps signs apart."""
    return re.sub(r"<nowiki ?/>", "", value)


def plain(text: str) -> str:
    """Text without any markup, every character as it is: for headings, labels and fields of templates."""
    return _apart(_MARKUP.sub(lambda character: _reference(character[0]), " ".join(clean(text).split())))


def heading(text: str) -> str:
    """The same for a heading. MediaWiki makes its anchor of the bare characters, and then reads `-{` and `}-` in it.

    (Where the wiki's language has variants, and with all the page between two such anchors.)
    """
    return re.sub("(?<=-|;)(?=&#123;)|(?<=&#125;)(?=-|&#45;)", _JOINER, plain(text))


def summary(text: str) -> str:
    """Text for an edit summary: no links (a link to a user would notify them), no section comment, one line."""
    return re.sub(r"\[(?=\[)|\{(?=\{)|~(?=~~)|/(?=\*)|&(?=#?\w+;)", r"\g<0> ", " ".join(clean(text).split()))


def cut(text: str, longest: int) -> str:
    """The text, or its beginning up to a word's end where it has more than `longest` characters."""
    if len(text) <= longest:
        return text
    kept = text[:longest]
    inside_word = not text[longest].isspace() and re.search(r"\S\s+\S", kept)
    return (kept.rsplit(None, 1)[0] if inside_word else kept).rstrip()


_LINK_OR_PIPE = re.compile(r"(?P<link>\[\[[^\[\]]*\]\])|\|")

_REFUSED = "<nowiki/>"
"""What keeps a refused address from being a link. Nothing that people type is written so: theirs has a blank."""


def without_links(text: str, refused: Iterable[str]) -> str:
    """The text with every URL shown inert that contains one of these words (as a spam list names what it refuses)."""
    words = [re.escape(re.sub(r"^https?://", "", word)) for word in refused if word]
    if not words:
        return text
    url = rf"(https?):(?=//[^\s\[\]<>\"|]*(?:{'|'.join(words)}))"
    return re.sub(url, rf"\1{_REFUSED}:", text, flags=re.IGNORECASE)


def inert_links(text: str) -> list[str]:
    """The addresses, without their schemes, that `without_links` has made inert in a text, each as often as there."""
    return re.findall(rf"https?{_REFUSED}://([^\s\[\]<>\"|]+)", text, re.IGNORECASE)


def clean(text: str) -> str:
    """The text without control characters and without those that turn the direction of what follows, composed (NFC)."""
    without = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return unicodedata.normalize("NFC", without)


def _prepared(text: str) -> str:
    """The text without control characters and comments. What is left of a `<!--` is no comment any more.

    As on a wiki, a comment that is alone on its line takes the line with it, and none begins within <nowiki>.
    """
    text = clean(text)
    kept: list[str] = []
    at = look = 0
    endless: set[bool] = set()
    while opening := _OPENS.search(text, look):
        comment = opening["comment"] is not None
        closing = None if comment in endless else _CLOSES[comment].search(text, opening.end())
        look = closing.end() if closing else opening.end()
        if closing is None:
            endless.add(comment)
        elif comment:
            line = _END_OF_LINE.match(text, look) if opening["alone"] is not None else None
            kept.append(text[at : opening.start() if line else opening.start("comment")])
            at = look = line.end() if line else look
    return "".join((*kept, text[at:]))


def _apart(made: str) -> str:
    """The text with a mark at its start as a reference: else it would become one with our `=` or `>` before it."""
    first = made[:1]
    joins = first and (unicodedata.category(first).startswith("M") or _COMPOSING.match(first))
    return _reference(first) + made[1:] if joins else made


def _line(text: str, *, links: bool = True) -> str:
    """One line made safe. Tags and quotes that aren't closed on it are shown as they were typed."""
    tokens = list(_TOKEN.finditer(text))
    paired = _paired_tags(tokens)
    quotes = _quotes_balance(tokens)
    parts: list[str] = []
    end = 0
    for number, token in enumerate(tokens):
        parts.append(text[end : token.start()])
        parts.append(_safe(token, keep=number in paired or (quotes and not token["tag"]), links=links))
        end = token.end()
    return "".join((*parts, text[end:]))


def _safe(token: re.Match[str], *, keep: bool, links: bool) -> str:
    """A token as it may be written. None is written as nothing, so that no two others come together."""
    kind = token.lastgroup
    if kind in ("label", "caption"):
        kind = "target" if token["target"] else "url"
    if kind in ("one", "names") and not links:
        return _shown(token)
    write: dict[str, Callable[[re.Match[str]], str]] = {
        "nowiki": lambda found: _inert(found["nowiki"]) or "<nowiki />",
        "names": _mention,
        "target": _link if links else _shown,
        "url": _external if links else _shown,
        "bare": lambda found: _address(found[0]) + _end_of_url(found, quoted=keep) * links,
        "break": lambda _: "<br>",
        "tag": lambda found: found[0] if keep else _shown(found),
        "quotes": lambda found: found[0] if keep else _shown(found),
        "entity": _entity,
        "magic": lambda found: _reference(found[0]),
    }
    return write.get(kind or "", _shown)(token)


def _paired_tags(tokens: list[re.Match[str]]) -> set[int]:
    """The places of the tags that are opened and closed on this line, properly nested."""
    paired: set[int] = set()
    opened: list[tuple[str, int]] = []
    for number, token in enumerate(tokens):
        if token["tag"] and not token["closing"]:
            opened.append((token["tag"].lower(), number))
        elif token["tag"] and opened and opened[-1][0] == token["tag"].lower():
            paired |= {opened.pop()[1], number}
    return paired


def _quotes_balance(tokens: list[re.Match[str]]) -> bool:
    """Whether every italic and bold on the line is closed, so that MediaWiki has nothing to guess."""
    italic = bold = False
    for run in (token["quotes"] for token in tokens if token["quotes"]):
        if len(run) not in (2, 3, 5):
            return False
        italic ^= len(run) in (2, 5)
        bold ^= len(run) in (3, 5)
    return not italic and not bold


def _link(found: re.Match[str]) -> str:
    """An internal link, with a colon in front where its target could be a category, a file or a language."""
    target = unquote(unescape(found["target"])).replace("_", " ")
    bare = target.strip().lstrip(":").strip()
    legal = clean(bare) == bare and Title(bare.replace("#", " ")).legal and not bare.startswith("//")
    if not legal or found["label"] == "" or _names_media(bare):
        return _shown(found)
    prefix, colon, _ = bare.partition("#")[0].partition(":")
    unknown = bool(colon) and " ".join(prefix.lower().split()) not in _PLAIN_NAMESPACES
    label = "" if found["label"] is None else f"|{_line(found['label'], links=False)}"
    return f"[[{':' if unknown or target.strip().startswith(':') else ''}{_inert_title(bare)}{label}]]"


def _names_media(target: str) -> bool:
    """Whether a link is to a file itself, in any language: it counts as a use of it even with a colon in front."""
    prefixes = target.casefold().split(":")[:-1]
    return any(" ".join(prefix.split()) in MEDIA for prefix in prefixes)


def _mention(found: re.Match[str]) -> str:
    """Users named by one of the well-known templates, as links: {{u|Ada}}, {{u|Ada|her label}}, {{ping|Ada|Bo}}."""
    given = [name.strip() for name in found["names"].split("|")]
    names, label = (given[:1], given[1] if len(given) > 1 else "") if found["one"] else (given, "")
    if not all(Title(name).legal and clean(name) == name and not re.search("[/@:]", name) for name in names):
        return _shown(found)
    links = [f"[[User:{_inert_title(name.replace('_', ' '))}|{plain(label or name)}]]" for name in names]
    return ("" if found["one"] else "@") + ", ".join(links)


def _inert_title(title: str) -> str:
    return title.replace("&", "&amp;").replace("''", "&#39;&#39;").replace("__", " ")


def _external(found: re.Match[str]) -> str:
    caption = f" {_line(found['caption'], links=False)}" if found["caption"] else ""
    return f"[{_address(found['url'])}{caption}]"


def _end_of_url(found: re.Match[str], *, quoted: bool) -> str:
    """What keeps a URL within text apart from a reference behind it, which MediaWiki would take for a part of it."""
    follows = found.string[found.end() : found.end() + 1]
    return "<nowiki />" if follows in tuple("[]{}") or (follows == "'" and not quoted) else ""


def _address(url: str) -> str:
    """A URL in which nothing acts: signatures and magic words are expanded in URLs too."""
    quoted = re.sub(r"~(?=~)|(?<=~)~|_(?=_)|(?<=_)_", lambda found: f"%{ord(found[0]):02X}", url)
    return re.sub(REFERENCE, _entity, quoted)


def _entity(found: re.Match[str]) -> str:
    """A character reference as written, or shown as typed where it stands for a character that isn't let through."""
    stands_for = character(found[0])
    return found[0] if stands_for and clean(stands_for) == stands_for else f"&amp;{found[0][1:]}"


def _shown(found: re.Match[str]) -> str:
    return _inert(found[0])


def _inert(text: str) -> str:
    """Every character of the text as it is, with none of them acting; character references stay."""
    return re.sub(
        rf"(?P<entity>{REFERENCE})|{_MAGIC}|[\[\]{{}}<>|'~_＿=:&*#;!-]",
        lambda found: _entity(found) if found["entity"] else _reference(found[0]),
        text,
    )


def _escape_first(found: re.Match[str]) -> str:
    return found["space"] + _reference(found["first"])


def _escape_list(found: re.Match[str]) -> str:
    return "".join(map(_reference, found[0]))


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
