"""Relays on a real MediaWiki: one message goes to nine groups, and their answers come back, whatever people do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from strategybot.deeds import Delivered
from strategybot.session import Report, Session
from strategybot.wiki.mediawiki import MediaWikiWiki
from tests.committee import BOT, CONFIGURATION, FRONT_PAGE, Committee, moment, roster
from tests.lengths import NIGHTLY
from tests.mediawiki.failing import RESET_AFTER, RESET_BEFORE, Tunnel, Way, well
from tests.mediawiki.rig import IMPATIENT, MediaWikiRig, credentials, fresh_wiki, install, save_committee
from tests.relay_hands import RELAYS, relay
from throwaway import Revision

pytestmark = pytest.mark.mediawiki

COORDINATORS = {
    "Advocacy": "Ada", "Capacity": "Abel", "Diversity": "Bo", "Health": "Chi", "Partnerships": "Dina",
    "Product": "Eve", "Resources": "Fay", "Revenue": "Gil", "Roles": "Hana",
}  # fmt: skip
ASKED = {"id": "Survey", "kind": "request", "subject": "The survey", "reply_by": "2026-12-09"}
STATUS = f"{RELAYS}/Status"
STOP = f"User:{BOT}/Run/relays"
CORRECTED = "This message was corrected on 3 December"
AGENDA = f"{FRONT_PAGE}/Agenda/2026-12-10"


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiRig]:
    """A wiki with nine groups, each with a coordinator and a talk page; Ida is registered as well."""
    groups = list(COORDINATORS)
    with fresh_wiki(tmp_path_factory.mktemp("relays")) as wiki:
        save_committee(wiki, moment("11-01"), relays={})
        for name in ("Cora", "Abel", "Chi", "Mallory"):
            wiki.create_account(name)
        configuration = Committee(groups=groups, relays={}).text(CONFIGURATION.text)
        wiki.save([
            *(Revision(f"User:{name}", "Hello.", name, time=moment("11-01")) for name in ("Fay", "Gil", "Hana", "Ida")),
            Revision(CONFIGURATION.text, configuration, "Admin", time=moment("11-02")),
            *(Revision(page(one), roster(name), "Cora", time=moment("11-02")) for one, name in COORDINATORS.items()),
            *(Revision(talk(one), "== Hello ==\nWelcome!", "Cora", time=moment("11-02")) for one in groups),
        ])  # fmt: skip
        wiki.set_clock(moment("11-30"))
        install(wiki)
        yield MediaWikiRig(wiki)


def page(group: str) -> str:
    return f"Committee/Working Groups/{group}"


def talk(group: str) -> str:
    return f"Talk:{page(group)}"


def at(rig: MediaWikiRig, time: str, *jobs: str) -> Report:
    """A run of these jobs, or of all."""
    rig.set_clock(moment(time))
    report = Session(MediaWikiWiki(rig.api, credentials(), IMPATIENT)).run(jobs)
    assert report.crashes == []
    return report


def text(rig: MediaWikiRig, title: str) -> str:
    return rig.throwaway.text(title) or ""


def standing(rig: MediaWikiRig) -> list[int]:
    """How often the relay stands on each group's talk page."""
    return [text(rig, talk(group)).count("<!-- post: relays Survey Committee | ") for group in COORDINATORS]


def answered(rig: MediaWikiRig) -> tuple[str, ...]:
    """In which state the relay is, by how many of how many groups it is answered."""
    found = re.search(r"\|state=([^|]*)\|.*\|answered=(\d+)\|asked=(\d+)", text(rig, STATUS))
    return found.groups() if found else ()


