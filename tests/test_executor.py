"""The promises that hold for every edit."""

from __future__ import annotations

import pytest

from strategybot.executor import Done, Executor
from strategybot.jobs.plan import Edit, Letter
from strategybot.model.page import Title
from strategybot.wiki.asking import ask
from strategybot.wiki.port import Kind, PageNow
from tests.committee import BOT, Committee

PAGE = "Some page"
SLOT = "<!-- slot:proposed -->\n{}<!-- /slot:proposed -->"


def executor(committee: Committee, **options: bool) -> Executor:
    return Executor(committee.wiki, BOT, frozenset({"Cora", "Otto"}), **options)  # type: ignore[arg-type]


def carry_out(committee: Committee, text: str, title: str = PAGE, within: str = "", **options: bool) -> Done:
    page = committee.ask(ask(PageNow(Title(title))))
    (done,) = executor(committee, **options).carry_out("agenda", [Edit(page, text, "two of [[User:Ada]]")], within)
    return done


def kind(committee: Committee, text: str, title: str = PAGE, within: str = "", **options: bool) -> Kind:
    return carry_out(committee, text, title, within, **options).outcome.kind


def edits(committee: Committee) -> int:
    return committee.wiki.requests["edit"]


def test_saves(committee: Committee) -> None:
    """A page is created, and then changed on the revision that was read."""
    assert kind(committee, "One.") is Kind.SAVED
    assert kind(committee, "Two.") is Kind.SAVED
    assert committee.text(PAGE) == "Two."


def test_summary(committee: Committee) -> None:
    """The summary starts with the task, links the page that stops it and nobody's user page."""
    carry_out(committee, "One.")
    revision = committee.page(PAGE).revision
    assert revision
    assert revision.summary
    assert revision.summary.startswith("[[User:StrategyBot/Run/agenda|agenda]]: two of ")
    assert "[[User:Ada" not in revision.summary


def test_nothing_sent_where_nothing_changes(committee: Committee) -> None:
    """A page that reads so already costs no request at all."""
    carry_out(committee, "One.")
    page = committee.ask(ask(PageNow(Title(PAGE))))
    before = committee.wiki.requests.total()
    (done,) = executor(committee).carry_out("agenda", [Edit(page, "One.", "")])
    assert (done.outcome.kind, committee.wiki.requests.total() - before) == (Kind.UNCHANGED, 0)


def test_dry_run(committee: Committee) -> None:
    """A dry run gives the diff and changes nothing."""
    carry_out(committee, "One.\nTwo.")
    before = edits(committee)
    done = carry_out(committee, "One.\nThree.", dry_run=True)
    assert (done.outcome.kind, edits(committee)) == (Kind.PLANNED, before)
    assert "-Two.\n+Three." in done.diff
    assert committee.text(PAGE) == "One.\nTwo."


def test_persons_page(committee: Committee) -> None:
    """A page that the bot never made is left alone."""
    committee.save(PAGE, "Mine.", "Ada")
    assert kind(committee, "Bot's.") is Kind.MADE_BY_PEOPLE
    assert committee.text(PAGE) == "Mine."


def test_persons_edit(committee: Committee) -> None:
    """A page that a person has edited since is left alone, also when the bot's account touched it in between."""
    carry_out(committee, "One.\n\nTwo.")
    committee.save(PAGE, "One, really.\n\nTwo.", "Ada")
    assert kind(committee, "Three.") is Kind.EDITED_BY_PERSON
    committee.save(PAGE, "One, really.\n\nTwo!", BOT)
    assert kind(committee, "Three.") is Kind.EDITED_BY_PERSON


def test_persons_edit_that_the_server_merged(committee: Committee) -> None:
    """Where the wiki merged a person's edit into the bot's, the next run still knows of that person's words."""
    carry_out(committee, "One.\n\nTwo.\n\nThree.")
    page = committee.ask(ask(PageNow(Title(PAGE))))
    committee.save(PAGE, "One, really.\n\nTwo.\n\nThree.", "Ada")
    (done,) = executor(committee).carry_out("agenda", [Edit(page, "One.\n\nTwo.\n\nFour.", "")])
    assert done.outcome.kind is Kind.SAVED
    assert committee.text(PAGE) == "One, really.\n\nTwo.\n\nFour."
    assert kind(committee, "One.\n\nTwo.\n\nFour.") is Kind.EDITED_BY_PERSON


def test_handed_back(committee: Committee) -> None:
    """A page whose last version by the bot is restored is the bot's again."""
    carry_out(committee, "One.")
    committee.save(PAGE, "Mine.", "Ada")
    committee.save(PAGE, "One.", "Bo")
    assert kind(committee, "Two.") is Kind.SAVED


