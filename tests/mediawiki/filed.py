"""A committee in which somebody has typed values wherever that can be, and the pages that the bot makes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pytest

from strategybot.installation import install_session
from strategybot.model.page import Title
from strategybot.reading.relay import FIELDS, label
from strategybot.session import Session
from strategybot.share import share
from strategybot.wiki.folder import read_folder
from strategybot.wiki.port import OperatorError
from strategybot.wikitext.calls import calls
from strategybot.writing import pages as written
from strategybot.writing.environment import environment
from strategybot.writing.safe import Argument, Block, Field, Heading, Inline, Safe
from tests.committee import Committee, roster, update
from tests.hostile import HARMLESS
from tests.mediawiki.twins import BLOCK, FIELD, HEADING, INLINE

TOPICS = ("progress", "experiences", "needs", "practices", "collaboration", "questions")
TOGETHER = 8
"""So many values are filed on one agenda: most of what a page costs is the same for one and for many."""


def together(values: Mapping[str, str]) -> dict[str, list[str]]:
    """Values in batches that are filed on one agenda, each named after its first."""
    starts = range(0, len(values), TOGETHER)
    batches = (dict(islice(values.items(), start, start + TOGETHER)) for start in starts)
    return {f"{next(iter(batch))} …": list(batch.values()) for batch in batches}


MOST_FILINGS = 13
GROUPS = [f"Group {number}" for number in range(MOST_FILINGS * TOGETHER)]
UPDATE_PLACES = (
    *(f"the field {topic}" for topic in TOPICS),
    *("all fields at once", "lang", "meeting", "confirmed by", "a field's name", "an unknown field"),
    *("a stranger's update", "a heading on the updates page", "a coordinator's name in a link"),
    *("a coordinator's name in a template", "a coordinator's bare name", "a member's name", "a waiting name"),
)
NAME_PLACES = (
    *("a user's name", "a stranger's name", "a group's name", "a group's page", "the process's name"),
    *("the body's name", "the place", "the core team", "a subpage of the updates"),
)


Saved = tuple[str, str, str]
"""A subpage of a group's page (or itself, if empty), what is saved there, and by whom."""

UPDATE = "/Updates/2026-12-10"


def page_of(group: str) -> str:
    return f"Committee/Working Groups/{group}"


def in_updates(*values: str, apart: bool = False) -> Committee:
    """Each value in each field of an update, in rosters and in a heading, every time for another group.

    A value that moves the ends of other fields, and all if `apart`, is also filed in each field by itself, so that
    the first one doesn't keep the others from being read.
    """
    filings = [filing for value in values for filing in _filings(value, apart=apart)]
    groups = GROUPS[: len(filings)]
    committee = Committee(groups=groups).at("12-01")
    for group, filing in zip(groups, filings, strict=True):
        committee.save(page_of(group), roster("Ada"), "Cora")
        for subpage, text, user in filing:
            committee.save(page_of(group) + subpage, text, user)
    return committee.at("12-02")


def _filings(value: str, *, apart: bool) -> list[list[Saved]]:
    """What is saved on the pages of each group."""
    typed = value.replace("|", "{{!}}")
    alone = TOPICS if apart or _moves_ends(typed) else ()
    updates = [
        *(update(**dict.fromkeys(TOPICS, text)) for text in dict.fromkeys((value, typed))),
        *(update(**{topic: typed}) for topic in alone),
        update(progress="x", lang=value, meeting=typed, confirmed_by=typed),
        update(**{value: "x", "other": value, "progress": "y"}),
    ]
    filings: list[list[Saved]] = [[(UPDATE, text, "Ada")] for text in updates]
    filings[0].append(("/Updates", f"== {value} ==\n{update(progress='x')}", "Ada"))
    named = f"* [[User:Ada]]\n* [[User:{value}]]\n* {{{{u|{value}}}}}\n* {value}"
    card = "{{Steering group/Working group|coordinators=%s}}"
    return [
        *filings,
        [("", card % named, "Mallory"), (UPDATE, update(progress=typed), "Mallory")],
        [("", card % f"{named}|members={value}", "Cora")],
        [("", card % value, "Cora")],
    ]


def _moves_ends(value: str) -> bool:
    """Whether a value in all fields of an update keeps them from being read as that value each."""
    found = calls(update(**dict.fromkeys(TOPICS, value)), "Steering group/Update")
    if len(found) != 1 or [name for name, _ in found[0].parts] != list(TOPICS):
        return True
    return len({text for _, text in found[0].parts}) != 1


def in_relays(*values: str) -> Committee:
    """Each value as a relay's subject and text, with its pipes and without, as its name, and in all other fields."""
    committee = Committee(groups=["Alpha", "Beta"], relays={"lists": {"affiliates": None}}).at("12-01")
    sound = {"from": "core team", "to": "Alpha", "subject": "words", "text": "words"}
    for number, value in enumerate(values):
        typed = value.replace("|", "{{!}}")
        names = ("from", "to", "kind", "lang", "reply by", "approved by", "status", "note")
        forms = ({"subject": typed, "text": typed}, {"subject": value, "text": value}, {"id": typed})
        for form, fields in enumerate((*forms, dict.fromkeys(names, typed))):
            text = "".join(f"|{name}={typed}" for name, typed in (sound | fields).items())
            committee.save(f"Committee/Relays/R{number}-{form}", f"{{{{Steering group/Relay{text}}}}}", "Cora")
    return committee.at("12-02")


