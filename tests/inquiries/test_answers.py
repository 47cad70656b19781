"""Answers to relays: replies below the bot's posts, and calls of the template, wherever people move them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from strategybot.inquiries.answers import answers_to
from strategybot.inquiries.threads import Standing
from strategybot.model.memory import Remembered
from strategybot.model.page import Title
from strategybot.model.relay import Answer, Relay, Stage, Target
from strategybot.wiki.asking import ask
from strategybot.wiki.port import Contributions
from tests.committee import ALPHA, BETA, BOT, Committee, moment, roster

SENT = moment("12-01T06:00")
TALKS = {"Alpha": f"Talk:{ALPHA}", "Beta": f"Talk:{BETA}"}
ELSEWHERE = "Project talk:Old threads"


@dataclass
class Relayed:
    """A committee on whose groups' talk pages a relay was posted on 1 December, and what the bot remembers of it.

    Bo coordinates Beta, whose member Mia is; Ada and Abel coordinate Alpha.
    """

    committee: Committee = field(default_factory=lambda: Committee(relays={}))
    id: str = "Survey"
    subject: str = "The survey of May"
    posts: list[Standing] = field(default_factory=list)
    remembered: Sequence[Remembered] = ()
    own: bool = False
    """Whether the relay was filed on a page of its own."""

    def __post_init__(self) -> None:
        self.committee.save(BETA, roster("Bo", members="[[User:Mia]]"), "Cora")
        for title in TALKS.values():
            if not self.committee.page(title).exists:
                self.committee.save(title, "== Earlier ==\nHello. ~~~~", "Bo")
        self.committee.at("12-01T06:00")
        for group, title in TALKS.items():
            self.post(title, group)

    def post(self, title: str, group: str = "", person: str = "") -> None:
        """The bot posts the relay on a talk page."""
        key = f"relays {self.id} Committee | {title}"
        text = f"== {self.subject} ==\n<div>\nPlease answer.\n</div>\n~~~~\n<!-- post: {key} -->"
        revid = self.add(title, BOT, f"\n\n{text}")
        page = self.committee.page(title)
        groups = {one.name: one for one in self.committee.process.groups}
        target = Target(Title(title), page=page, group=groups.get(group), person=person)
        self.posts.append(Standing(target, revid, self.committee.now, key, self.subject))

    def add(self, title: str, user: str, text: str, at: str = "") -> int:
        """Somebody writes below all that stands on a page."""
        if at:
            self.committee.at(at)
        return self.committee.save(title, self.committee.text(title) + text, user)

    def reply(
        self, user: str, text: str = "\n: Yes, we do. ~~~~", title: str = TALKS["Beta"], at: str = "12-02T09:30"
    ) -> int:
        """Somebody replies at the end of a talk page, where the post is the last thing."""
        return self.add(title, user, text, at)

    def change(self, title: str, change: Callable[[str], str], user: str = "Mallory", at: str = "12-05") -> None:
        """Somebody changes what stands on a page."""
        self.committee.at(at).save(title, change(self.committee.text(title)), user)

    def archive(self, old: str, new: str, user: str = "Mallory", at: str = "12-05") -> None:
        """Somebody takes the last section of a page to another."""
        text = self.committee.text(old)
        head, sign, thread = text.rpartition(f"\n== {self.subject}")
        self.committee.at(at).save(old, head, user)
        self.add(new, user, f"\n\n{sign.strip()}{thread}".replace("\n\n\n", "\n\n"))

    def answers(self) -> tuple[Answer, ...]:
        """The answers now; what is to be remembered is."""
        of = self.committee
        page = of.process.relays.under(self.id) if self.own else of.process.relays
        relay = Relay(self.id, page, None, Stage.VALID, SENT - timedelta(hours=1))
        own = {one.id: one.parent for one in of.ask(ask(Contributions(SENT)))}
        found, self.remembered = of.ask(answers_to(of.process, relay, self.posts, self.remembered, of.now, own=own))
        return found

    def told(self) -> list[str]:
        """The answers as `Bo for Beta`, `Mallory` or `Ada for Alpha (read)`."""
        return [one.user + f" for {one.group}" * bool(one.group) + " (read)" * one.is_read for one in self.answers()]


def _unkeyed(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("<!-- post"))


def _unsigned(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(f"[[User:{BOT}"))


def _retitled(text: str) -> str:
    return text.replace("The survey of May", "Done: that survey")


@pytest.fixture
def relayed() -> Relayed:
    return Relayed()


# --- Whose replies count, and for which group

REPLIES = [
    ([], []),
    (["Bo"], ["Bo for Beta"]),
    (["Mia"], ["Mia for Beta"]),
    (["Ada"], ["Ada for Alpha"]),
    (["Mallory"], ["Mallory"]),
    (["127.0.0.1"], ["127.0.0.1"]),
    (["Cora"], ["Cora"]),
    (["Bo", "Mallory", "Mia", "Ada"], ["Ada for Alpha", "Bo for Beta", "Mallory", "Mia for Beta"]),
]


@pytest.mark.parametrize(("users", "told"), REPLIES, ids=lambda one: ",".join(one) or "nobody")
def test_who_replies(relayed: Relayed, users: list[str], told: list[str]) -> None:
    """A reply counts for the group that its author coordinates or is a member of; others' are told."""
    for number, user in enumerate(users):
        relayed.reply(user, f"\n{':' * (number + 1)} So do I. ~~~~")
    assert relayed.told() == told


