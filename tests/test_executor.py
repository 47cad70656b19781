"""The promises that hold for every edit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from strategybot.deeds import Done
from strategybot.executor import Executor
from strategybot.jobs.keys import Key
from strategybot.jobs.plan import Edit, Letter, Post, Posting, Proof
from strategybot.model.page import Page, Title
from strategybot.wiki.asking import ask
from strategybot.wiki.embedded import EmbeddedWiki
from strategybot.wiki.port import Action, Kind, Outcome, PageNow, Save
from strategybot.wikitext.neutral import without_links
from strategybot.writing.safe import Block, Heading
from tests.committee import ALPHA, BOT, Committee, moment

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


def test_dry_run_waits_for_nothing(committee: Committee) -> None:
    """A dry run keeps no pace: it isn't asked whether the next edit may be made."""
    page = committee.ask(ask(PageNow(Title(PAGE))))
    bot = Executor(committee.wiki, BOT, frozenset({"Cora"}), pause=lambda: False, dry_run=True)
    assert [done.outcome.kind for done in bot.carry_out("agenda", [Edit(page, "One.", "")])] == [Kind.PLANNED]
    assert send(committee, bot) == [Kind.PLANNED]


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


def test_own_edit_that_the_server_merged(committee: Committee) -> None:
    """Where the wiki merged two texts of the bot's, one of which was made from an old answer, the page is the bot's."""
    carry_out(committee, "One.\n\nTwo.\n\nThree.")
    page = committee.ask(ask(PageNow(Title(PAGE))))
    carry_out(committee, "One, really.\n\nTwo.\n\nThree.")
    (done,) = executor(committee).carry_out("agenda", [Edit(page, "One.\n\nTwo.\n\nFour.", "")])
    assert done.outcome.kind is Kind.SAVED
    assert committee.text(PAGE) == "One, really.\n\nTwo.\n\nFour."
    assert kind(committee, "One.\n\nTwo.\n\nFour.") is Kind.SAVED
    assert committee.text(PAGE) == "One.\n\nTwo.\n\nFour."


def test_own_edit_without_a_mark(committee: Committee) -> None:
    """What somebody saves by hand with the bot's account is nothing that the bot has merged: the page is left alone."""
    carry_out(committee, "One.")
    committee.save(PAGE, "Two.", BOT)
    assert kind(committee, "Three.") is Kind.EDITED_BY_PERSON


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


# --- Links that a spam list refuses ---

LINK = "https://{}.example/"


class Wary(EmbeddedWiki):
    """An embedded wiki with a spam list that names one link at a time."""

    refused: tuple[str, ...] = ()
    attempts = 0

    def act(self, action: Action) -> Outcome:
        if isinstance(action, Save):
            self.attempts += 1
            for name in self.refused:
                if LINK.format(name) in action.text:
                    return Outcome(action.title, Kind.SPAM_LIST, reason="Spam.", match=f"{name}.example")
        return super().act(action)


@pytest.fixture
def wary() -> Wary:
    """A wiki on which the bot may write, and whose spam list is empty."""
    wiki = Wary(":memory:", BOT)
    for job in ("", "/agenda"):
        wiki.edit(Title(f"User:{BOT}/Run{job}"), "yes", "Cora")
    return wiki


def wary_edit(wiki: Wary, *names: str, pause: Callable[[], bool] = lambda: True) -> Outcome:
    """What becomes of an edit with links to these names, of which the wiki refuses all but the first."""
    wiki.refused = names[1:]
    text = " ".join(LINK.format(name) for name in names)
    query = PageNow(Title(PAGE))
    edit = Edit(wiki.answer([query])[query], text, "")
    bot = Executor(wiki, BOT, frozenset({"Cora"}), pause=pause)
    return next(bot.carry_out("agenda", [edit])).outcome


