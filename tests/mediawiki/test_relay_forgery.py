"""Forged relays on a real MediaWiki, with real accounts, moves, renamings, hidden revisions and an import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import requests

from strategybot.config import read_configuration
from strategybot.inquiries.authority import present_people
from strategybot.inquiries.relays import relays_of, strays
from strategybot.model.problem import Problem
from strategybot.model.process import Process
from strategybot.model.relay import Relay
from strategybot.runner import Runner
from strategybot.wiki.asking import ask, both
from strategybot.wiki.mediawiki import MediaWikiWiki
from strategybot.wiki.port import PageNow
from tests.committee import BOT, CONFIGURATION, moment, roster
from tests.mediawiki.rig import IMPATIENT, SETTINGS, credentials, fresh_wiki, save_committee
from tests.relay_forgeries import COORDINATORS, CORE_TEAM, GROUPS, RIGHTS, STRANGERS, WAYS, Right, Way
from tests.relay_hands import ROSTERS, page, relay
from throwaway import ADMIN, Client, Revision, ThrowawayWiki

pytestmark = pytest.mark.mediawiki

NOW = moment("12-01")
PEOPLE = (*CORE_TEAM, *COORDINATORS.values(), *STRANGERS)


class RealHands:
    """People's hands on a real MediaWiki. What they save is saved together, before they do anything else."""

    anonymous = "127.0.0.1"

    def __init__(self, wiki: ThrowawayWiki) -> None:
        self.wiki = wiki
        self.now = NOW
        self._written: list[Revision] = []
        self._ids: list[int] = []
        self._texts: dict[str, str] = {}

    def save(self, title: str, text: str, user: str) -> int:
        """The number of the save, which only `hide` understands."""
        self.now += timedelta(minutes=1)
        self._texts[title] = text
        if user == self.anonymous:
            saved = Client(self.ready().api).call_with_token(action="edit", title=title, text=text)
            self._ids.append(int(saved["edit"]["newrevid"]))
        else:
            self._written.append(Revision(title, text, user, time=self.now))
        return len(self._ids) + len(self._written) - 1

    def ready(self) -> ThrowawayWiki:
        """The wiki with all that was saved, and its clock a minute later."""
        self.now += timedelta(minutes=1)
        self.wiki.set_clock(self.now)
        written, self._written = self._written, []
        self._ids += self.wiki.save(written) if written else []
        return self.wiki

    def text(self, title: str) -> str:
        return self._texts.get(title, "")

    def move(self, old: str, new: str, user: str) -> None:
        self.ready().call_as(user, action="move", **{"from": old}, to=new)

    def hide(self, revid: int, *, user: bool = False) -> None:
        wiki, part = self.ready(), "user" if user else "content"
        wiki.call_as(ADMIN.name, action="revisiondelete", type="revision", ids=self._ids[revid], hide=part)

    def rename(self, old: str, new: str) -> None:
        self.ready().maintenance("renameUser", "--performer", ADMIN.name, "--reason", "asked for", old, new)

    def join(self, name: str) -> None:
        self.ready().create_account(name)

    def block(self, name: str) -> None:
        self.ready().call_as(ADMIN.name, action="block", user=name)


def judged(wiki: ThrowawayWiki) -> tuple[dict[str, Relay], tuple[Problem, ...]]:
    """The relays as the bot takes them, and what it says of those elsewhere."""
    connection = MediaWikiWiki(wiki.api, credentials(), IMPATIENT)
    connection.start()
    runner = Runner(connection)
    configuration = runner.run(ask(PageNow(CONFIGURATION)))
    process = read_configuration(configuration.text, CONFIGURATION, BOT)
    assert isinstance(process, Process)
    process, _ = runner.run(present_people(process, configuration.revision))
    relays, lost = runner.run(both(relays_of(process), strays(process)))
    return {one.id: one for one in relays}, lost


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The committee's wiki."""
    with fresh_wiki(tmp_path_factory.mktemp("forgery")) as wiki:
        start: datetime = NOW - timedelta(days=20)
        wiki.save(Revision(f"User:{name}", "Hello.", name, time=start) for name in PEOPLE)
        save_committee(wiki, start, relays={}, core_team=CORE_TEAM, groups=GROUPS)
        pages = [(f"{ROSTERS}/{group}", roster(name)) for group, name in COORDINATORS.items()]
        wiki.save(Revision(title, text, "Cora", time=start + timedelta(days=1)) for title, text in pages)
        wiki.configure(SETTINGS)
        wiki.set_clock(NOW)
        yield wiki