def test_what_is_told(relayed: Relayed) -> None:
    """An answer says who, when and where, and in which revision, and nothing of what was said."""
    revid = relayed.reply("Bo")
    assert relayed.answers() == (Answer("Bo", moment("12-02T09:30"), Title(TALKS["Beta"]), revid, "Beta"),)


def test_somebody_in_both_groups(relayed: Relayed) -> None:
    """On a group's page they answer for that group, on a person's for all of theirs."""
    relayed.committee.save(BETA, roster("Bo", "Ada"), "Cora")
    relayed.post("User talk:Ada", "Alpha", "Ada")
    relayed.reply("Ada")
    assert relayed.told() == ["Ada for Beta"]
    relayed.reply("Ada", title="User talk:Ada", at="12-03")
    assert relayed.told() == ["Ada for Beta", "Ada for Alpha", "Ada for Beta"]


def test_who_was_it_then_or_is_now(relayed: Relayed) -> None:
    """Who has left since, and who has come since, has answered."""
    relayed.reply("Bo")
    relayed.reply("Chi", at="12-02T10:00")
    assert relayed.told() == ["Bo for Beta", "Chi"]
    relayed.committee.at("12-03").save(BETA, roster("Chi"), "Cora")
    remembered = relayed.remembered
    assert relayed.told() == ["Bo for Beta", "Chi for Beta"]
    relayed.reply("Mallory", at="12-04")
    for relayed.remembered in (remembered, ()):
        assert relayed.told() == ["Bo for Beta", "Chi for Beta", "Mallory"]


def test_renamed(relayed: Relayed) -> None:
    """Who has another name since has answered all the same."""
    relayed.reply("Bo")
    relayed.committee.wiki.rename("Bo", "Bo Better")
    assert relayed.told() == ["Bo Better for Beta"]


# --- What is a reply

PLACES = [
    ("below", ": Yes. ~~~~", True),
    ("not indented", "Yes. ~~~~", True),
    ("nested", ": What?\n:: Yes. ~~~~", True),
    ("in a subsection", "=== Our answer ===\nYes. ~~~~", True),
    ("in a deeper one", "=== Our answer ===\n==== More ====\nYes. ~~~~", True),
    ("in the next section", "== Another ==\nYes. ~~~~", False),
    ("in one above all", "= Another =\nYes. ~~~~", False),
    ("unsigned", ": Yes.", False),
    ("signed without a time", ": Yes. ~~~", False),
    ("shown only", ": <nowiki>Yes. [[User:Bo]] 09:30, 2 December 2026 (UTC)</nowiki>", False),
    ("from before", ": Yes. [[User:Bo]] 05:59, 1 December 2026 (UTC)", False),
    ("of another minute", ": Yes. [[User:Bo]] 09:31, 2 December 2026 (UTC)", False),
]


