"""A committee of newcomers: from a French wiki with nothing but accounts to the first agenda, as the README has it.

Everything is done as a person does it: the bot by its command line, pages by the API with people's own accounts. Each
step is one that somebody takes; `STEPS` are those of the README.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from strategybot.writing.texts import words
from tests import commands
from tests.mediawiki.rig import credentials, fresh_wiki
from throwaway import ThrowawayWiki

pytestmark = pytest.mark.mediawiki

ROOT = "Projet:Comité des projets"
AGENDA = f"{ROOT}/Working Groups/Comité/Agenda/2026-12-09"
UPDATE = f"{ROOT}/Working Groups/Accueil & Aide/Updates/2026-12-09"
ANSWERS = [
    "Comité des projets", ROOT, "Accueil & Aide; Outils", "Comité", "Cora", "", "", "2026-12-09 18:00", "weekly",
    "Europe/Paris", "45", "", "", "", "fr", "avancement; Budget; Besoins de matériel", "no",
]  # fmt: skip


@dataclass
class Newcomers:
    """The people, and the wiki that they are on. `steps` is what they have done so far."""

    wiki: ThrowawayWiki
    now: datetime
    steps: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def strategybot(self, *command: str, typed: str = "") -> str:
        """The operator types a command."""
        self.steps.append(" ".join(command))
        environment = {**os.environ, **credentials(), "STRATEGYBOT_WIKI": self.wiki.api, "STRATEGYBOT_PACE": "0"}
        # One of these asks no wiki for the time, one compares this machine's with it.
        now = ("--now", self.now.isoformat()) if command[0] in ("configure", "doctor") else ()
        ran = commands.run(*now, *command, environment=environment, typed=typed)
        assert ran.returncode == 0, (command, ran.stdout, ran.stderr)
        self.said[command[0]] = ran.stdout + ran.stderr
        return ran.stdout

    def save(self, title: str, text: str, user: str) -> None:
        """Somebody saves a page."""
        self.steps.append(f"{user}: {title}")
        self.wiki.edit(title, text, user)

    def read(self, title: str, code: str = "fr") -> str:
        """What a reader sees on a page, as one line of text."""
        page = self.wiki.call(action="parse", page=title, uselang=code, prop="text", disablelimitreport=True)["parse"]
        text = re.sub(r"<!--.*?-->|<style.*?</style>", "", page["text"], flags=re.DOTALL)
        assert "scribunto-error" not in text
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.fixture(scope="module")
def newcomers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomers]:
    """A French wiki on which the committee has gone the README's way, up to its first agenda."""
    with fresh_wiki(tmp_path_factory.mktemp("newcomers")) as wiki:
        wiki.configure("$wgLanguageCode = 'fr'; $wgMetaNamespace = 'Projet';")
        wiki.create_account("Cora")
        wiki.maintenance("resetUserEmail", "--no-reset-password", "Cora", "cora@wiki.example")
        people = Newcomers(wiki, datetime(2026, 12, 4, 9, tzinfo=UTC))
        wiki.set_clock(people.now)
        set_up(people)
        yield people


def set_up(people: Newcomers) -> None:
    """The README's steps."""
    page = people.strategybot("configure", typed="\n".join([*ANSWERS, ""]))
    told = people.said["configure"]
    title = re.search(r"An admin saves it as (.*)\.$", told, re.MULTILINE)
    stop_pages = re.search(r"saves “yes” as each of (.*)\.$", told, re.MULTILINE)
    assert title
    assert stop_pages
    people.save(title[1], page, "Admin")
    for stop_page in stop_pages[1].split(", "):
        people.save(stop_page, "yes", "Cora")
    people.strategybot("install")
    for group, coordinator in (("Accueil & Aide", "Ada"), ("Outils", "Bo")):
        card = f"{{{{Steering group/Working group|name={group}|coordinators=* [[Utilisateur:{coordinator}]]}}}}"
        people.save(f"{ROOT}/Working Groups/{group}", card, "Cora")
    people.save("MediaWiki:Lang", "fr", "Admin")
    people.save("User:StrategyBot", "Ce robot tient les pages du comité. [[User:Cora]] s’en occupe.", "Admin")
    people.strategybot("doctor")
    people.strategybot("plan")
    people.strategybot("run")