def in_names(value: str, user: str, subpage: str) -> tuple[Committee, int]:
    """The value as a name wherever it can be one, and in how many places that is.

    `user` is the account's name as MediaWiki writes it, `subpage` the title of the subpage; empty where it can't be.
    """
    committee = Committee(groups=["Alpha", "Beta"])
    pages = {"titles": {"steering_group": "{root}/SG", "agenda": "{root}/SG/Agenda/{date}"}}
    base = committee.configuration | pages
    body = base["steering_group"]
    wishes: list[dict[str, Any]] = [
        {"name": value},
        {"steering_group": body | {"place": value}},
        {"steering_group": body | {"place": value, "name": value}},
        {"core_team": ["Cora", f"{value} (2)"]},
        {"groups": [{"name": value, "page": page_of("Alpha")}, {"name": f"{value} (2)", "page": page_of("Beta")}]},
    ]
    places = 0
    _configured(committee, base)
    for wish in wishes:
        places += _configured(committee, committee.configuration | wish)
    base = committee.configuration
    here = page_of(value)
    groups = [*base["groups"], {"name": "Gamma", "page": here}]
    if Title(here).legal and _configured(committee, base | {"groups": groups}):
        places += 1
        committee.save(here, roster("Ada"), "Cora")
    committee.at("12-01")
    for name in filter(None, (user,)):
        committee.wiki.add_account(name)
        committee.save(page_of("Alpha"), roster("Ada", name), "Cora")
        committee.file(page_of("Alpha"), name, progress="words")
        committee.save(page_of("Beta"), roster("Bo", name, "Chi"), name)
        committee.file(page_of("Beta"), name, progress="words")
        places += 2
    if subpage:
        committee.save(subpage, update(progress="words"), "Ada")
        committee.save(f"{page_of('Alpha')}/Updates/2026-12-10", f"#REDIRECT [[{subpage}]]", "Ada")
        places += 1
    return committee.at("12-02"), places


def harmless() -> tuple[Committee, ...]:
    """The committees where nobody has typed anything odd."""
    many = [HARMLESS] * TOGETHER
    return in_updates(*many, apart=True), in_names(HARMLESS, HARMLESS, "")[0], in_relays(*many)


def _configured(committee: Committee, configuration: dict[str, Any]) -> bool:
    """Configure the committee so, if that can be."""
    before = committee.configuration
    try:
        committee.configure(configuration)
        committee.process  # noqa: B018  # it raises where the configuration can't be used
    except (AssertionError, OperatorError):
        committee.configure(before)
        return False
    committee.configuration = configuration
    return True


def installed() -> dict[str, str]:
    """The templates, modules and texts that the bot puts on a wiki, by title."""
    committee = Committee()
    before = committee.wiki.texts()
    install_session(committee.wiki, read_folder(share("wikiconfig")))
    return {title.text: text for title, text in committee.wiki.texts().items() if title not in before}


def made(committee: Committee) -> dict[str, str]:
    """Run the bot: all pages that it has made, by title."""
    report = committee.run()
    assert report.crashes == [], report.crashes
    titles = [done.edit.page.title.text for done in report.done.values()]
    return {title: committee.text(title) for title in titles}


def twins(committee: Committee, trusted: frozenset[str]) -> dict[str, str]:
    """The same pages with a token for every text that isn't trusted."""
    with _filters(lambda kind, value, safe: _token(kind, value, safe, trusted)):
        report = Session(committee.wiki, now=committee.now, dry_run=True).run()
    texts = {done.edit.page.title.text: done.edit.text for done in report.done.values()}
    # A page that would be changed has no revision yet to link to.
    return {title: text.replace("|revision=0}}", f"|revision={FIELD}}}}}") for title, text in texts.items()}


def trusted_words() -> frozenset[str]:
    """All that isn't typed by anybody: what a field shows where people typed harmless words only."""
    seen: set[str] = set()

    def keep(_: str, value: object, safe: Safe) -> Safe:
        seen.add(str(value))
        return safe

    with _filters(keep):
        for committee in (*harmless(), in_relays(*[""] * TOGETHER)):
            made(committee)
            made(committee.at("12-03"))
    seen |= {label(name) for name in FIELDS}
    keys = json.loads((share("i18n") / "en.json").read_text())
    parts = {part for key in keys for cut in re.finditer("-", key) for part in (key[: cut.start()], key[cut.end() :])}
    return frozenset({word for word in seen if HARMLESS not in word} | parts)


_TOKENS: dict[str, Safe] = {
    "block": Block(BLOCK), "inline": Inline(INLINE), "heading": Heading(HEADING), "field": Field(FIELD),
    "argument": Argument(INLINE),
}  # fmt: skip


def _token(kind: str, value: object, safe: Safe, trusted: frozenset[str]) -> Safe:
    """What the twin has in a spot."""
    typed = kind in ("block", "inline", "argument") or (isinstance(value, str | Title) and str(value) not in trusted)
    return _TOKENS[kind] if typed else safe


@contextmanager
def _filters(seen: Callable[[str, object, Safe], Safe]) -> Iterator[None]:
    """Let `seen` say what stands in each spot: it is given its kind, the value, and what would stand there."""
    real = environment().filters
    kinds = {kind: real[kind] for kind in _TOKENS}

    def watched(kind: str) -> Callable[[Any], Safe]:
        return lambda value: seen(kind, value, kinds[kind](value))

    with pytest.MonkeyPatch.context() as patch:
        for kind in kinds:
            patch.setitem(real, kind, watched(kind))
        patch.setattr(written, "field", watched("field"))
        yield