@pytest.mark.parametrize(("text", "counts"), [one[1:] for one in PLACES], ids=[one[0] for one in PLACES])
def test_what_is_a_reply(relayed: Relayed, text: str, counts: bool) -> None:
    """A signed comment below the bot's post counts, in its section and those below that."""
    relayed.reply("Bo", f"\n{text}")
    assert relayed.told() == ["Bo for Beta"] * counts


def test_the_bots_own_comments(relayed: Relayed) -> None:
    """What the bot adds below its post, or signs in its own name, is no answer."""
    relayed.reply(BOT, "\n: A correction. ~~~~")
    assert relayed.told() == []


def test_above_the_post(relayed: Relayed) -> None:
    """What somebody writes above the post's own words is no reply, nor is another thread on the page."""
    relayed.change(TALKS["Beta"], lambda text: text.replace("<div>", "Oh. ~~~~\n\n<div>"), "Bo", at="12-02")
    relayed.change(TALKS["Beta"], lambda text: text.replace("Hello.", "Oh. ~~~~\n\nHello."), "Bo", at="12-02")
    assert relayed.told() == []


# --- Forged signatures


def test_forged(relayed: Relayed) -> None:
    """A stranger who signs as somebody else has said nothing in that name."""
    relayed.reply("Mallory", "\n: Yes. [[User:Bo|Bo]] ([[User talk:Bo|talk]]) 09:30, 2 December 2026 (UTC)")
    assert relayed.told() == []


@pytest.mark.parametrize("change", [str, _unkeyed], ids=["as posted", "without the key"])
def test_copied_signature(relayed: Relayed, change: Callable[[str], str]) -> None:
    """A signature from another thread on the page, where somebody wrote in that very minute, proves nothing here."""
    talk = TALKS["Beta"]
    relayed.change(talk, change, at="12-02")
    relayed.change(talk, lambda text: text.replace("Hello.", "Hi. ~~~~\n\nHello."), "Bo", at="12-02T09:30")
    line = "[[User:Bo|Bo]] ([[User talk:Bo|talk]]) 09:30, 2 December 2026 (UTC)"
    assert line in relayed.committee.text(talk)
    relayed.reply("Mallory", f"\n: Yes. {line}", at="12-02T09:31")
    assert relayed.told() == []


def test_copied_from_another_relay(relayed: Relayed) -> None:
    """Nor does one from the thread of another of the bot's posts, even where this one's key is gone."""
    other = Relayed(relayed.committee, "Other", "Another matter")
    relayed.change(TALKS["Beta"], lambda text: text.replace(f"\n<!-- post: {relayed.posts[1].key} -->", ""), at="12-02")
    relayed.reply("Bo")
    line = relayed.committee.text(TALKS["Beta"]).rpartition("Yes, we do. ")[2]
    forged = f"\n: Yes. {line}\n\n== Another"
    relayed.change(TALKS["Beta"], lambda text: text.replace("\n\n== Another", forged))
    assert (relayed.told(), other.told()) == ([], ["Bo for Beta"])


def test_late_in_the_minute(relayed: Relayed) -> None:
    """A revision that the wiki saved some seconds after its signature was made is the comment's all the same."""
    relayed.committee.now = moment("12-02T09:31") + timedelta(seconds=4)
    line = "[[User:Bo|Bo]] ([[User talk:Bo|talk]]) 09:30, 2 December 2026 (UTC)"
    relayed.add(TALKS["Beta"], "Bo", f"\n: Yes. {line}")
    assert relayed.told() == ["Bo for Beta"]


# --- What becomes of threads

Happening = Callable[[Relayed], object]


def _move(relayed: Relayed, redirect: bool) -> None:
    relayed.committee.wiki.move(TALKS["Beta"], ELSEWHERE, redirect=redirect)


def _archived(title: str, change: Callable[[str], str] = str) -> Happening:
    def happen(relayed: Relayed) -> None:
        relayed.archive(TALKS["Beta"], title)
        relayed.change(title, change)

    return happen


def _changed(*changes: Callable[[str], str]) -> Happening:
    def happen(relayed: Relayed) -> None:
        for change in changes:
            relayed.change(TALKS["Beta"], change)

    return happen