def reply(rig: MediaWikiRig, group: str, words: str) -> None:
    """A group's coordinator presses “Reply” below the bot's message."""
    name = COORDINATORS[group]
    threads = rig.throwaway.call(action="discussiontoolspageinfo", page=talk(group), prop="threaditemshtml")
    found = next(
        comment
        for thread in threads["discussiontoolspageinfo"]["threaditemshtml"]
        for comment in thread["replies"]
        if comment["author"] == BOT
    )
    rig.throwaway.call_as(
        name,
        action="discussiontoolsedit",
        paction="addcomment",
        page=talk(group),
        commentid=found["id"],
        wikitext=words,
    )


def written_to(rig: MediaWikiRig) -> dict[str, int]:
    """How many messages each person has."""
    names = (*COORDINATORS.values(), "Ida", "Cora")
    return {name: count for name in names if (count := text(rig, f"User talk:{name}").count("<!-- post: "))}


def test_the_whole_story(rig: MediaWikiRig) -> None:
    """A request goes to all groups; it is answered, archived, corrected and reminded of as people do."""
    goes_out(rig)
    is_answered(rig)
    is_archived(rig)
    is_corrected(rig)
    is_reminded_of(rig)


def goes_out(rig: MediaWikiRig) -> None:
    """Cora writes to all groups: it stands once on nine talk pages, and stays so, though Ada stops it on its way."""
    rig.set_clock(moment("12-01T06:00"))
    rig.edit(RELAYS, f"== Survey ==\n{relay(**ASKED)}", "Cora")
    at(rig, "12-01T06:10", "relays")
    assert standing(rig) == [0] * 9
    told = is_stopped(rig)
    assert (told[0], set(told[2:])) == ("saved", {"stop page"})  # one is on its way when Ada stops the next
    assert sum(standing(rig)) == told.count("saved")
    rig.edit(STOP, "yes", "Cora")
    for time in ("12-01T07:30", "12-01T08:00"):
        at(rig, time, "relays")
        assert standing(rig) == [1] * 9
    assert answered(rig) == ("open", "0", "9")


def is_stopped(rig: MediaWikiRig) -> list[str]:
    """What becomes of each post where Ada stops the bot as soon as she sees the first."""
    rig.set_clock(moment("12-01T07:10"))
    posts: list[str] = []

    def tell(told: object) -> None:
        if isinstance(told, Delivered):
            posts.append(told.outcome.kind.label)
            if len(posts) == 1:
                rig.edit(STOP, "no", "Ada")

    Session(MediaWikiWiki(rig.api, credentials(), IMPATIENT), tell=tell).run(["relays"])
    return posts


def is_answered(rig: MediaWikiRig) -> None:
    """Three groups answer in three languages below the message, one on the page of relays; Mallory counts for none."""
    rig.set_clock(moment("12-02T06:00"))
    for group, words in (("Advocacy", "Done."), ("Capacity", "C’est fait."), ("Diversity", "تم.")):
        reply(rig, group, words)
    answer = "{{Steering group/Answer|relay=Survey|group=Health|text=We will, on Monday.}} ~~~~"
    rig.edit(RELAYS, f"{text(rig, RELAYS)}\n\n== Answer ==\n{answer}", "Chi")
    rig.edit(talk("Product"), f"{text(rig, talk('Product'))}\n:Done! ~~~~", "Mallory")
    at(rig, "12-02T07:00", "relays")
    assert answered(rig) == ("open", "4", "9")


def is_archived(rig: MediaWikiRig) -> None:
    """A thread is archived by hand, and its answer still counts."""
    rig.set_clock(moment("12-02T08:00"))
    before, heading, thread = text(rig, talk("Advocacy")).partition("\n\n== The survey ==")
    rig.edit(talk("Advocacy"), before, "Bo")
    rig.edit(f"{talk('Advocacy')}/Archive 1", f"{heading}{thread}".strip(), "Bo")
    at(rig, "12-02T09:00", "relays")
    assert answered(rig) == ("open", "4", "9")


