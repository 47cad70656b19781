"""The port to a real MediaWiki."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from strategybot.model.page import Site
from strategybot.wiki.mediawiki import private, refusals, saving
from strategybot.wiki.mediawiki.account import account_for
from strategybot.wiki.mediawiki.conversation import USUAL, Conversation, Patience
from strategybot.wiki.mediawiki.exchange import NoAnswerError, NotSentError, RefusedError
from strategybot.wiki.mediawiki.reading import Reading
from strategybot.wiki.port import Action, Change, Kind, Mail, OperatorError, Outcome, Query, Remember


class MediaWikiWiki:
    """A wiki named as pywikibot names it, FAMILY:CODE, or by the URL of its api.php.

    The account is found in `environment` or in pywikibot's configuration (see account.py). What fails is tried again
    as `patience` says, an edit only where it is certain that nothing was done. `requests` counts what was sent, by
    purpose.
    """

    def __init__(self, spec: str, environment: Mapping[str, str] = os.environ, patience: Patience = USUAL) -> None:
        self.requests: Counter[str] = Counter()
        self._spec = spec
        self._environment = environment
        self._patience = patience
        self._conversation: Conversation | None = None

    def start(self) -> Site:
        """Log in, anew each time, and say what is there. Raises OperatorError with a sentence on what to mend."""
        conversation = Conversation(account_for(self._spec, self._environment), self._patience, self.requests)
        conversation.start()
        self._conversation = conversation
        return conversation.site

    def answer(self, queries: Collection[Query[Any]], purpose: str = "read") -> Mapping[Query[Any], Any]:
        """All answers, in as few requests as the kinds of the questions allow.

        Histories, pages as of a time and revisions by id are always counted as "history". Raises OperatorError where
        the wiki can't be reached or won't answer.
        """
        conversation = self._started()
        reading = Reading(conversation.read, conversation.namespaces, conversation.site)
        try:
            return reading.answers(queries, purpose)
        except RefusedError as refusal:
            raise OperatorError(f"{conversation.account.url} refuses to answer: {refusal}.") from refusal
        except KeyError as missing:
            url = conversation.account.url
            raise OperatorError(f"{url} does not answer like a MediaWiki (no {missing}).") from missing

    def act(self, action: Action) -> Outcome:
        """Carry out one action, once, and say how it turned out.

        Nothing is raised: where the wiki can't be reached the outcome is NOT_REACHED, and where the answer is lost it
        is UNKNOWN. A page is created after a look at the log of moves, one more request, which is counted as "history".
        """
        if not action.title.legal or action.title.wiki:
            return Outcome(action.title, Kind.INVALID, reason="This can't be the title of a page on this wiki.")
        if self._started().account.simulate:
            base = action.base if isinstance(action, Change) else None
            return Outcome(action.title, Kind.PLANNED, base, reason="pywikibot is set to simulate.")
        try:
            return self._edit(action) if isinstance(action, Change) else self._discreetly(action)
        except RefusedError as refusal:
            return refusals.outcome(action, refusal)
        except (NotSentError, OperatorError) as silence:
            return Outcome(action.title, Kind.NOT_REACHED, reason=f"Nothing is done: {silence}")
        except (NoAnswerError, KeyError) as said:
            odd = f"the wiki does not answer like a MediaWiki (no {said})." if isinstance(said, KeyError) else said
            return Outcome(action.title, Kind.UNKNOWN, reason=f"It may be done or not: {odd}")

    def _discreetly(self, action: Mail | Remember) -> Outcome:
        answer = self._started().write(private.parameters(action), "mail")
        return private.outcome(action, answer)

    def _edit(self, action: Change) -> Outcome:
        conversation = self._started()
        if action.base is None and (gone := saving.moved(action, conversation.read(saving.moves(action), "history"))):
            return gone
        edit = conversation.write(saving.parameters(action))["edit"]
        return saving.outcome(action, edit) if edit["result"] == "Success" else refusals.failure(action, edit)

    def _started(self) -> Conversation:
        if self._conversation is None:
            raise RuntimeError("start() comes first")
        return self._conversation