HAPPENINGS: dict[str, Happening] = {
    "nothing": lambda _: None,
    "renamed section": _changed(_retitled),
    "comment removed": _changed(_unkeyed),
    "signature removed": _changed(_unsigned),
    "comment removed and section renamed": _changed(_unkeyed, _retitled),
    "signature removed and section renamed": _changed(_unsigned, _retitled),
    "made a subsection": _changed(lambda text: text.replace("== The survey of May ==", "=== The survey of May ===")),
    "heading removed": _changed(lambda text: text.replace("== The survey of May ==", "")),
    "closed in a box": _changed(lambda text: text.replace("<div>", "{{closed}}\n<div>")),
    "a section above": _changed(lambda text: f"== New ==\nHi. ~~~~\n\n{text}"),
    "another one of that name": _changed(lambda text: f"== The survey of May ==\nHi. ~~~~\n\n{text}"),
    "archived below": _archived(f"{TALKS['Beta']}/Archive 1"),
    "archived elsewhere": _archived(ELSEWHERE),
    "archived without comment": _archived(ELSEWHERE, _unkeyed),
    "archived below without signature": _archived(f"{TALKS['Beta']}/Archive 1", _unsigned),
    "archived and renamed": _archived(ELSEWHERE, _retitled),
    "archived into the other group's": _archived(TALKS["Alpha"]),
    "archived twice": lambda relayed: [
        relayed.archive(TALKS["Beta"], ELSEWHERE),
        relayed.answers(),
        relayed.archive(ELSEWHERE, f"{ELSEWHERE}/2026"),
    ],
    "archived and put back": lambda relayed: [
        relayed.archive(TALKS["Beta"], ELSEWHERE),
        relayed.answers(),
        relayed.archive(ELSEWHERE, TALKS["Beta"]),
    ],
    "page moved": lambda relayed: _move(relayed, redirect=True),
    "page moved without redirect": lambda relayed: _move(relayed, redirect=False),
    "page moved as an archive": lambda relayed: [
        relayed.committee.wiki.move(TALKS["Beta"], f"{TALKS['Beta']}/1", redirect=True),
        relayed.change(TALKS["Beta"], lambda _: "Welcome.", "Bo"),
    ],
}


@pytest.mark.parametrize("known", [True, False], ids=["remembered", "unknown"])
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_whatever_becomes_of_the_thread(relayed: Relayed, happening: str, known: bool) -> None:
    """Replies from before count wherever their thread went, and so do those to it there."""
    check_thread(relayed, happening, known=known)


def check_thread(relayed: Relayed, happening: str, *, known: bool) -> None:
    """The same, on whatever wiki."""
    relayed.reply("Bo", "\n: Yes. ~~~~\n:: And no. ~~~~")
    if known:
        assert relayed.told() == ["Bo for Beta"]
    relayed.committee.at("12-05")
    HAPPENINGS[happening](relayed)
    assert relayed.told() == ["Bo for Beta"]
    where = {one.page.text for one in relayed.answers()}.pop()
    relayed.reply("Mia", title=where, at="12-06")
    assert relayed.told() == ["Bo for Beta", "Mia for Beta"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("Yes, we do.", "No, we don't."), ["Bo for Beta"]),
        (lambda text: text.replace("Yes, we do. [[User:Bo|Bo]]", "Yes. [[User:Mallory|Bo]]"), []),
        (lambda text: text.partition("\n: Yes")[0], []),
        (lambda text: text.partition("\n== The survey")[0], ["Bo for Beta"]),
        (lambda _: "", ["Bo for Beta"]),
    ],
    ids=["edited", "signed otherwise", "taken back", "thread gone", "page blanked"],
)
def test_changed_later(relayed: Relayed, change: Callable[[str], str], told: list[str]) -> None:
    """An answer that is taken out of its thread counts no more; where all of that is gone, nobody has taken it back."""
    relayed.reply("Bo")
    assert relayed.told() == ["Bo for Beta"]
    text = relayed.committee.text(TALKS["Beta"])
    changed = change(text).replace(
        "[[User talk:Bo|talk]]",
        "[[User talk:Mallory|talk]]" if "User:Mall" in change(text) else "[[User talk:Bo|talk]]",
    )
    relayed.change(TALKS["Beta"], lambda _: changed, "Bo")
    assert relayed.told() == told
    assert relayed.told() == told


