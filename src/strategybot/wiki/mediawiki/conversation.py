"""An account's conversation with its wiki: logging in, reading with patience, writing without any."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from strategybot.model.page import Site, User
from strategybot.wiki.mediawiki.account import Account
from strategybot.wiki.mediawiki.exchange import Answer, Line, NoAnswerError, NotSentError, Parameters, RefusedError
from strategybot.wiki.mediawiki.namespaces import Namespaces
from strategybot.wiki.port import OperatorError

START = {
    "action": "query",
    "meta": "siteinfo|userinfo|tokens",
    "siprop": "general|namespaces|namespacealiases",
    "uiprop": "groups|rights|blockinfo|email",
    "type": "csrf",
    "curtimestamp": "1",
}

PASSING = ("maxlag", "ratelimited", "http-429", "internal_api_error_")
"""How the code of a refused reading begins that may be answered in a moment."""

LOST = ("assertuserfailed", "assertnameduserfailed")
"""What the wiki answers when it has forgotten the session."""


@dataclass(frozen=True)
class Patience:
    """How many seconds to wait for an answer (None: pywikibot's `socket_timeout`), and before each further try."""

    timeout: float | None = None
    pauses: tuple[float, ...] = (2.0, 10.0)


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
        self._line = Line(account, patience.timeout)
        self._token = ""

    def start(self) -> None:
        """Log in and learn who and where we are: three requests, or one with OAuth. Raises OperatorError."""
        try:
            if self.account.proof.login:
                self._log_in()
            answer = self._patiently(START, "start")
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
            return self._patiently(ours, purpose)
        except RefusedError as refusal:
            if refusal.code not in LOST:
                raise
        self.start()
        return self._patiently(ours, purpose)

    def write(self, parameters: Parameters, purpose: str = "edit") -> Answer:
        """The answer to one action, which is sent once. Raises NotSentError, NoAnswerError and RefusedError."""
        account = self.site.account
        flag = "bot" if "bot" in account.rights else "user"
        ours = {**parameters, "assert": flag, "assertuser": account.name, "maxlag": "5", "token": self._token}
        if flag == "bot" and parameters["action"] == "edit":
            ours["bot"] = "1"
        return self._send(ours, purpose)

    def _log_in(self) -> None:
        self._line = Line(self.account, self._patience.timeout)
        proof = self.account.proof
        answer = self._patiently({"action": "query", "meta": "tokens", "type": "login"}, "start")
        token = {"lgtoken": answer["query"]["tokens"]["logintoken"]}
        claim = {"action": "login", "lgname": proof.login, "lgpassword": proof.password}
        login = self._patiently(claim | token, "start")["login"]
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

    def _patiently(self, parameters: Parameters, purpose: str) -> Answer:
        pauses = iter(self._patience.pauses)
        while True:
            problem: OperatorError | RefusedError
            try:
                return self._send(parameters, purpose)
            except (NotSentError, NoAnswerError) as silence:
                problem = OperatorError(str(silence))
            except RefusedError as refusal:
                if not refusal.code.startswith(PASSING):
                    raise
                problem = refusal
            pause = next(pauses, None)
            if pause is None:
                raise problem
            time.sleep(pause)

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
    )