def test_revert_of_the_bot(committee: Committee) -> None:
    """A person who goes back to an older version of the bot's has decided: the bot leaves it."""
    carry_out(committee, "One.")
    carry_out(committee, "Two.")
    committee.save(PAGE, "One.", "Ada")
    assert kind(committee, "Two.") is Kind.EDITED_BY_PERSON


def test_slots(committee: Committee) -> None:
    """What people write into a slot doesn't end the bot's work on the page."""
    carry_out(committee, "One.\n" + SLOT.format(""))
    committee.save(PAGE, "One.\n" + SLOT.format("* a topic\n"), "Ada")
    committee.save(PAGE, "One.\n" + SLOT.format("* a topic\n* another\n"), "Bo")
    assert kind(committee, "Two.\n" + SLOT.format("* a topic\n* another\n")) is Kind.SAVED


def test_removed_slot(committee: Committee) -> None:
    """A person who removes a slot has edited the page."""
    carry_out(committee, "One.\n" + SLOT.format(""))
    committee.save(PAGE, "One.", "Ada")
    assert kind(committee, "Two.\n" + SLOT.format("")) is Kind.EDITED_BY_PERSON


def test_forged_mark(committee: Committee) -> None:
    """Somebody else's edit is theirs, whatever its summary says."""
    carry_out(committee, "One.")
    revision = committee.page(PAGE).revision
    assert revision
    committee.wiki.edit(Title(PAGE), "Mine.", "Ada", revision.summary or "")
    assert kind(committee, "Two.") is Kind.EDITED_BY_PERSON


def test_hidden_summary(committee: Committee) -> None:
    """Where the bot's own summary is hidden there is no proof, and the page is left alone."""
    carry_out(committee, "One.")
    revision = committee.page(PAGE).revision
    assert revision
    committee.wiki.hide(revision.id, text=False, summary=True)
    assert kind(committee, "Two.") is Kind.EDITED_BY_PERSON


@pytest.mark.parametrize(
    "ban",
    ["{{nobots}}", "{{NoBots}}", "{{bots|allow=none}}", "{{bots|deny=all}}", "{{Bots|deny=OtherBot, strategybot}}"],
)
def test_exclusion(committee: Committee, ban: str) -> None:
    """A page that asks this bot to stay away is left alone, and the outcome says by what."""
    carry_out(committee, f"One. {ban}")
    done = carry_out(committee, "Two.")
    assert done.outcome.kind is Kind.EXCLUDED
    assert ban in done.outcome.reason


def test_trial(committee: Committee) -> None:
    """A process on trial writes only below its own page."""
    root = f"User:{BOT}/Trial"
    assert kind(committee, "One.", PAGE, root) is Kind.FORBIDDEN
    assert kind(committee, "One.", f"{root}x/Some page", root) is Kind.FORBIDDEN
    assert kind(committee, "One.", f"{root}/Some page", root) is Kind.SAVED


def test_stopped_between_edits(committee: Committee) -> None:
    """A stop takes effect before the next edit, and what was to come is reported."""
    pages = [committee.ask(ask(PageNow(Title(f"Page {number}")))) for number in range(4)]
    made = []
    for done in executor(committee).carry_out("agenda", [Edit(page, "One.", "") for page in pages]):
        made.append(done.outcome.kind)
        if len(made) == 2:
            committee.save(f"User:{BOT}/Run", "no", "Passer-by")
    assert made == [Kind.SAVED, Kind.SAVED, Kind.STOPPED, Kind.STOPPED]


def test_blocked_between_edits(committee: Committee) -> None:
    """A block ends the run: what was to come isn't tried."""
    pages = [committee.ask(ask(PageNow(Title(f"Page {number}")))) for number in range(3)]
    made = []
    for done in executor(committee).carry_out("agenda", [Edit(page, "One.", "") for page in pages]):
        made.append(done.outcome.kind)
        committee.wiki.block(BOT)
    assert made == [Kind.SAVED, Kind.BLOCKED, Kind.NOT_TRIED]


def test_told_to_end(committee: Committee) -> None:
    """Where the bot is told to end, no further edit begins."""
    going = iter([True, False])
    bot = Executor(committee.wiki, BOT, frozenset(), pause=lambda: next(going))
    pages = [committee.ask(ask(PageNow(Title(f"Page {number}")))) for number in range(3)]
    made = [done.outcome.kind for done in bot.carry_out("agenda", [Edit(page, "One.", "") for page in pages])]
    assert made == [Kind.SAVED, Kind.NOT_TRIED, Kind.NOT_TRIED]