def test_two_relays_at_once(relayed: Relayed) -> None:
    """Two posts on one page, of one minute and one subject, have each their own answers, in an archive as well."""
    other = Relayed(relayed.committee, "Other")
    relayed.reply("Mia")
    relayed.change(TALKS["Beta"], lambda text: text.replace("\n\n== The", "\n: First. ~~~~\n\n== The"), "Bo", "12-03")
    text = relayed.committee.text(TALKS["Beta"])
    assert text.index("First.") < text.index("<!-- post: relays Other") < text.index("Yes, we do.")
    assert text.index("<!-- post: relays Survey") < text.rindex("First.")
    for _ in range(2):
        assert (relayed.told(), other.told()) == (["Bo for Beta"], ["Mia for Beta"])
        other.archive(TALKS["Beta"], ELSEWHERE)
    relayed.archive(TALKS["Beta"], ELSEWHERE)
    assert (relayed.told(), other.told()) == (["Bo for Beta"], ["Mia for Beta"])


def test_two_subjects_at_once(relayed: Relayed) -> None:
    """Two posts of one minute are told apart by their headings where nothing else is left."""
    other = Relayed(relayed.committee, "Other", "Another matter")
    relayed.change(TALKS["Beta"], _unkeyed, at="12-02")
    relayed.reply("Mia")
    assert (relayed.told(), other.told()) == ([], ["Mia for Beta"])


# --- By the template

CALLS = [
    ("Bo", "relay=Survey|text=Yes.", ["Bo for Beta"]),
    ("Mia", "relay=Survey|text=Yes.", ["Mia for Beta"]),
    ("Bo", "relay=Survey|group=Beta|text=Yes.", ["Bo for Beta"]),
    ("Bo", "relay=Survey|group=beta|text=Yes.|read=yes", ["Bo for Beta"]),
    ("Bo", "relay=Survey|read=yes", ["Bo for Beta (read)"]),
    ("Bo", "relay=Survey|group=Beta|read=oui", ["Bo for Beta (read)"]),
    ("Bo", "relay=Survey|group=Alpha|text=Yes.", ["Bo"]),
    ("Mallory", "relay=Survey|group=Beta|text=Yes.", ["Mallory"]),
    ("Bo", "relay=Other|text=Yes.", []),
    ("Bo", "text=Yes.", []),
    ("Bo", "relay=Survey|group=Beta|text=|read=", []),
    ("Bo", "relay=Survey|read=no", []),
    ("Bo", "relay=Survey|text=Confidential: Mallory threatens us.", []),
]


@pytest.mark.parametrize(("user", "fields", "told"), CALLS, ids=[f"{user}: {fields}" for user, fields, _ in CALLS])
def test_by_the_template(relayed: Relayed, user: str, fields: str, told: list[str]) -> None:
    """A call on the page of relays counts for the group that it names, or for those of whoever brought it there."""
    relays = relayed.committee.process.relays.text
    relayed.add(relays, user, f"== An answer ==\n{{{{Steering group/Answer|{fields}}}}}", at="12-02")
    relayed.add(relays, "Mallory", "\n== Else ==\nHello.", at="12-03")
    assert relayed.told() == told
    assert relayed.told() == told


def test_on_the_relays_own_page(relayed: Relayed) -> None:
    """On the page of one relay, a call needs not say to which."""
    relayed.own = True
    page = relayed.committee.process.relays.under("Survey").text
    relayed.add(
        page, "Bo", "{{Steering group/Answer|text=Yes.}}\n{{Steering group/Answer|relay=Other|read=yes}}", "12-02"
    )
    assert relayed.told() == ["Bo for Beta"]


def test_hidden(relayed: Relayed) -> None:
    """What was said in a revision whose author or text is hidden is nobody's."""
    relays = relayed.committee.process.relays.text
    hidden = relayed.add(relays, "Bo", "{{Steering group/Answer|relay=Survey|group=Beta|text=Yes.}}", at="12-02")
    relayed.add(relays, "Mallory", "\nHello.", at="12-03")
    reply = relayed.reply("Mia", at="12-03")
    relayed.reply("Mallory", "\n: Hello. ~~~~", at="12-03T12:00")
    relayed.committee.wiki.hide(hidden, text=False, user=True)
    relayed.committee.wiki.hide(reply)
    assert relayed.told() == ["Mallory"]