@pytest.mark.parametrize("names", [("fine", "a"), ("fine", "a", "b"), ("fine", "a", "b", "c", "d")])
def test_refused_links(wary: Wary, names: tuple[str, ...]) -> None:
    """The page is saved with each refused link inert, up to four one after the other, and the outcome names them."""
    outcome = wary_edit(wary, *names)
    assert (outcome.kind, wary.attempts) == (Kind.SAVED, len(names))
    assert sorted(outcome.match.split()) == [f"{name}.example/" for name in names[1:]]
    query = PageNow(Title(PAGE))
    text = wary.answer([query])[query].text
    assert [LINK.format(name) in text for name in names] == [True, *[False] * len(names[1:])]
    assert (wary_edit(wary, *names).kind, wary.attempts) == (Kind.UNCHANGED, len(names))


def test_link_that_a_person_made_inert(wary: Wary) -> None:
    """A person's page that reads as the bot's would with its link inert is that person's all the same."""
    wary.edit(Title(PAGE), without_links(LINK.format("a"), ["a.example"]), "Ada")
    assert (wary_edit(wary, "a").kind, wary.attempts) == (Kind.MADE_BY_PEOPLE, 0)


def test_too_many_refused_links(wary: Wary) -> None:
    """A page is tried five times, and then left alone with the name of the link that was in the way last."""
    outcome = wary_edit(wary, "fine", *"abcdef")
    assert (outcome.kind, outcome.match, wary.attempts) == (Kind.SPAM_LIST, "e.example", 5)


def test_stopped_between_attempts(wary: Wary) -> None:
    """A stop takes effect before a page is tried again with a link inert."""

    def pause() -> bool:
        if wary.attempts:
            wary.edit(Title(f"User:{BOT}/Run"), "no", "Passer-by")
        return True

    assert (wary_edit(wary, "fine", "a", pause=pause).kind, wary.attempts) == (Kind.STOPPED, 1)


def test_told_to_end_between_attempts(wary: Wary) -> None:
    """Where the bot is told to end, a page isn't tried again with a link inert."""
    assert wary_edit(wary, "fine", "a", pause=lambda: not wary.attempts).kind is Kind.NOT_TRIED
    assert wary.attempts == 1


# --- Posts ---


def post(committee: Committee, target: str, within: str = "") -> Outcome:
    """What becomes of a post for a page, of which it is proven that it doesn't stand."""
    page: Page = committee.ask(ask(PageNow(Title(target))))
    key = Key("call", "x", committee.process, Title(ALPHA))
    wanted = Post(page.asked, key, Heading("A call"), Block("Come."), "calls", "en", moment("11-01"))
    base = page.revision.id if page.revision else None
    posting = Posting(wanted, page, Proof.FREE, base)
    return next(executor(committee).deliver("agenda", [posting], within)).outcome


def test_post_follows_redirects_to_talk_pages(committee: Committee) -> None:
    """A redirect is followed to a talk page, and to no other."""
    for target in ("Talk:There", "There"):
        committee.save(target, "Hello.", "Ada")
        committee.save("Talk:Here", f"#REDIRECT [[{target}]]", "Ada")
        outcome = post(committee, "Talk:Here")
        wanted = (Kind.SAVED, "Talk:There") if target.startswith("Talk:") else (Kind.REDIRECT, "Talk:Here")
        assert (outcome.kind, str(outcome.title)) == wanted
    assert committee.text("There") == "Hello."


def test_post_of_a_trial_follows_redirects(committee: Committee) -> None:
    """What stands for a talk page in a trial is none by its title: there a redirect is followed within the trial."""
    root = f"User:{BOT}/Trial"
    committee.save(f"{root}/Talk:There", "Hello.", "Ada")
    committee.save(f"{root}/Talk:Here", f"#REDIRECT [[{root}/Talk:There]]", "Ada")
    assert post(committee, f"{root}/Talk:Here", root).kind is Kind.SAVED
    assert "Come." in committee.text(f"{root}/Talk:There")
    committee.save(f"{root}/Talk:Here", "#REDIRECT [[Talk:There]]", "Ada")
    assert post(committee, f"{root}/Talk:Here", root).kind is Kind.FORBIDDEN


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
