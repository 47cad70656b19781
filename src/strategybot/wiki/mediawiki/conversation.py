"""An account's conversation with its wiki: logging in, and what is sent again when something goes wrong.

A reading is, a few times. An action is only where it is certain that nothing was done: the wiki wasn't reached, or
asks to wait, or doesn't know us any more. Where the answer to an action is lost, whoever acts has to look.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from strategybot.model.page import Site, User
from strategybot.wiki.mediawiki.account import Account
from strategybot.wiki.mediawiki.exchange import Answer, Line, NoAnswerError, NotSentError, Parameters, RefusedError
from strategybot.wiki.mediawiki.namespaces import Namespaces
from strategybot.wiki.port import OperatorError

T = TypeVar("T")

START = {
    "action": "query",
    "meta": "siteinfo|userinfo|tokens|allmessages",
    "siprop": "general|namespaces|namespacealiases|extensions",
    "uiprop": "groups|rights|blockinfo|email",
    "type": "csrf",
    "ammessages": "massmessage-optout-category",  # MassMessage names it in the wiki's language
    "uselang": "content",
    "curtimestamp": "1",
}

BUSY = ("maxlag", "ratelimited", "http-429")
"""How the code of a refusal begins that asks to come again in a moment: nothing was done."""

PASSING = (*BUSY, "internal_api_error_")
"""How the code of a refused reading begins that may be answered in a moment."""

LOST = ("assertuserfailed", "assertnameduserfailed", "assertbotfailed")
"""What the wiki answers when it has forgotten the session."""

VOID = (*LOST, "badtoken")
"""What it answers to an action that proves nothing any more; the proof can be renewed, once."""


@dataclass(frozen=True)
class Patience:
    """How many seconds to wait for an answer, and before each further try.

    `timeout` is for a sign of life (None: pywikibot's `socket_timeout`), `deadline` for a whole answer. A further try
    comes after the next of `pauses`, or after as long as the wiki asks for itself; where that is more than `longest`,
    or all pauses of a conversation came to more than `budget`, there is none. `sleep` does the waiting.
    """

    timeout: float | None = None
    deadline: float = 180.0
    pauses: tuple[float, ...] = (2.0, 10.0, 30.0)
    longest: float = 60.0
    budget: float = 600.0
    sleep: Callable[[float], None] = time.sleep


USUAL = Patience()


class Conversation:
    """The conversation. `start()` comes first: it sets `site`, `namespaces` and the token that edits need.

    Every request is counted in `requests` under its purpose. Readings may overlap with each other and with a write.
    """

    site: Site
    namespaces: Namespaces

    def __init__(self, account: Account, patience: Patience, requests: Counter[str]) -> None:
        self.account = account
        self._patience = patience
        self._requests = requests
        self._counting = threading.Lock()
        self._line = Line(account, patience.timeout, patience.deadline)
        self._token = ""
        self._slept = 0.0

    def start(self) -> None:
        """Log in and learn who and where we are: three requests, or one with OAuth. Raises OperatorError."""
        try:
            if self.account.proof.login:
                self._patiently(self._log_in)
            answer = self._patiently(lambda: self._send(START, "start"))
            self.namespaces = Namespaces.of(answer["query"])
            self.site = _site(answer, self.namespaces)
            self._token = answer["query"]["tokens"]["csrftoken"]
        except RefusedError as refusal:
            raise OperatorError(f"{self.account.url} refuses to let the bot in: {refusal}.") from refusal
        except KeyError as missing:
            raise OperatorError(f"{self.account.url} does not answer like a MediaWiki (no {missing}).") from missing
        self._check()

    def read(self, parameters: Parameters, purpose: str) -> Answer:
        """The answer to one reading request, which is sent again a few times where that may help.

        Where the wiki has forgotten the session, it is begun anew. Raises RefusedError, and OperatorError where there
        is no answer.
        """
        ours = {**parameters, "assertuser": self.site.account.name}
        try:
            return self._patiently(lambda: self._send(ours, purpose))
        except RefusedError as refusal:
            if refusal.code not in LOST:
                raise
        self.start()
        return self._patiently(lambda: self._send(ours, purpose))

    def write(self, parameters: Parameters, purpose: str = "edit") -> Answer:
        """The answer to one action, which is sent again only where it is certain that nothing was done.

        Raises NotSentError, NoAnswerError and RefusedError, and OperatorError where the session can't be renewed.
        """
        pauses, renewed = iter(self._patience.pauses), False
        while True:
            problem: NotSentError | RefusedError
            try:
                return self._send(self._proven(parameters), purpose)
            except NotSentError as silence:
                problem, wait = silence, None
            except RefusedError as refusal:
                if refusal.code in VOID and not renewed:
                    self._renew(refusal)
                    renewed = True
                    continue
                if not refusal.code.startswith(BUSY):
                    raise
                problem, wait = refusal, refusal.wait
            if not self._pause(pauses, wait):
                raise problem

    def _proven(self, parameters: Parameters) -> Parameters:
        """The parameters of an action with what proves it to be ours."""
        account = self.site.account
        flag = "bot" if "bot" in account.rights else "user"
        ours = {**parameters, "assert": flag, "assertuser": account.name, "maxlag": "5", "token": self._token}
        if flag == "bot" and parameters["action"] == "edit":
            ours["bot"] = "1"
        return ours

    def _renew(self, refusal: RefusedError) -> None:
        """Begin a new session with a new token. Who was a bot and is none any more writes nothing in this run."""
        was_bot = "bot" in self.site.account.rights
        self.start()
        if was_bot and "bot" not in self.site.account.rights:
            raise refusal

    def _log_in(self) -> None:
        """Log in, in a session of its own: what was half done in another proves nothing."""
        self._line = Line(self.account, self._patience.timeout, self._patience.deadline)
        proof = self.account.proof
        answer = self._send({"action": "query", "meta": "tokens", "type": "login"}, "start")
        token = {"lgtoken": answer["query"]["tokens"]["logintoken"]}
        claim = {"action": "login", "lgname": proof.login, "lgpassword": proof.password}
        login = self._send(claim | token, "start")["login"]
        if login["result"] != "Success":
            reason = login.get("reason", {}).get("text", login["result"])
            raise OperatorError(f"{self.account.url} refuses the login of {proof.login}: {reason}")

    def _check(self) -> None:
        """Raise OperatorError where the wiki takes us for somebody else."""
        found, wanted = self.site.account, self.account.proof.name
        if not found.exists:
            raise OperatorError(f"{self.account.url} takes the bot for an anonymous visitor: its proof is void.")
        if wanted and wanted != found.name:
            raise OperatorError(f"The bot should be {wanted}, but its OAuth tokens are {found.name}'s.", usage=True)

    def _patiently(self, ask: Callable[[], T]) -> T:
        """What asking gives, again a few times where that may help. Raises RefusedError and OperatorError."""
        pauses = iter(self._patience.pauses)
        while True:
            problem: OperatorError | RefusedError
            try:
                return ask()
            except NotSentError as silence:
                problem, wait = OperatorError(str(silence)), None
            except NoAnswerError as silence:
                problem, wait = OperatorError(str(silence)), silence.wait
            except RefusedError as refusal:
                if not refusal.code.startswith(PASSING):
                    raise
                problem, wait = refusal, refusal.wait
            if not self._pause(pauses, wait):
                raise problem

    def _pause(self, pauses: Iterator[float], wait: float | None) -> bool:
        """Wait before a further try. False, at once, where there shall be none."""
        seconds = max(next(pauses, float("inf")), wait or 0.0)
        if seconds > self._patience.longest or self._slept + seconds > self._patience.budget:
            return False
        self._slept += seconds
        self._patience.sleep(seconds)
        return True

    def _send(self, parameters: Parameters, purpose: str) -> Answer:
        with self._counting:
            self._requests[purpose] += 1
        return self._line.send(parameters)


def _address(general: Answer) -> str:
    """The address of the wiki's pages, with `$1` for the title."""
    server = general["server"]
    return f"{'https:' if server.startswith('//') else ''}{server}{general['articlepath']}"


def _site(answer: Answer, namespaces: Namespaces) -> Site:
    """The wiki and the account from the answer to START."""
    general, me = answer["query"]["general"], answer["query"]["userinfo"]
    opt_outs = [one["content"] for one in answer["query"]["allmessages"] if "content" in one]
    account = User(
        name=me["name"],
        exists="anon" not in me,
        blocked="blockid" in me and not me.get("blockpartial"),
        groups=frozenset(me["groups"]) - {"*", "user"},
        rights=frozenset(me["rights"]),
        emailable=bool(me.get("emailauthenticated")),
    )
    return Site(
        name=general["servername"],
        account=account,
        time=datetime.fromisoformat(answer["curtimestamp"]),
        language=general["lang"],
        namespaces=namespaces.names,
        batch=500 if "apihighlimits" in account.rights else 50,
        address=_address(general),
        extensions=frozenset(one["name"] for one in answer["query"]["extensions"] if "name" in one),
        opt_outs=tuple(dict.fromkeys((*Site.opt_outs, *opt_outs))),
    )
