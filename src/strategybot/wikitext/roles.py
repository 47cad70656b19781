"""Words for roles, in the languages in which people keep rosters: who coordinates, who is a member, who has left."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum

_COORDINATOR = re.compile(
    r"(?:co-?|ko-?)?(?:co-?ordi[nñ]\w*|coördin\w*|koordin\w*|koordyn\w*|координ\w*)(?:[-*:·./(]+\w{1,6}\)?)*"
    r"|(?:ال)?(?:منس[قّ]\w*|تنسيق)|[协協][调調]\w{0,2}|קואורדינט\w*|מתאמ?\w*"
)
_PLURAL = re.compile(
    r"(?:co-?)?(?:coordinators|co-ordinators|coordinat(?:eurs|rices)\w*|coordinador[ae]s|coördinatoren"
    r"|koordinator\w*?(?:en|innen)|координатор[иы])|(?:ال)?منسق(?:ون|ين|ات|ي|و)"
)
_MEMBERS = re.compile(
    r"members?|membership|participants?|participant\W?e\W?s|people|team|roster|attendees|membres?|équipe|participantes?"
    r"|mitglied(?:er)?|teilnehm\w*|personen|miembr[oa]s?|integrantes?|equipo|personas|(?:ال)?(?:أعضاء|عضو|مشارك\w*|فريق)"
    r"|учасни\w*|участни\w*|члени?|成员|成員|membri|leden|deelnemers|membros"
)
_GONE = re.compile(
    r"former(?:ly)?|past|previous(?:ly)?|ex|ex-\w+|anciens?|anciennes?|précédente?s?|ehemalig\w*|früher\w*|vorherig\w*"
    r"|antigu[oa]s?|anterior(?:es)?|exmiembros|exintegrantes|ex(?:co-?ordin|koordin)\w*|(?:ال)?سابق\w*|колишн\w*|бывш\w*"
    r"|left|retired|resigned|ended|emerit\w*|émérites?"
    r"|ausgeschieden\w*|zurückgetreten\w*|ausgetreten\w*|démissionn\w+|retraitée?s?|sortante?s?"
    r"|renunci[oó]|renunciaron|dimiti[oó]|dimitid[oa]s?|retirad[oa]s?|jubilad[oa]s?|salientes?"
    r"|استقال\w*|(?:ال)?مستقيل\w*|(?:ال)?متقاعد\w*|غادر\w*|انسحب\w*|تنح\w*"
    r"|ex-?membr\w+|dimess[oaie]|dimissionari\w|ritirat[oaie]|saiu|saíram|renunciou|aposentad[oa]s?|antig[oa]s?"
    r"|voormalige?n?|afgetreden|teruggetreden|vertrokken|tidigare|avgått|avgången|był[aiye]?\w?|zrezygnował\w*"
    r"|вийшов|вийшла|вышел|вышла|ушёл|ушла|покинув|покинул[аи]?|eski|前(?:[协協].*|成[员員])?|已?[离離]任|卸任|已?[辞辭][职職]|退出"
    r"|candidat\w*|kandidat\w*|applica\w*|nominat\w*|nominees?|bewerb\w*|(?:ال)?مرشح\w*|declined|rejected"
)
_PAST = re.compile(
    r"alumn\w{1,2}|alumnado|exalumn[oa]s?|history|archived?|archives|histoire|historique|geschichte|archivo?|historial?"
    r"|(?:ال)?(?:تاريخ|أرشيف|خريجون)|історія|архів|история|архив|历史|歷史"
)
"""What headings say of the past, and no remark does: beside a name, "History" is what somebody works on."""

_LEFT = re.compile(
    r"(?:stepp(?:ed|ing) (?:down|back)|no longer|not any ?more|moved on"
    r"|quittée?|a quitté|partie?s?|n['’]est plus|ne (?:sont|coordonne) plus|nicht mehr|im ruhestand|ya no|dej[oó] el"
    r"|لم يعد|لم تعد|ترك|تركت|в отставке|у відставці|больше не|більше не|non più|não é mais)(?!\w)"
)
"""How a remark begins on somebody who has left, beside the words of headings."""

_REPLACED = re.compile(
    r"(?:replaced|succeeded) by|remplacée? par|(?:ersetzt|abgelöst) (?:durch|von)|(?:reemplazad|sustituid)[oa] por"
    r"|حل محلها?|خلفها?|substituíd[oa] por|sostituit[oa] da|vervangen door"
)
_HAS = re.compile(r"has|had|have|been|since|ha|han|hat|ist|est|a|fue|é|è|is|was|قد")
_AFTER_VERB = re.compile(
    r"in|on|at|as|from|since|for|due|because|early|mid|late|last|to|en|depuis|pour|im|am|seit|aus|zum|nach|por|desde"
    r"|em|dal|nel|sinds|om|w|z|від|в|у|с|з|في|منذ|من|بسبب|عن"
)
_BESIDE = re.compile(
    r"an?|and|the|of|our|this|groups?|group['’]s|working|team|committee|lead|main|new|current|co|interim|acting|now"
    r"|volunteer|first|second|1st|2nd|local|regional|who|is|as|her|his|their|he|she|they"
    r"|de|du|des|las?|les?|l|el|los|et|y|e|groupe|grupo|travail|trabajo|equipo|actuel(?:le)?|actual(?:es)?"
    r"|der|die|das|den|und|(?:arbeits)?gruppe|aktuelle|leitung|من|(?:ال)?مجموعة|فريق|العمل|و|та|и|і|й|групи|группы"
)
"""Words that may stand beside "coordinator" without making it another thing's coordinator."""

