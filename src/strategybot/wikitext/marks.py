"""Wikitext with the people in it marked: user templates and links give way to marks, and the rest to plain words.

What is left can be read line by line: list markers, headings and tables stand as they did.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from strategybot.model.page import Title
from strategybot.wikitext.preprocessor import Braces, Content, parse, shown
from strategybot.wikitext.references import unescape

MARK = re.compile("\ue000(\\d+)\ue001")
"""Where somebody is named: the number is the place in `Marked.names`."""

_NAMING_ONE = frozenset(
    {"u", "user", "user link", "user-link", "userlink", "userlinks", "ul", "user0", "user1", "user2", "user3", "usr"}
    | {"ut", "usertalk", "user talk", "mention", "@", "hello", "participant", "admin", "benutzer", "benutzerin"}
    | {"utilisateur", "utilisatrice", "usuario", "usuaria", "usuário", "utente", "gebruiker", "участник", "користувач"}
    | {"مستخدم", "مستخدمة", "用户", "使用者"}
)
_NAMING_MANY = frozenset({"noping", "no ping", "ping", "reply to", "replyto", "reply", "re", "yo", "notify", "нп"})
_STRIKING = frozenset({"strike", "strikethrough", "strike out", "struck", "s", "st", "stricken"})
_SIGNS = {"!": "|", "=": "=", "·": " · ", "•": " • ", "spaced ndash": " – ", "snd": " – ", "ndash": "–", "mdash": "—"}
_USER = (
    "user|user talk|benutzer|benutzerin|benutzer diskussion|benutzerin diskussion|utilisateur|utilisatrice"
    "|discussion utilisateur|discussion utilisatrice|usuario|usuaria|usuario discusión|usuaria discusión"
    "|usuário|usuária|usuário\\(a\\)|discussão usuário\\(a\\)|utente|discussioni utente|gebruiker|overleg gebruiker"
    "|wikipedysta|wikipedystka|użytkownik|użytkowniczka|dyskusja wikipedysty|участник|участница|обсуждение участника"
    "|користувач|користувачка|обговорення користувача|مستخدم|مستخدمة|نقاش المستخدم|نقاش المستخدمة|کاربر|بحث کاربر"
    "|משתמש|משתמשת|שיחת משתמש|利用者|利用者・トーク|用户|用戶|使用者|用户讨论|使用者討論|사용자|사용자토론|kullanıcı"
    "|användare|användardiskussion|bruker|brukerdiskusjon|bruger|käyttäjä|keskustelu käyttäjästä|suradnik|корисник"
    "|usor|usuari|usuària|uzanto|felhasználó|szerkesztő|wikipedista|wikipedistka|utilizator|χρήστης|pengguna|thành viên"
    "|ผู้ใช้|सदस्य|ব্যবহারকারী|mtumiaji|lietotājs|naudotojas|lankytojas|kasutaja|потребител|уд[зс]ельнік|mtumiaji"
)
"""The namespaces of users and of their talk pages in many languages: a movement's rosters aren't in English alone."""

_PREFIX = (
    r"(?:(?!talk|template|category|help|file|image|project|special|mediawiki|module|portal|draft)[a-z-]{1,20}:){0,2}"
)
_USER_LINK = re.compile(rf"\s*:?\s*{_PREFIX}\s*(?:{_USER})\s*:(?P<name>[^/#]+)", re.IGNORECASE)
_CONTRIBUTIONS = re.compile(
    rf"\s*:?\s*{_PREFIX}\s*special\s*:\s*(?:contributions|contribs|centralauth|emailuser)/(?P<name>[^/#]+)",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[\[([^\[\]\n|]{0,600})(\|[^\[\]\n]{0,600})?\]\]")
_URL = re.compile(
    r"\[?(?:https?:)?//[\w.-]{1,100}/wiki/(?P<page>[^\s\[\]<>{}|,;]{1,400})(?P<rest>(?:\s[^\[\]\n]{0,300})?\])?"
)
_SILENT = re.compile(
    r"\s*(?:category|kategorie|catégorie|categoría|تصنيف|file|image|datei|fichier|archivo|ملف)\s*:", re.I
)
_OPAQUE = re.compile(
    r"<(ref|pre|gallery|math|syntaxhighlight|source|templatestyles|templatedata)\b(?>[^<>]*)(?<!/)>", re.I
)
_TAGS = re.compile(r"<(/?)([a-z]+)\b((?>[^<>]*))>", re.IGNORECASE)
_STRUCK = frozenset({"s", "del", "strike"})
_THIS_PAGE = re.compile(r":?\s*\{\{\s*(?:FULL|SUB|BASE)?PAGENAME\s*\}\}(/.+)", re.DOTALL)
_PARTICIPANTS = "participants"
_LONGEST_TARGET = 1000
_DEEPEST = 20
"""How deep in each other templates are looked through for people."""

_NOWIKI_END = re.compile(r"</nowiki\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&#?\w{1,40};")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffd\ue000-\uf8ff]")


@dataclass
class Marked:
    """A text with marks for the accounts that it names, and the pages of rosters that it transcludes.

    Such a page is `/Subpage`, or a full title.
    """

    text: str = ""
    names: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def mark(self, names: Iterable[str], otherwise: str = "") -> str:
        """Marks for these names; what can't be an account stays as plain words."""
        marks = []
        for name in names:
            given = Title(linked_account(name) or unescape(name)).text
            if is_account(given):
                marks.append(f"\ue000{len(self.names)}\ue001")
                self.names.append(given)
            elif name.strip():
                marks.append(otherwise or name.strip())
        return ", ".join(marks)


