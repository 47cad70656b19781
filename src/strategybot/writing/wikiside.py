"""The wiki's side from its files: wikiconfig/ rendered for the configured processes, and the texts that go with it.

{{Steering group/Text|…}}          in a file stands with the configured prefix on the wiki
<% for topic in topics %>…         what depends on the topics
"label": «texts("topic", topic)|json»   a text of i18n/ in every language, for a form's TemplateData
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from strategybot.model.page import Title
from strategybot.model.relay import Side
from strategybot.model.topic import Topic, readable
from strategybot.model.wikiside import PREFIX, Place, WikiSide
from strategybot.writing.environment import render_source
from strategybot.writing.safe import field
from strategybot.writing.texts import codes, words

_NOT_SHOWN = (
    *("call-", "doctor-", "follow-up-", "form-", "letter-", "summary-"),
    *("confidence-words", "minutes-words-", "need-words-", "relay-words-"),
)
"""The beginnings of keys that no page on the wiki shows.

What the bot says itself, what is in TemplateData, and words by which people's are understood.
"""

_OPEN = ("needs", "questions")
"""The topics of which an empty update shows what was open last time."""


def rendered(files: Mapping[Title, str], side: WikiSide) -> dict[Title, str]:
    """The pages that files make on the wiki, by title. The files speak of the usual prefix."""
    values = _values(side)
    named = {Title(title.text.replace(PREFIX, side.prefix)): text for title, text in files.items()}
    return {title: render_source(text.replace(PREFIX, "«prefix»"), **values).rstrip() for title, text in named.items()}


def texts_on_wiki(side: WikiSide, code: str) -> dict[str, str]:
    """The texts of one language that pages on the wiki show, those of the topics among them."""
    return {key: text for key, text in _words(side, code).items() if not key.startswith(_NOT_SHOWN)}


def _values(side: WikiSide) -> dict[str, object]:
    """What the files may show."""
    known = {code: _words(side, code) for code in dict.fromkeys((*codes(), *_languages(side.topics)))}

    def texts(*parts: str) -> dict[str, str]:
        """A text by language, without those languages that lack it; the key comes in parts."""
        key = "-".join(parts)
        return {code: found[key] for code, found in known.items() if found.get(key)}

    return {
        "prefix": field(side.prefix),
        "bot": side.bot,
        "topics": [topic.name for topic in side.topics],
        "open_topics": [topic.name for topic in side.topics if topic.name in _OPEN],
        "contact": side.contact,
        "places": {
            "front": _switch((place, (str(place.front),)) for place in side.places),
            "updates": _switch((place, _around_group(place.updates)) for place in side.places),
        },
        "waiting": side.places[0].waiting if side.places else "",
        "update_patterns": list(filter(None, dict.fromkeys(map(_update_pattern, side.places)))),
        "texts": texts,
        **_of_relays(side),
    }


def _of_relays(side: WikiSide) -> dict[str, object]:
    """What the form of a relay offers, in the words that count in every language, and where relays are."""
    audiences = (Side.ALL_GROUPS, Side.COORDINATORS, Side.CORE_TEAM)
    return {
        "groups": side.groups,
        "senders": (Side.CORE_TEAM.value, Side.STEERING_GROUP.value, *side.groups),
        "audiences": (*(one.value for one in audiences), *side.groups, *side.lists),
        "relay_pages": [(str(place.relays), str(place.relay_status)) for place in side.places if place.relays],
    }


def _words(side: WikiSide, code: str) -> dict[str, str]:
    """All texts of one language, and those of the topics. What a topic's form asks for is its explanation."""
    found = dict(words(code))
    for topic in side.topics:
        usual = f"topic-{topic.name}" in words("en")
        label = _in(topic.label, code, "" if usual else side.languages[0])
        told = _in(topic.help, code, "" if usual else side.languages[0])
        if label or not usual:
            found[f"topic-{topic.name}"] = label or readable(topic.name)
        if told:
            found |= {f"topic-{topic.name}-help": told, f"form-{topic.name}": told}
    return found


def _in(texts: Mapping[str, str], code: str, first: str) -> str:
    """A text in a language, or in its parent language; where `first` is given, else in that one, or in any."""
    ways = [code, code.split("-", maxsplit=1)[0], *([first, *texts] if first else [])]
    return next((texts[way] for way in ways if way in texts), "")


def _languages(topics: tuple[Topic, ...]) -> list[str]:
    """The languages of the labels, among which may be some that we have no other texts in."""
    return [code for topic in topics for code in (*topic.label, *topic.help)]


def _switch(places: Iterable[tuple[Place, tuple[str, ...]]]) -> list[tuple[tuple[Title, ...], tuple[str, ...]]]:
    """Titles in pieces, between which the group's page belongs, for the groups' pages that each is meant for.

    That of the first process comes last, and is for every other page: its groups may change without a new template.
    """
    first, *others = [(place.groups, pieces) for place, pieces in places] or [((), ())]
    return [*others, *([((), first[1])] if first[1] else [])]


def _around_group(pattern: str) -> tuple[str, ...]:
    """The pieces of a title around the group's page; an underscore is a space that isn't stripped."""
    return tuple(pattern.replace(" ", "_").split("{group}"))


def _update_pattern(place: Place) -> tuple[str, ...]:
    """The pattern of an update's title, in the pieces before, between and after the group and the date.

    Patterns with the date first, or with one of both twice, give none.
    """
    before, _, rest = place.update.partition("{group}")
    between, _, after = rest.partition("{date}")
    pieces = (before, between, after)
    return pieces if "{date}" in rest and not any(sign in piece for piece in pieces for sign in "{}") else ()