_ROLE_COLUMN = re.compile(
    r"role|roles|position|function|task|title|status|notes?|remarks?|comments?|rôle|fonction|poste|statut|remarques?"
    r"|rolle|funktion|aufgabe|anmerkung(?:en)?|rol|cargo|función|papel|puesto|notas?|observaciones"
    r"|(?:ال)?(?:دور|صفة|منصب|وظيفة|ملاحظات)|роль|посада|должность"
)
_ACCOUNT_COLUMN = re.compile(
    r"user ?names?|wiki ?user|user|users|accounts?|benutzer(?:name)?n?|benutzerkonto"
    r"|nom d['’]utilisateur|utilisateur|compte|(?:nombre de )?usuari[oa]s?|cuenta|(?:اسم )?(?:ال)?مستخدم"
)
_NAME_COLUMN = re.compile(
    r"(?:full |real )?names?|who|person|persons|people|nom|noms|nom complet|nombres?|namen?|(?:ال)?(?:اسم|أسماء)"
    r"|ім['’]я|имя|姓名|名字"
)
_END_COLUMN = re.compile(r"until|till|to|end|ended|left|end date|jusqu['’]à|fin|départ|bis|ende|austritt|hasta|حتى|إلى")
_YES = frozenset({"yes", "y", "x", "✓", "✔", "✅", "oui", "ja", "sí", "si", "نعم", "так", "да"})
_LONGEST, _FURTHEST = 40, 300
"""How many characters of a word, and of a text, are looked at."""

_WORD = re.compile(r"[^\s,;()（）\[\]|–—/&+:'\"“”!?.]+(?:[-*:_·./’'(][^\s,;()（）\[\]|–—/&+:\"“”!?.]+\)?)*")
_PLAIN = str.maketrans({"_": " ", "\u0651": "", "\u0640": ""})


_SINCE = re.compile(
    r"(?i)(?<!\w)(?:since|from|until|till|seit|bis|depuis|jusqu['’]|desde|hasta|منذ|حتى)(?!\w)|jusqu['’]"
)
_MOST_WORDS = 8


class Standing(Enum):
    """What a heading, a caption or a column's title says of the people under it."""

    COORDINATOR = "coordinator"
    MEMBER = "member"
    GONE = "gone"


def standing(words: str, group: Collection[str] = ()) -> Standing | None:
    """What a heading says of the people under it, None where it says nothing.

    `group` are the words of the group's name, which may stand beside "coordinator". Where other words do, or it
    speaks of members as well, it doesn't say who coordinates.
    """
    said = _words(words)
    own = {word.casefold() for word in group}
    gone = [word for word in said if _GONE.fullmatch(word) or _PAST.fullmatch(word)]
    if any(word not in own for word in gone) or has_left(words, group):
        return Standing.GONE
    if is_coordinator(words, group):
        return Standing.COORDINATOR
    if any(_MEMBERS.fullmatch(word) or _COORDINATOR.fullmatch(word) for word in said):
        return Standing.MEMBER
    return None


