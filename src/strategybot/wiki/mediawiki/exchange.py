"""One HTTP exchange with an api.php: sent exactly once, and either the answer or the reason why there is none.

The reasons differ in what they say about an edit: where it was not sent or was refused, nothing is saved; where there
is no answer, nobody knows.
"""

from __future__ import annotations

import json
import re
from contextvars import ContextVar
from typing import Any

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from strategybot.wiki.mediawiki.account import Account
from strategybot.wiki.mediawiki.framework import pywikibot

Parameters = dict[str, str]
Answer = dict[str, Any]

FORM = {"format": "json", "formatversion": "2", "errorformat": "plaintext", "errorlang": "en"}


class NotSentError(Exception):
    """No connection to the wiki: nothing has reached it. The text is a sentence that says why."""


class NoAnswerError(Exception):
    """The request may have been carried out or not: its answer is lost or can't be read. The text says it."""


class RefusedError(Exception):
    """The wiki answered that it won't: `errors` holds each error's `code`, `text` and, for some, `data`."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(f"{error.get('text', '')} ({error['code']})" for error in errors))
        self.errors = errors

    @property
    def code(self) -> str:
        """The code of the first error."""
        return str(self.errors[0]["code"])


class Line:
    """An account's own line to its wiki: its cookies, and how many seconds it waits for an answer."""

    def __init__(self, account: Account, timeout: float | None) -> None:
        self._account = account
        self._session = _AccountSession(timeout)
        _connect()

    def send(self, parameters: Parameters) -> Answer:
        """Send one request, once. Raises NotSentError, NoAnswerError or RefusedError."""
        turn = _speaking.set(self._session)
        try:
            response = pywikibot().comms.http.fetch(
                self._account.url,
                method="POST",
                headers={"user-agent": self._account.agent, "content-type": "application/x-www-form-urlencoded"},
                data=pywikibot().data.api.encode_url(parameters | FORM),  # the token goes last: cut short, it is void
                auth=self._account.proof.tokens or None,
                verify=self._account.verify,
                allow_redirects=False,
                default_error_handling=False,
            )
        finally:
            _speaking.reset(turn)
        if isinstance(response, Exception):
            raise _silence(self._account.url, response) from response
        return _read(self._account.url, parameters["action"], response)


def _read(url: str, action: str, response: requests.Response) -> Answer:
    """What a response says. Raises RefusedError or NoAnswerError."""
    try:
        answer = json.loads(response.content)
    except ValueError:
        answer = None
    status = response.status_code
    if not isinstance(answer, dict):
        if 300 <= status < 500:  # MediaWiki has not even begun
            raise RefusedError([{"code": f"http-{status}", "text": f"HTTP {status} {response.reason}"}])
        raise NoAnswerError(f"{url} answers with HTTP {status} and something that is not JSON.")
    if errors := answer.get("errors"):
        raise RefusedError(errors)
    if not answer.keys() & {action, "batchcomplete", "continue"}:
        raise NoAnswerError(f"{url} does not answer like a MediaWiki.")
    return answer


def _silence(url: str, error: Exception) -> NotSentError | NoAnswerError:
    """Whether a request without a response can have reached the wiki."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else None
    if isinstance(error, requests.ConnectTimeout):
        return NotSentError(f"{url} can't be reached: no connection in time.")
    if isinstance(reason, NewConnectionError):
        why = re.sub(r"\[Errno -?\d+\] ", "", str(reason).rpartition(": ")[2])
        return NotSentError(f"{url} can't be reached: {why}.")
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return NotSentError(f"{url} can't be trusted: its certificate is not valid.")
    if isinstance(error, requests.Timeout):
        return NoAnswerError(f"{url} does not answer in time.")
    if isinstance(error, requests.ConnectionError):
        return NoAnswerError(f"{url} breaks the connection off.")
    return NoAnswerError(f"{url} can't be asked: {error!r}.")


# --- pywikibot has one HTTP session for all accounts ---


class _AccountSession(requests.Session):
    """The HTTP session of one account, with cookies of its own."""

    def __init__(self, timeout: float | None) -> None:
        super().__init__()
        self._timeout = timeout

    def request(self, *args: Any, **settings: Any) -> requests.Response:
        """Send a request and wait for as long as this account does, or as long as pywikibot says."""
        return super().request(*args, **settings | ({"timeout": self._timeout} if self._timeout else {}))


class _SharedSession(requests.Session):
    """pywikibot's one HTTP session, which passes each request on to the account that speaks."""

    def request(self, *args: Any, **settings: Any) -> requests.Response:
        """Send a request with the cookies of whoever speaks."""
        speaker = _speaking.get()
        return speaker.request(*args, **settings) if speaker else super().request(*args, **settings)


_speaking: ContextVar[_AccountSession | None] = ContextVar("speaking", default=None)


def _connect() -> None:
    """Put our session into the place that pywikibot keeps for one's own."""
    http = pywikibot().comms.http
    if not isinstance(http.session, _SharedSession):
        shared = _SharedSession()
        shared.cookies = http.cookie_jar
        http.session = shared
