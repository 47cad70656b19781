"""What was filed in confidence, on a page that everybody can read: who is told, and that nobody else is."""

from __future__ import annotations

import re

import pytest

from strategybot.model.page import Title
from strategybot.wiki.asking import ask
from strategybot.wiki.port import Contributions, History, Mail
from tests.committee import AGENDA, ALPHA, BETA, BOT, FRONT_PAGE, NEXT_AGENDA, STATUS, Committee, moment

UPDATE = f"{ALPHA}/Updates/2026-12-10"
SECRET = "Zebra shouts at Yak."  # noqa: S105  # so it is called here
PAGES = (AGENDA, NEXT_AGENDA, FRONT_PAGE, STATUS, f"{FRONT_PAGE}/Waiting")


@pytest.fixture
def committee() -> Committee:
    """The committee with a contact who can be sent mail."""
    committee = Committee(contact="User:Otto", languages=["en", "fr"])
    committee.wiki.add_account("Otto", emailable=True)
    return committee


def public(committee: Committee) -> str:
    """All that the bot has ever written: texts of its pages and summaries."""
    revisions = committee.ask(ask(Contributions(moment("2026-01-01"))))
    pages = {revision.page for revision in revisions if revision.page}
    texts = [one.text or "" for page in pages for one in committee.ask(ask(History(page))) if one.user == BOT]
    return "\n".join([*texts, *(revision.summary or "" for revision in revisions)])


def mails(committee: Committee) -> list[Mail]:
    return list(committee.wiki.mails())


def test_it_is_as_if_nothing_were_filed(committee: Committee) -> None:
    """The bot's pages are what they are with nothing filed, but for revisions' numbers, and so are its problems."""
    other = Committee(contact="User:Otto", languages=["en", "fr"])
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", needs=f"Confidential: {SECRET}")
    reports = [one.at("12-02").run() for one in (committee, other)]
    for title in PAGES:
        here, there = (re.sub(r"revision=\d+", "", one.text(title)) for one in (committee, other))
        assert here == there
    assert reports[0].problems == reports[1].problems
    assert reports[0].notes == []
    assert "Zebra" not in public(committee)
    assert "We met." not in public(committee)


def test_the_contact_is_told_once(committee: Committee) -> None:
    """One mail with a link and no text, whatever else is changed on the page; also once it has been hidden."""
    revision = committee.at("12-01").file(ALPHA, "Ada", progress=f"Confidential: {SECRET}")
    for day in ("12-02", "12-03"):
        report = committee.at(day).run()
        assert report.exit_status == 0
        committee.save(UPDATE, committee.text(UPDATE) + "\n<!-- x -->", "Ada")
    (mail,) = mails(committee)
    assert mail.to == "Otto"
    assert f"Special:PermanentLink/{revision}\n" in mail.text
    assert "Special:ListUsers/suppress" in mail.text
    for word in ("Zebra", "Alpha", "Ada", "Committee"):
        assert word not in mail.text + mail.subject
    committee.wiki.hide(revision)
    committee.at("12-04").run()
    assert len(mails(committee)) == 1


def test_once_the_mark_is_gone_it_is_filed(committee: Committee) -> None:
    """Filed again without the mark, and without what was meant for few, it is on the agenda."""
    committee.at("12-01").file(ALPHA, "Ada", progress=f"Confidential: {SECRET}")
    committee.at("12-02").run()
    committee.at("12-03").file(ALPHA, "Ada", progress="We met.")
    committee.run()
    assert "We met." in committee.text(AGENDA)
    assert "Zebra" not in public(committee)


def test_what_is_marked_later_leaves_the_agenda(committee: Committee) -> None:
    """A mark that comes late withdraws, from agendas that are closed as well."""
    committee.at("12-01").file(ALPHA, "Ada", progress=SECRET)
    committee.run()
    assert "Zebra" in committee.text(AGENDA)
    committee.at("12-11").run()
    assert "Zebra" in committee.text(AGENDA)
    committee.at("12-12").file(ALPHA, "Ada", progress=f"{SECRET} Please keep this confidential.")
    committee.run()
    assert "Zebra" not in committee.text(AGENDA)
    assert len(mails(committee)) == 1


def test_a_mark_by_somebody_else(committee: Committee) -> None:
    """A stranger's confidence is nobody else's business either, and doesn't wait on the pages."""
    committee.at("12-01").file(ALPHA, "Mallory", progress=f"Confidential: {SECRET}")
    report = committee.run()
    assert "update-waiting" not in {problem.key for problem in report.problems}
    assert "Mallory" not in public(committee)
    assert len(mails(committee)) == 1


def test_beside_others(committee: Committee) -> None:
    """What another group files goes on, and each page has its own link in the one letter."""
    for group, user in ((ALPHA, "Ada"), (BETA, "Bo")):
        committee.at("12-01").file(group, user, progress=f"(in confidence) {SECRET}")
    committee.save(f"{BETA}/Updates", "== 2026-12-10 ==\n{{Steering group/Update|progress=We met.}}", "Bo")
    committee.run()
    assert "We met." in committee.text(AGENDA)
    (mail,) = mails(committee)
    assert mail.text.count("Special:PermanentLink/") == 2


def test_nobody_to_tell() -> None:
    """Without a contact the operator hears that there is something, and neither what nor where."""
    committee = Committee()
    committee.at("12-01").file(ALPHA, "Ada", progress=f"Confidential: {SECRET}")
    report = committee.run()
    assert (report.exit_status, len(report.notes)) == (1, 1)
    assert "Alpha" not in report.notes[0]
    assert mails(committee) == []


def test_the_form_refers_to_no_confidence(committee: Committee) -> None:
    """The next form doesn't show what was open last time, where that page holds something in confidence."""
    committee.at("12-01").file(ALPHA, "Ada", progress="We met.", questions="Who?")
    confident = "{{Steering group/Update|questions=Confidential: who?}}"
    committee.save(UPDATE, committee.text(UPDATE) + f"\n== More ==\n{confident}", "Ada")
    committee.at("2027-01-04").run()
    assert "previous" not in committee.text(NEXT_AGENDA)
    assert committee.page(STATUS).title == Title(STATUS)


def test_a_relay_in_confidence() -> None:
    """A relay with a mark goes nowhere, and stands on no page of the bot's; the contact is told."""
    committee = Committee(contact="User:Otto", relays={"preview_minutes": 0})
    committee.wiki.add_account("Otto", emailable=True)
    call = "{{Steering group/Relay|id=News|from=core team|to=all groups|subject=News|text=%s}}"
    committee.at("12-01").save("Committee/Relays", call % f"Confidential: {SECRET}", "Cora")
    for hour in range(4):
        assert committee.at(f"12-02T0{hour}:00").run().exit_status == 0
    assert "Zebra" not in public(committee)
    assert "News" not in public(committee)
    (mail,) = mails(committee)
    assert mail.text.count("Special:PermanentLink/") == 1
