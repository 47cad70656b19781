"""What was filed in confidence, on a page that everybody can read: who is told, and that nobody else is."""

from __future__ import annotations

import re

import pytest

from strategybot.jobs.ledger import ledger_of
from strategybot.model.page import Title
from strategybot.wiki.asking import ask
from strategybot.wiki.port import Contributions, History, Mail, Remember
from tests.committee import AGENDA, ALPHA, BETA, BOT, FRONT_PAGE, NEXT_AGENDA, STATUS, Committee, moment, update
from tests.relay_hands import RELAYS, relay

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


def passing(*steps: tuple[str, str, str]) -> Committee:
    """A committee that passes word on, after these people (last) have saved these pages, and some runs."""
    committee = Committee(contact="User:Otto", relays={"preview_minutes": 0})
    committee.wiki.add_account("Otto", emailable=True)
    committee.save(f"Talk:{ALPHA}", "== Hello ==\nWelcome! [[User:Ada|Ada]] 12:00, 1 November 2026 (UTC)", "Ada")
    for day, (title, text, user) in enumerate(steps, 1):
        committee.at(f"12-0{day}").save(title, text, user)
        for hour in range(1, 5):
            committee.at(f"12-0{day}T0{hour}:00").run()
    return committee


NEWS = "Committee/Relays/News"
CALL = relay(id="News", text="Zebra shouts.")
MARKED = {
    "in the text": (NEWS, relay(id="News", text=f"Confidential: {SECRET}")),
    "above it": (NEWS, f"{{{{Confidential}}}}\n{CALL}"),
    "in the heading": ("Committee/Relays", f"== Confidential ==\n{CALL}"),
    "in a field of its own": (NEWS, relay(id="News", text=SECRET, confidential="yes")),
    "in the kind": (NEWS, relay(id="News", text=SECRET, kind="confidential")),
    "in the id": ("Committee/Relays", relay(id="News (confidential)", text=SECRET)),
    "for whom it is": (NEWS, relay(to="Zebra (confidential)")),
    "behind a sign that cuts it": (NEWS, relay(text=f"We met.|Confidential: {SECRET}")),
    "without an end": (NEWS, relay(text=f"Confidential: {SECRET}")[:-2]),
    "in the translation": (NEWS, f"{CALL}\n{relay('', '', id='News', lang='fr', kind='', text='Confidentiel : x')}"),
    "in the original": (
        NEWS,
        f"{relay(id='News', text='Confidential: x')}\n{relay('', '', id='News', lang='fr', kind='', text='Zebra')}",
    ),
    "in an answer": (NEWS, "{{Steering group/Answer|relay=News|group=Alpha|text=Confidential: Zebra}}"),
    "above an answer": (NEWS, "== Confidential ==\n{{Steering group/Answer|relay=News|group=Alpha|text=Zebra}}"),
    "without a form": (UPDATE, f"Confidential: {SECRET}"),
    "without a form, in a section": (f"{ALPHA}/Updates", f"== 2026-12-10 ==\nConfidential: {SECRET}"),
    "in a form without an end": (UPDATE, f"{{{{Steering group/Update|progress=Confidential: {SECRET}"),
    "of a meeting long ago": (
        f"{ALPHA}/Updates",
        f"== 2026-09-10 ==\n{{{{Steering group/Update|progress=Confidential: {SECRET}}}}}",
    ),
}


@pytest.mark.parametrize("where", MARKED)
def test_wherever_the_mark_stands(where: str) -> None:
    """What is marked goes nowhere, stands on no page of the bot's, and is no problem; the contact has one letter."""
    title, text = MARKED[where]
    committee = passing((title, text, "Cora"))
    assert "Zebra" not in public(committee)
    assert "News" not in public(committee)
    assert committee.run().problems == []
    (mail,) = mails(committee)
    assert mail.text.count("Special:PermanentLink/") == 1


def test_elsewhere() -> None:
    """A marked relay on a page where nobody reads any is no problem that the bot would tell."""
    committee = passing(("User:Ada/Draft", relay(text=f"Confidential: {SECRET}"), "Ada"))
    assert committee.run().problems == []