def own_words(name: str) -> frozenset[str]:
    """The words of a group's name, or of a heading, without those for groups, coordinators and members."""
    known = (_BESIDE, _COORDINATOR, _MEMBERS)
    return frozenset(word for word in _words(name) if not any(pattern.fullmatch(word) for pattern in known))


def is_coordinator(words: str, group: Collection[str] = ()) -> bool:
    """Whether a few words say no more than that somebody coordinates the group, be it since or until when."""
    said = _words(_SINCE.split(words, maxsplit=1)[0])
    beside = [word for word in said if not _COORDINATOR.fullmatch(word)]
    if not said or len(beside) == len(said) or len(said) > _MOST_WORDS:
        return False
    own = {word.casefold() for word in group}
    return all(_BESIDE.fullmatch(word) or word in own or word.isdecimal() for word in beside)


def has_left(words: str, group: Collection[str] = ()) -> bool:
    """Whether a few words beside a name say no more than that the person has left, be it when or from which role.

    "former coordinator", "resigned", "stepped down in May"; but not "former teacher", who may coordinate now.
    """
    said = _words(_SINCE.split(words, maxsplit=1)[0])
    if _LEFT.match(" ".join(words[:_FURTHEST].translate(_PLAIN).casefold().split()).lstrip("'\"([*: ")):
        return len(_words(words)) <= _MOST_WORDS
    own = {word.casefold() for word in group}
    gone = [number for number, word in enumerate(said) if _GONE.fullmatch(word) and word not in own]
    if not gone or len(said) > _MOST_WORDS:
        return False
    if all(number in gone or word in own or _is_beside_leaving(word) for number, word in enumerate(said)):
        return True
    after = said[gone[0] + 1] if gone[0] + 1 < len(said) else ""
    begins = all(_HAS.fullmatch(word) or _BESIDE.fullmatch(word) for word in said[: gone[0]])
    return begins and bool(_AFTER_VERB.fullmatch(after) or _BESIDE.fullmatch(after) or after.isdecimal())


def is_replaced(words: str) -> bool:
    """Whether words before a name end by saying that this person has come for the one who was named before."""
    return any(not words[found.end() :].strip(" :") for found in _REPLACED.finditer(words[-_FURTHEST:].casefold()))


def _is_beside_leaving(word: str) -> bool:
    known = (_BESIDE, _HAS, _COORDINATOR, _MEMBERS)
    return word.isdecimal() or any(pattern.fullmatch(word) for pattern in known)


def is_plural(words: str) -> bool:
    """Whether "coordinator" stands there for several people."""
    return any(_PLURAL.fullmatch(word) for word in _words(words))


def column_standing(titles: str, group: Collection[str] = ()) -> Standing | None:
    """What a column's titles say of the people in it: the nearest that says something, each on a line of its own."""
    return next((found for title in titles.split("\n")[::-1] if (found := standing(title, group))), None)


def names_roles(titles: str) -> bool:
    """Whether a column's titles say that roles stand in it, or notes."""
    return _any(_ROLE_COLUMN, titles)


def names_accounts(titles: str) -> bool:
    """Whether a column's titles say that user names stand in it."""
    return _any(_ACCOUNT_COLUMN, titles)


def names_people(titles: str) -> bool:
    """Whether a column's titles say that people's names stand in it."""
    return _any(_NAME_COLUMN, titles) or column_standing(titles) in (Standing.MEMBER, Standing.COORDINATOR)


def names_ends(titles: str) -> bool:
    """Whether a column's titles say that it tells until when somebody is there."""
    return _any(_END_COLUMN, titles)


def is_yes(cell: str) -> bool:
    """Whether a cell under "coordinator" says yes."""
    return cell.strip(" .'").casefold() in _YES


def names_roster(title: str) -> bool:
    """Whether a subpage's name says that people are listed there."""
    return standing(title) is not None or names_people(title)


def _any(wanted: re.Pattern[str], titles: str) -> bool:
    plain = (" ".join(title.translate(_PLAIN).casefold().split()).strip(" .:'") for title in titles.split("\n"))
    return any(wanted.fullmatch(title) for title in plain)


def _words(text: str) -> list[str]:
    return [word.casefold()[:_LONGEST] for word in _WORD.findall(text[:_FURTHEST].translate(_PLAIN))]