def test_page_moved_on(committee: Committee) -> None:
    """An edit of the same words that came after the reading is a conflict, and nothing is overwritten."""
    carry_out(committee, "One.")
    page = committee.ask(ask(PageNow(Title(PAGE))))
    committee.save(PAGE, "Mine.", "Ada")
    (done,) = executor(committee).carry_out("agenda", [Edit(page, "Two.", "")])
    assert (done.outcome.kind, committee.text(PAGE)) == (Kind.CONFLICT, "Mine.")


def test_deleted_page(committee: Committee) -> None:
    """A page that was deleted is not made again."""
    carry_out(committee, "One.")
    committee.wiki.delete(Title(PAGE))
    assert kind(committee, "Two.") is Kind.DELETED
    assert not committee.page(PAGE).exists


def test_redirect(committee: Committee) -> None:
    """A page that somebody made a redirect is left alone, and so is where it leads."""
    carry_out(committee, "One.")
    carry_out(committee, "Other.", "Other page")
    committee.save(PAGE, "#REDIRECT [[Other page]]", "Eve")
    assert kind(committee, "Two.") is Kind.REDIRECT
    assert committee.text("Other page") == "Other."


def test_opted_out(committee: Committee) -> None:
    """A page in the category of those who opted out is left alone."""
    carry_out(committee, "One. [[Category:Opted-out of message delivery]]")
    done = carry_out(committee, "Two.")
    assert (done.outcome.kind, done.outcome.match) == (
        Kind.EXCLUDED,
        "[[Category:Opted-out of message delivery]]",
    )


def test_other_content_model(committee: Committee) -> None:
    """A page that holds no wikitext is left alone."""
    committee.save("Module:Page", "return 1", BOT)
    assert kind(committee, "One.", "Module:Page") is Kind.OTHER_MODEL


@pytest.mark.parametrize("call", ["{{subst:User:Eve/x}}", "{{ SafeSubst: x }}"])
def test_pending_substitution(committee: Committee, call: str) -> None:
    """What somebody left in a slot to be substituted isn't substituted in the bot's name."""
    carry_out(committee, "One.\n" + SLOT.format(""))
    committee.save(PAGE, "One.\n" + SLOT.format(f"* {call}\n"), "Eve")
    assert kind(committee, "Two.\n" + SLOT.format(f"* {call}\n")) is Kind.SUBSTITUTION


# --- Letters ---


def send(committee: Committee, bot: Executor) -> list[Kind]:
    """What becomes of a letter to Otto."""
    committee.wiki.add_account("Otto", emailable=True)
    letter = Letter("Otto", "en", (7, 8), (8,), "userjs-strategybot-test-", ("a1",), frozenset({"a1"}))
    return [sent.outcome.kind for sent in bot.send({"agenda": [letter]})]


def test_letter(committee: Committee) -> None:
    """A letter is sent, with links that lead to the wiki, and the bot's account remembers it."""
    bot = Executor(committee.wiki, BOT, frozenset({"Cora"}), address="https://wiki.example/wiki/$1")
    assert send(committee, bot) == [Kind.SENT]
    (mail,) = committee.wiki.mails()
    assert mail.text.count("https://wiki.example/wiki/Special:PermanentLink/8") == 2
    ((name, value),) = committee.wiki.options(BOT).items()
    assert (value.split()[0], value.split()[2:], mail.text.endswith(f" {name[-8:]}.")) == ("sent", ["a1"], True)


def test_letter_in_a_dry_run(committee: Committee) -> None:
    """A dry run sends no letter and remembers none."""
    assert send(committee, executor(committee, dry_run=True)) == [Kind.PLANNED]
    assert (committee.wiki.mails(), committee.wiki.options(BOT), edits(committee)) == ((), {}, 0)


def test_letter_of_a_stopped_bot(committee: Committee) -> None:
    """The stop pages are read before a letter as before an edit."""
    committee.save(f"User:{BOT}/Run/agenda", "no", "Eve")
    assert send(committee, executor(committee)) == [Kind.STOPPED]
    assert committee.wiki.mails() == ()


def test_letter_when_told_to_end(committee: Committee) -> None:
    """Where the bot is told to end, no letter is sent."""
    assert send(committee, Executor(committee.wiki, BOT, frozenset({"Cora"}), pause=lambda: False)) == [Kind.NOT_TRIED]
    assert committee.wiki.mails() == ()


def test_letter_that_fails(committee: Committee) -> None:
    """A letter that can't be sent keeps no edit from being made."""
    bot = executor(committee)
    committee.wiki.add_account(BOT, ("bot",))
    assert send(committee, bot) == [Kind.UNREACHABLE]
    page = committee.ask(ask(PageNow(Title(PAGE))))
    assert [done.outcome.kind for done in bot.carry_out("agenda", [Edit(page, "One.", "")])] == [Kind.SAVED]
