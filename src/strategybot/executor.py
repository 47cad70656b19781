"""The only writer: carries out what jobs plan, and keeps the promises that hold for every edit, post and letter.

Nothing is sent where nothing changes; a page that a person has edited (unless the edit carries that along), or that
asks bots to stay away, is left alone (`obstacles.py`); of a page of people's nothing but the bot's own words in a post
of its own is ever changed (`wikitext/posted.py`); the stop pages are read before each edit, also where one is
tried again (`brake.py`); a dry run is the same path with the last step left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from strategybot.attempt import attempt
from strategybot.brake import Brake
from strategybot.deeds import Delivered, Done, Sent
from strategybot.delivery import deliver, posted_before, take_back
from strategybot.inquiries.ownership import owner_of
from strategybot.jobs.plan import Edit, Letter, Posting
from strategybot.jobs.posting import section_text, with_section
from strategybot.links import unchanged, with_links_inert
from strategybot.mailing import in_one, send
from strategybot.model.page import Title
from strategybot.obstacles import obstacle_of_owner, obstacle_to_edit, obstacle_to_post
from strategybot.runner import Runner
from strategybot.standing import Standing
from strategybot.wiki.port import Append, Change, Kind, Outcome, Save, Wiki
from strategybot.wikitext.posted import only_within
from strategybot.wikitext.summaries import amend_mark, complete, mark, post_mark, task, undo_mark
from strategybot.writing.texts import Texts


class Executor:
    """Carries out edits, posts and letters on one wiki, one after the other.

    `starters` may start a stopped bot. `pause` is called before every edit, each time that it is tried, and before a
    job's letters; it returns False where the run shall end. What takes back a post of ours that stands twice waits for
    no pause and no stop page. With `dry_run` nothing is written or sent, and there is no pause. Where an operator is at
    it (`attended`), a stop page that doesn't exist yet stops nothing. Where the wiki `overlaps`, it answers a question
    while it saves. `address` is that of its pages, with `$1` for the title. `run` is the id of the run that all of this
    belongs to.
    """

    def __init__(
        self,
        wiki: Wiki,
        bot: str,
        starters: frozenset[str],
        *,
        pause: Callable[[], bool] = lambda: True,
        dry_run: bool = False,
        attended: bool = False,
        overlaps: bool = False,
        address: str = "",
        run: str = "",
    ) -> None:
        self._wiki = wiki
        self._bot = bot
        self._dry_run = dry_run
        self._address = address
        self._run = run
        wait = (lambda: True) if dry_run else pause
        self._brake = Brake(wiki, bot, starters, pause=wait, attended=attended, overlaps=overlaps)
        self._standing = Standing()

    def carry_out(self, job: str, edits: Sequence[Edit], within: str = "") -> Iterator[Done]:
        """Carry out a job's edits in order, telling of each when it is done.

        `within` is the title under which all of them must stand (a trial's), or empty.
        """
        for edit in edits:
            outcome = (
                unchanged(edit, self._bot)
                or obstacle_to_edit(edit, self._bot, within)
                or self._obstacle_of_owner(edit)
                or (self._edited(job, edit) if edit.amends else with_links_inert(edit, partial(self._edited, job)))
            )
            self._brake.heed(outcome)
            yield Done(job, edit, outcome, self._brake.stop_behind(job, outcome))

    def deliver(self, job: str, postings: Sequence[Posting], within: str = "") -> Iterator[Delivered]:
        """Post a job's posts that were proven not to stand, in order, telling of each when it is done.

        `within` is as for edits. Of one that had to be taken back it tells again.
        """
        made: list[tuple[Posting, Outcome]] = []
        for left, read in zip(reversed(range(len(postings))), postings, strict=True):
            posting = self._standing.on_top(read)
            outcome = obstacle_to_post(posting, self._bot, within) or self._posted(job, posting, more=left > 0)
            self._brake.heed(outcome)
            self._standing.learn(read, posting, outcome)
            if outcome.kind is Kind.SAVED:
                made.append((posting, outcome))
            yield Delivered(job, posting, outcome, self._brake.stop_behind(job, outcome))
        yield from self._looked_over(job, made)

    def _looked_over(self, job: str, made: Sequence[tuple[Posting, Outcome]]) -> Iterator[Delivered]:
        """What became of those posts that another process had made before, on another page: they are taken back."""
        before = posted_before(self._wiki, self._bot, [(posting.post, outcome) for posting, outcome in made])
        for (posting, outcome), other in zip(made, before, strict=True):
            if other:
                summary = _taken_back(self._bot, job, posting)
                yield Delivered(job, posting, take_back(self._wiki, self._bot, outcome, other, summary))

    def send(self, letters: Mapping[str, Sequence[Letter]]) -> Iterator[Sent]:
        """Send the letters of jobs, as few as can be, telling of each when it is done.

        What a stopped job has to tell waits. No letter keeps an edit from being made. A process on trial sends them,
        too: they go to its contact, and nothing of them is public.
        """
        free = []
        for job, own in letters.items():
            hindrance = self._brake.holds(job, Title(f"User:{own[0].to}")) if own else None
            for letter in own:
                if hindrance:
                    yield Sent(letter, replace(hindrance, title=Title(f"User:{letter.to}")))
                else:
                    free.append(letter)
        for letter in in_one(free):
            if self._dry_run:
                yield Sent(letter, Outcome(Title(f"User:{letter.to}"), Kind.PLANNED))
            else:
                yield Sent(letter, send(self._wiki, self._bot, letter, self._address))

    def _obstacle_of_owner(self, edit: Edit) -> Outcome | None:
        """Why a page may not be written, by whose it is. What was merged with people's words is nobody else's."""
        if amends := edit.amends:
            is_own = only_within(edit.page.text, edit.text, amends.own, amends.key)
            reason = "The edit would change more than the bot's own words in its post."
            return None if is_own else Outcome(edit.page.title, Kind.FORBIDDEN, reason=reason)
        if edit.merged:
            return None
        return obstacle_of_owner(edit.page, Runner(self._wiki).run(owner_of(edit.page, self._bot)))

    def _edited(self, job: str, edit: Edit) -> Outcome:
        """What becomes of an edit that nothing on its page hinders."""
        title, base = edit.page.title, edit.page.revision.id if edit.page.revision else None
        if hindrance := self._brake.holds(job, title):
            return hindrance
        if self._dry_run:
            return Outcome(title, Kind.PLANNED, base)
        return attempt(self._wiki, Save(title, edit.text, base, self._summary(job, edit)), self._bot)

    def _posted(self, job: str, posting: Posting, *, more: bool) -> Outcome:
        """What becomes of a post that nothing on its page hinders; there may be `more` behind it."""
        title, post = posting.page.title, posting.post
        if hindrance := self._brake.holds(job, title, more=more):
            return hindrance
        if self._dry_run:
            return Outcome(title, Kind.PLANNED, posting.base)
        begun, key = task(self._bot, job), post_mark(post.key, *post.tells)
        summary = complete(begun, post.summary, key, run=self._run, room=len(key))
        if post.within:
            change: Change = Save(title, with_section(posting), posting.base, summary)
        else:
            change = Append(title, section_text(post, posting.page), posting.base, summary)
        return deliver(self._wiki, self._bot, post, change, _taken_back(self._bot, job, posting))

    def _summary(self, job: str, edit: Edit) -> str:
        """The summary of an edit, ending with the mark by which we know our text.

        What takes a run back is a person's decision: its mark names that run, and doesn't make the text ours.
        """
        begun = task(self._bot, job)
        if edit.undoes:
            return complete(begun, edit.summary, undo_mark(edit.undoes))
        if edit.amends:
            ending = amend_mark(edit.amends.key, edit.amends.words)
            return complete(begun, edit.summary, ending, run=self._run, room=len(ending))
        return complete(begun, edit.summary, mark(edit.text, carries=edit.carries), run=self._run)


def _taken_back(bot: str, job: str, posting: Posting) -> str:
    """The summary of an edit that takes a post back."""
    return f"{task(bot, job)}{Texts(posting.post.language).say('summary-taken-back')}"