def marked(text: str) -> Marked:
    """The text with marks. Who is struck out has left, and is left out."""
    found = Marked()
    text = _without_struck(re.sub("[\ue000-\uf8ff]", "", text))
    found.text = _worded(_linked(_flat(parse(text), found, 0), found))
    return found


def is_account(name: str) -> bool:
    """Whether an account can be called that; a dash with spaces around it parts a name from what is said of it."""
    about = re.search(r"[/@:]|''|\s[-–—]\s|^\d{1,3}(\.\d{1,3}){3}$|^[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}$", name)
    return Title(name).legal and not about and not _INVISIBLE.search(name) and len(name.encode()) <= 235


def _without_struck(text: str) -> str:
    """The text without what is struck out: up to the closing tag, or to the line's end where there is none."""
    tags = [tag for tag in _TAGS.finditer(text) if tag[2].lower() in _STRUCK or "line-through" in tag[3].lower()]
    names = {tag[2].lower() for tag in tags if not tag[1]}
    ends = {name: [tag for tag in _TAGS.finditer(text) if tag[1] and tag[2].lower() == name] for name in names}
    starts = {name: [tag.start() for tag in closing] for name, closing in ends.items()}
    kept, at = [], 0
    for tag in tags:
        if tag[1] or tag.start() < at:
            continue
        name = tag[2].lower()
        number = bisect_right(starts[name], tag.start())
        line = text.find("\n", tag.end())
        end = ends[name][number].end() if number < len(starts[name]) else line if line >= 0 else len(text)
        kept.append(text[at : tag.start()])
        at = end
    return "".join(kept) + text[at:]


# --- Templates ---


def _flat(content: Content, found: Marked, depth: int) -> str:
    pieces = []
    for one in content:
        if isinstance(one, str):
            pieces.append(one)
        elif one.count == 2:
            pieces.append(_template(one, found, depth))
    return "".join(pieces)


def _template(template: Braces, found: Marked, depth: int) -> str:
    """What stands for a template: marks, or the text of those fields that name somebody."""
    name = " ".join(shown(template.parts[0].content).replace("_", " ").split())
    if page := _page(name):
        found.pages.append(page)
        return ""
    if name in _SIGNS and len(template.parts) == 1:
        return _SIGNS[name]
    short = re.sub(r"^:?\s*template\s*:\s*", "", name, flags=re.IGNORECASE).casefold()
    if short in _STRIKING:
        return ""
    if short in _NAMING_ONE or short in _NAMING_MANY:
        given = _numbered(template)
        many = sorted(given) if short in _NAMING_MANY else [1] if 1 in given else []
        return found.mark(given[number] for number in many)
    if user := _USER_LINK.match(name):
        return found.mark([user["name"]])
    return _fields(template, found, depth)