def test_who_comes_later(relayed: Relayed) -> None:
    """Who has come to a group since has answered for it by the template, too, once the page has changed."""
    relays = relayed.committee.process.relays.text
    relayed.add(relays, "Chi", "{{Steering group/Answer|relay=Survey|text=Yes.}}", at="12-02")
    assert relayed.told() == ["Chi"]
    relayed.committee.at("12-03").save(BETA, roster("Chi"), "Cora")
    relayed.add(relays, "Mallory", "\nHello.", at="12-03")
    assert relayed.told() == ["Chi for Beta"]


@pytest.mark.parametrize("marked", ["", "Confidential\n"])
@pytest.mark.parametrize("below", ["2026-12-10", ""])
def test_in_an_update(relayed: Relayed, below: str, marked: str) -> None:
    """A call in a field of a group's update counts, unless the update is in confidence."""
    page = f"{BETA}/Updates/{below}".rstrip("/")
    call = "{{Steering group/Answer|relay=Survey|text=We do.}}"
    text = f"== 2026-12-10 ==\n{{{{Steering group/Update|progress={marked}We met.\n{call}}}}}"
    revid = relayed.add(page, "Bo", text, at="12-02")
    relayed.committee.at("2027-01-20")
    found = (Answer("Bo", moment("12-02"), Title(page), revid, "Beta"),)
    assert relayed.answers() == (() if marked else found)


def test_calls_that_others_change(relayed: Relayed) -> None:
    """What a stranger makes of a call is the stranger's, and what is taken away counts no more."""
    relays = relayed.committee.process.relays.text
    relayed.add(relays, "Bo", "{{Steering group/Answer|relay=Survey|group=Beta|text=Yes.}}", at="12-02")
    assert relayed.told() == ["Bo for Beta"]
    relayed.change(relays, lambda text: text.replace("Yes.", "No."))
    assert relayed.told() == ["Mallory"]
    relayed.change(relays, lambda text: text.replace("No.", "Yes."), at="12-06")
    assert relayed.told() == ["Bo for Beta"]
    relayed.change(relays, lambda _: "", "Bo", at="12-07")
    assert relayed.told() == []


# --- What it costs


def test_requests() -> None:
    """Nine threads that haven't changed cost no more than none would; one that has costs three requests.

    Those are the page's comments, its history, and the revisions that may have brought what is new. Where nothing is
    new but the page, the comments are enough.
    """
    committee = Committee(relays={}, groups=["Alpha", "Beta", *"CDEFGHI"])
    without, relayed = Relayed(committee, "None"), Relayed(committee)
    without.posts.clear()
    for name in "CDEFGHI":
        relayed.post(f"Talk:Committee/Working Groups/{name}", name)
    relayed.reply("Bo")
    assert relayed.told() == ["Bo for Beta"]

    def cost(of: Relayed) -> Counter[str]:
        before = committee.wiki.requests.copy()
        of.answers()
        return committee.wiki.requests - before

    usual = cost(without)
    assert cost(relayed) == usual
    relayed.reply("Bo", at="12-03")
    assert cost(relayed) - usual == Counter(read=1, history=2)
    assert cost(relayed) == usual
    relayed.change(TALKS["Beta"], lambda text: f"Welcome.\n\n{text}", "Bo")
    assert cost(relayed) - usual == Counter(read=1)
    assert cost(relayed) == usual
    relayed.archive(TALKS["Beta"], ELSEWHERE)
    relayed.answers()
    assert cost(relayed) == usual


def test_requests_for_what_is_gone(relayed: Relayed) -> None:
    """A thread that is gone is looked for: on its page, by two minutes of its signature, and below its page."""
    relayed.change(TALKS["Beta"], lambda text: text.partition("\n== The survey")[0])
    relayed.answers()
    before = relayed.committee.wiki.requests.copy()
    relayed.answers()
    gone = relayed.committee.wiki.requests - before
    relayed.posts.pop()
    before = relayed.committee.wiki.requests.copy()
    relayed.answers()
    assert gone - (relayed.committee.wiki.requests - before) == Counter(read=1 + 2 + 1)