def is_corrected(rig: MediaWikiRig) -> None:
    """A correction reaches all: in place where nobody has answered, and by a note where somebody has."""
    rig.set_clock(moment("12-03T06:00"))
    rig.edit(RELAYS, text(rig, RELAYS).replace("Please read this.", "Please read that."), "Cora")
    at(rig, "12-03T06:10", "relays")
    rig.throwaway.snapshot("shown")
    for time in ("12-03T07:10", "12-03T08:00"):
        at(rig, time, "relays")
        stands_corrected(rig)
    assert answered(rig) == ("open", "4", "9")


def stands_corrected(rig: MediaWikiRig) -> None:
    """The new words stand once where nobody has answered, and one note where somebody has."""
    pages = {group: text(rig, talk(group)) for group in COORDINATORS}
    pages["Advocacy"] = text(rig, f"{talk('Advocacy')}/Archive 1")
    noted = {group for group, found in pages.items() if found.count(CORRECTED) == 1}
    assert noted == {"Advocacy", "Capacity", "Diversity", "Product"}
    assert {group for group, found in pages.items() if "Please read that." in found} == set(COORDINATORS) - noted
    assert {group for group, found in pages.items() if "Please read this." in found} == noted


def is_reminded_of(rig: MediaWikiRig) -> None:
    """Who hasn't answered is reminded once before the day; a successor is asked instead; then the agenda lists it."""
    at(rig, "12-07T06:00", "outbox")
    silent = dict.fromkeys(list(COORDINATORS.values())[4:], 1)
    assert written_to(rig) == silent
    rig.edit(page("Roles"), roster("Ida"), "Cora")
    at(rig, "12-08T06:00")
    assert written_to(rig) == {**silent, "Ida": 1}
    assert re.search(r"\{\{Steering group/Open request\|[^{}]*Survey[^{}]*\}\}", text(rig, AGENDA))
    at(rig, "12-11T06:00", "relays")
    assert answered(rig) == ("overdue", "4", "9")


# --- What goes wrong while it is corrected


@pytest.mark.parametrize("number", range(12) if NIGHTLY else [7])
def test_two_processes(rig: MediaWikiRig, number: int) -> None:
    """Another process that corrects it all between two edits of this one's is seen: nothing is done twice."""
    rig.throwaway.restore("shown")
    rig.set_clock(moment("12-03T07:10"))
    left = [number]

    def pause(_: object) -> bool:
        if left[0] == 0:
            run(rig)
        left[0] -= 1
        return True

    assert run(rig, pause=pause).exit_status == 0
    stands_corrected(rig)
    assert mended(rig) == len(COORDINATORS)


@pytest.mark.parametrize("way", [RESET_AFTER, RESET_BEFORE] if NIGHTLY else [RESET_AFTER], ids=str)
def test_answers_are_lost(rig: MediaWikiRig, way: Way) -> None:
    """Where answers to edits get lost, all is corrected in the end, and nothing twice."""
    rig.throwaway.restore("shown")
    rig.set_clock(moment("12-03T07:10"))
    lost = Way(way.name, lambda exchange: (way.happen if exchange.sent.purpose == "edit" else well)(exchange))
    with Tunnel(rig.api) as tunnel:
        tunnel.fail(*[lost] * 500)
        run(rig, api=tunnel.api)
        tunnel.recover()
    run(rig)
    stands_corrected(rig)
    assert mended(rig) == len(COORDINATORS)


def run(rig: MediaWikiRig, api: str = "", pause: Callable[[object], bool] = lambda _: True) -> Report:
    return Session(MediaWikiWiki(api or rig.api, credentials(), IMPATIENT), pause=pause).run(["relays"])


def mended(rig: MediaWikiRig) -> int:
    """How many edits the bot has made on talk pages since the words were changed."""
    answer = rig.throwaway.call(action="query", list="usercontribs", ucuser=BOT, uclimit="max", ucprop="comment")
    summaries = [one["comment"] for one in answer["query"]["usercontribs"]]
    return sum("#amend relays " in one or "#post relays Survey corrected " in one for one in summaries)