def test_an_answer_beside_its_relay() -> None:
    """A marked answer in a relay's own section isn't told, and keeps that from nothing."""
    answer = "{{Steering group/Answer|relay=News|group=Alpha|text=Confidential: Yak}}"
    committee = passing((NEWS, CALL, "Cora"), (NEWS, f"{CALL}\n{answer}", "Ada"))
    assert "|state=out|" in committee.text("Committee/Relays/Status")
    assert "Yak" not in public(committee)
    assert len(mails(committee)) == 1


def test_a_reply_below_a_post() -> None:
    """A marked reply on a talk page is no answer that the bot would link to."""
    committee = passing((NEWS, relay(id="News", kind="request"), "Cora"))
    talk = f"Talk:{BETA}"
    reply = ":Confidential: Zebra shouts. [[User:Bo|Bo]] 05:00, 1 December 2026 (UTC)"
    committee.at("12-01T05:00").save(talk, f"{committee.text(talk)}\n{reply}\n", "Bo")
    committee.at("12-01T06:00").run()
    assert "answered=0|asked=2" in committee.text("Committee/Relays/Status")
    assert "|user=Bo|" not in committee.text(f"{RELAYS}/Status/News")
    committee.at("12-01T07:00").save(talk, committee.text(talk).replace("Confidential: ", ""), "Bo")
    reply = ":We are ready. [[User:Bo|Bo]] 08:00, 1 December 2026 (UTC)"
    committee.at("12-01T08:00").save(talk, f"{committee.text(talk)}\n{reply}\n", "Bo")
    committee.at("12-01T09:00").run()
    assert "answered=1|asked=2" in committee.text("Committee/Relays/Status")


def test_a_note_on_feedback() -> None:
    """What became of feedback is told without a marked note, which leaves the page."""
    committee = passing((NEWS, relay("Alpha", "core team", id="News", kind="feedback"), "Ada"))
    page = committee.process.feedback.text
    outcome = "{{Steering group/Feedback outcome|News|state=declined|note=Confidential: Zebra shouts.}}"
    committee.at("12-02").save(page, f"{committee.text(page)}\n{outcome}", "Cora")
    for hour in range(1, 4):
        committee.at(f"12-02T0{hour}:00").run()
    assert "|state=declined|" in committee.text(page)
    assert "Zebra" not in public(committee)
    assert len(mails(committee)) == 1


@pytest.mark.parametrize("title", [UPDATE, NEWS])
def test_a_page_that_is_moved(title: str) -> None:
    """Who moves the page away leaves nothing new to tell."""
    text = update(progress=f"Confidential: {SECRET}") if title == UPDATE else relay(text=f"Confidential: {SECRET}")
    committee = passing((title, text, "Ada"))
    committee.at("12-02").wiki.move(Title(title), Title("Committee/Relays/Old"), "Ada")
    for hour in range(1, 4):
        committee.at(f"12-02T0{hour}:00").run()
    assert len(mails(committee)) == 1


@pytest.mark.parametrize("title", [UPDATE, NEWS])
def test_no_diff_shows_what_leaves(title: str) -> None:
    """Where a mark comes late, no diff shows the words that leave the bot's pages, in plans and reports."""
    words = {"progress": SECRET} if title == UPDATE else {"text": SECRET}
    marked = dict.fromkeys(words, f"Confidential: {SECRET}")
    make = update if title == UPDATE else relay
    committee = passing((title, make(**words), "Ada" if title == UPDATE else "Cora"))
    assert "Zebra" in public(committee)
    committee.at("12-02").save(title, make(**marked), "Ada" if title == UPDATE else "Cora")
    for dry_run in (True, False):
        report = committee.run(dry_run=dry_run)
        assert not any("Zebra" in getattr(one, "diff", "") for one in report.told)


def test_many_other_letters(committee: Committee) -> None:
    """However many letters of another kind are remembered, the contact isn't told again."""
    committee.at("12-01").file(ALPHA, "Ada", progress=f"Confidential: {SECRET}")
    revision = committee.file(BETA, "Bo", progress="We met.")
    committee.run()
    ledger = ledger_of(committee.process)
    for number in range(60):
        committee.wiki.act(Remember(((f"{ledger}{number:08}", f"sent 2026-12-01 {number:012}"),)))
    committee.at("12-02").wiki.hide(revision)
    for day in ("12-03", "12-04"):
        committee.at(day).run()
    assert len(mails(committee)) == 2