@pytest.fixture(scope="module")
def found(wiki: ThrowawayWiki) -> tuple[dict[str, Relay], tuple[Problem, ...]]:
    """What the bot makes of everything that people do here."""
    hands = RealHands(wiki)
    for one in (*RIGHTS, *WAYS):
        one.act(hands, one.name)
    restore_what_is_hidden_then(hands)
    import_as_cora(hands.ready())
    return judged(wiki)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_forgery(found: tuple[dict[str, Relay], tuple[Problem, ...]], way: Way) -> None:
    """It is refused with the same reason as on the embedded wiki."""
    way.check(found[0].get(way.name), RealHands.anonymous)


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right.name)
def test_what_counts(found: tuple[dict[str, Relay], tuple[Problem, ...]], right: Right) -> None:
    """It counts as on the embedded wiki."""
    right.check(found[0].get(right.name))


def test_an_import(found: tuple[dict[str, Relay], tuple[Problem, ...]]) -> None:
    """What an admin imports under the name of the core team is nobody's word."""
    relay = found[0]["Imported"]
    assert (relay.stage.value, relay.reason) == ("waiting", "imported")


def test_restored_and_hidden_since(found: tuple[dict[str, Relay], tuple[Problem, ...]]) -> None:
    """Who brings back what a stranger wrote hasn't said it, even where the stranger's revision is hidden since."""
    relay = found[0]["Restored"]
    assert (relay.stage.value, relay.reason, relay.words) == ("waiting", "not-core-team", ("Mallory",))


def test_a_relay_elsewhere(found: tuple[dict[str, Relay], tuple[Problem, ...]]) -> None:
    """It is told of a relay that is included that nothing of it is read."""
    told = {(problem.key, problem.page.text) for problem in found[1]}
    assert ("relay-elsewhere", "User:Mallory/On a page that is included") in told


def restore_what_is_hidden_then(hands: RealHands) -> None:
    """Cora brings back what Mallory wrote, so that MediaWiki notes it; then an admin hides Mallory's revision."""
    forged = hands.save(page("Restored"), relay(), "Mallory")
    hands.save(page("Restored"), "Nothing.", "Eve")
    hands.ready().edit(page("Restored"), relay(), "Cora")
    hands.hide(forged)


DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><page>
<title>{title}</title><ns>0</ns><id>9</id><revision><id>9</id><timestamp>2026-12-01T00:00:00Z</timestamp>
<contributor><username>Cora</username><id>2</id></contributor><model>wikitext</model>
<format>text/x-wiki</format><text xml:space="preserve">{text}</text></revision></page></mediawiki>"""


def import_as_cora(wiki: ThrowawayWiki) -> None:
    """Import a relay of the core team's that nobody of it has written."""
    with requests.Session() as admin:
        admin.trust_env = False

        def ask_wiki(action: str, **form: object) -> dict[str, object]:
            files = form.pop("files", None)
            answer = admin.post(wiki.api, {**form, "action": action, "format": "json"}, files=files, timeout=60)
            found: dict[str, object] = answer.json()
            return found

        def token(kind: str) -> str:
            tokens: dict[str, dict[str, dict[str, str]]] = ask_wiki("query", meta="tokens", type=kind)  # type: ignore[assignment]
            return tokens["query"]["tokens"][f"{kind}token"]

        ask_wiki("login", lgname=ADMIN.name, lgpassword=ADMIN.password, lgtoken=token("login"))
        dump = DUMP.format(title=page("Imported"), text=relay())
        answer = ask_wiki("import", files={"xml": dump}, interwikiprefix="x", assignknownusers="1", token=token("csrf"))
        assert "error" not in answer