def test_the_first_agenda_is_in_french(newcomers: Newcomers) -> None:
    """It has the headings of the committee's own topics and the button for each group, and nothing is wrong."""
    text = newcomers.read(AGENDA)
    for part in ("Comité Mercredi 9 décembre 2026", words("fr")["item-reports"], "Budget", "Besoins de matériel",
                 "Accueil & Aide", "Rien n’a encore été déposé", words("fr")["agenda-expected"]):  # fmt: skip
        assert part in text, part
    page = newcomers.wiki.text(AGENDA) or ""
    assert "{{Steering group/Heading|topic-budget|id=budget" in page
    assert page.count("|state=missing|") == 2
    assert "Problem" not in page


def test_the_form_has_their_topics(newcomers: Newcomers) -> None:
    """VisualEditor's form asks for them in their order by their labels, whatever the reader's language."""
    for code, first in (("fr", "Avancement"), ("en", "Progress")):
        answer = newcomers.wiki.call(action="templatedata", titles="Template:Steering group/Update", lang=code)
        (data,) = answer["pages"].values()
        asked = data["paramOrder"][:4]
        assert asked == ["progress", "budget", "besoins-de-materiel", "lang"]
        assert [data["params"][name]["label"] for name in asked[:3]] == [first, "Budget", "Besoins de matériel"]


def test_an_update(newcomers: Newcomers) -> None:
    """What a coordinator files in the form stands on the agenda at the next run, and a week later the button knows."""
    comes_on_the_agenda(newcomers)
    is_known_to_the_button(newcomers)


def comes_on_the_agenda(newcomers: Newcomers) -> None:
    """It stands there under their own topics."""
    preload = newcomers.wiki.text("Template:Steering group/Update/preload") or ""
    empty = preload.split("<includeonly>")[1].split("</includeonly>", maxsplit=1)[0]
    empty = empty.replace("$2", "fr").replace("$3", "")
    filled = empty.replace("| progress = ", "| progress = Deux réunions.").replace(
        "| besoins-de-materiel = ", "| besoins-de-materiel = * Un projecteur"
    )
    assert empty != filled
    newcomers.save(UPDATE, filled, "Ada")
    newcomers.strategybot("run")
    text = newcomers.read(AGENDA)
    assert re.search(r"Besoins de matériel · 5 min \[[^\]]*\] Un projecteur — Accueil & Aide , Ada", text)
    assert "Deux réunions." in text
    card = newcomers.read(UPDATE)
    assert "Accueil & Aide Point d’étape pour la réunion du 9 décembre 2026" in card
    assert "Besoins de matériel Un projecteur" in card
    assert "⧼" not in card + text


def is_known_to_the_button(newcomers: Newcomers) -> None:
    """The next week's agenda is made by itself, and its button knows the update before where there was one."""
    newcomers.now = datetime(2026, 12, 11, 9, tzinfo=UTC)
    newcomers.wiki.set_clock(newcomers.now)
    newcomers.strategybot("run")
    page = newcomers.wiki.text(f"{ROOT}/Working Groups/Comité/Agenda/2026-12-16") or ""
    assert re.findall(r"\|group=([^|]+)\|[^\n]*\|previous=2026-12-09\}\}", page) == ["Accueil & Aide"]
    closed = newcomers.wiki.text(AGENDA) or ""
    assert "|state=closed|" in closed


def test_links_of_the_bot_lead_somewhere(newcomers: Newcomers) -> None:
    """Under the wiki's own names of namespaces every page that the bot links to is there, but for people's."""
    links = newcomers.wiki.call(action="parse", page=AGENDA, uselang="fr", prop="links")["parse"]["links"]
    missing = [link["title"] for link in links if not link["exists"]]
    assert [title for title in missing if not title.startswith("Utilisateur:") and "/Updates/" not in title] == []
    assert "Utilisateur:StrategyBot/Status" in {link["title"] for link in links}


def test_the_doctor_finds_nothing_to_mend(newcomers: Newcomers) -> None:
    """No fault, whatever it advises."""
    newcomers.strategybot("doctor", "--json")
    found = json.loads(newcomers.said["doctor"])
    assert [finding for finding in found["findings"] if finding["severity"] == "fault"] == []


def test_how_much_it_is(newcomers: Newcomers) -> None:
    """Up to the first agenda: one command with 17 answers, fifteen saved pages and four commands."""
    before = newcomers.steps[: newcomers.steps.index("run") + 1]
    commands = [step for step in before if ": " not in step]
    assert commands == ["configure", "install", "doctor", "plan", "run"]
    assert len(ANSWERS) == 17
    assert len(before) - len(commands) <= 15