def _numbered(template: Braces) -> dict[int, str]:
    """The values of a template's numbered fields, as plain text."""
    values: dict[int, str] = {}
    count = 0
    for part in template.parts[1:]:
        if part.equals is None:
            count += 1
            values[count] = _value(part.content)
        elif re.fullmatch(r"\s*[1-9]\d?\s*", key := shown(part.content[: part.equals])):
            values[int(key)] = _value(part.content[part.equals + 1 :])
    return values


def _value(content: Content) -> str:
    pieces = (
        _SIGNS.get(shown(one.parts[0].content).strip(), "") if isinstance(one, Braces) else one for one in content
    )
    return "".join(pieces).strip()


def _fields(template: Braces, found: Marked, depth: int) -> str:
    """Of another template, what its fields say where they name somebody: it may stand around a list."""
    texts = []
    for part in template.parts[1:] if depth < _DEEPEST else ():
        count = len(found.names)
        text = _linked(_flat(part.content[0 if part.equals is None else part.equals + 1 :], found, depth + 1), found)
        if len(found.names) > count:
            texts.append(text.strip())
    joint = "\n" if any("\n" in text or text.startswith(("*", "#")) for text in texts) else ", "
    return (joint if joint == "\n" else "") + joint.join(texts)


def _page(name: str) -> str:
    """The page of a roster that a template call of that name transcludes, empty where it is a template."""
    if own := _THIS_PAGE.fullmatch(name):
        return own[1]
    if name.casefold() == _PARTICIPANTS:
        return f"/{_PARTICIPANTS.capitalize()}"
    if name.startswith("/") and "{" not in name:
        return name
    return name[1:].strip() if name.startswith(":") and "{" not in name and len(name) > 1 else ""


# --- Links and the rest ---


def _linked(text: str, found: Marked) -> str:
    """The text with marks for links to users, and with the words of all others."""

    def replaced(link: re.Match[str]) -> str:
        target, label = link[1], (link[2] or "")[1:]
        if linked_account(target):
            return found.mark([target], label or target)
        return "" if _SILENT.match(target) else label.split("|")[-1] or target.lstrip(":")

    def named(address: re.Match[str]) -> str:
        page = address["page"].rstrip(".:!?")
        while page.endswith(")") and page.count(")") > page.count("("):
            page = page[:-1].rstrip(".:!?")
        if not linked_account(unquote(page)):
            return address[0]
        after = address["page"][len(page) :] + (address["rest"] or "")
        return found.mark([unquote(page)], page) + ("" if address["rest"] else after)

    text = _URL.sub(named, text) if "//" in text else text
    for _ in range(3):  # a picture's caption holds links
        text = _LINK.sub(replaced, text)
    return text


def linked_account(target: str) -> str:
    """The account that a link with this target is about; empty where it is about something else."""
    plain = " ".join(unescape(target[:_LONGEST_TARGET]).replace("_", " ").split())
    link = _USER_LINK.match(plain) or _CONTRIBUTIONS.match(plain)
    return link["name"].strip() if link else ""


def _worded(text: str) -> str:
    """The text without tags; line breaks are commas, as list items they are lines."""
    text = _without_nowiki(text)
    if _OPAQUE.search(text):
        text = re.sub(rf"(?is){_OPAQUE.pattern}.*?(?:</\1\s*>|\Z)", "", text)
    text = re.sub(r"(?i)<br(?>[^<>]*)>", ", ", text)
    text = re.sub(r"(?i)<li\b(?>[^<>]*)>", "\n* ", text)
    text = re.sub(r"(?i)</?(?:ul|ol|li|p|div)\b(?>[^<>]*)>", "\n", text)
    return re.sub(r"[^\S\n]+", " ", _ENTITY.sub(_character, _TAGS.sub("", text)))


def _without_nowiki(text: str) -> str:
    """The text with what stands in <nowiki> as plain words."""
    pieces = re.split(r"(?i)<nowiki>", text)
    plain = []
    for piece in pieces[1:]:
        inside, end, after = _NOWIKI_END.sub("\x00", piece, count=1).partition("\x00")
        plain.append(re.sub(r"[\[\]{}|]", "", inside) + after if end else piece)
    return pieces[0] + "".join(plain)


def _character(entity: re.Match[str]) -> str:
    """The character that an entity stands for; never one that marks are made of."""
    return re.sub("[\ue000-\uf8ff]", "", unescape(entity[0]))
