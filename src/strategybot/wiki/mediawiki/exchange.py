"""One HTTP exchange with an api.php: sent exactly once, and either the answer or the reason why there is none.

The reasons differ in what they say about an edit: where it was not sent or was refused, nothing is saved; where there
is no answer, nobody knows.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import Any, TypeVar

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from strategybot.wiki.mediawiki.account import Account
from strategybot.wiki.mediawiki.framework import pywikibot

T = TypeVar("T")
Parameters = dict[str, str]
Answer = dict[str, Any]

LARGEST = 64 * 2**20
"""How many bytes an answer may have. MediaWiki's own limit, 8 MiB of text, is less in whatever encoding."""

FORM = {"format": "json", "formatversion": "2", "errorformat": "plaintext", "errorlang": "en"}


class NotSentError(Exception):
    """No connection to the wiki: nothing has reached it. The text is a sentence that says why."""


class NoAnswerError(Exception):
    """The request may have been carried out or not: its answer is lost or can't be read. The text says it.

    `wait` is for how many seconds the wiki asks to be left in peace, None where it doesn't.
    """

    def __init__(self, sentence: str, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


class RefusedError(Exception):
    """The wiki answered that it won't: `errors` holds each error's `code`, `text` and, for some, `data`.

    `wait` is for how many seconds it asks to be left in peace, None where it doesn't.
    """

    def __init__(self, errors: list[dict[str, Any]], wait: float | None = None) -> None:
        super().__init__("; ".join(f"{error.get('text', '')} ({error['code']})" for error in errors))
        self.errors = errors
        self.wait = wait

    @property
    def code(self) -> str:
        """The code of the first error."""
        return str(self.errors[0]["code"])


class _TooLargeError(Exception):
    """An answer is larger than LARGEST."""


class Line:
    """An account's own line to its wiki: its cookies, and how many seconds it waits for an answer.

    `timeout` is for a sign of life, `deadline` for the whole answer: a server can send a byte now and then for ever.
    """

    def __init__(self, account: Account, timeout: float | None, deadline: float) -> None:
        self._account = account
        self._session = _AccountSession(timeout)
        self._deadline = deadline
        _connect()

    def send(self, parameters: Parameters) -> Answer:
        """Send one request, once. Raises NotSentError, NoAnswerError or RefusedError."""
        url, end = self._account.url, time.monotonic() + self._deadline
        try:
            response, body = _within(self._deadline, lambda: self._fetch(parameters, end))
        except Exception as error:  # whatever requests and what it is built on make of a broken answer
            raise _silence(url, error) from error
        return _read(url, parameters["action"], response, body)

    def _fetch(self, parameters: Parameters, end: float) -> tuple[requests.Response, bytes]:
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
                stream=True,
            )
        finally:
            _speaking.reset(turn)
        if isinstance(response, Exception):
            raise response
        with response:
            return response, _body(response, end)


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What some work returns, or raises; TimeoutError where it takes longer, and then nobody waits for it any more."""
    done: Future[T] = Future()

    def do() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # it is for whoever waits
            done.set_exception(error)

    Thread(target=do, daemon=True).start()
    return done.result(seconds)


def _body(response: requests.Response, end: float) -> bytes:
    """A response's body. Raises TimeoutError where it isn't there in the end, and _TooLargeError."""
    body = bytearray()
    for piece in response.iter_content(2**16):
        body += piece
        if len(body) > LARGEST:
            raise _TooLargeError
        if time.monotonic() > end:
            raise TimeoutError
    return bytes(body)


def _read(url: str, action: str, response: requests.Response, body: bytes) -> Answer:
    """What a response says. Raises RefusedError or NoAnswerError."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    status, wait = response.status_code, _wait(response.headers.get("Retry-After", ""))
    if isinstance(answer, dict):
        if errors := _errors(answer):
            raise RefusedError(errors, wait)
        # MediaWiki says of nothing, too, what it is that isn't: an empty one is broken. Only DiscussionTools doesn't,
        # where a comment isn't found: so there it is asked for its time as well.
        if answer.get(action) or "curtimestamp" in answer:
            return answer
    if 300 <= status < 500:  # MediaWiki has not even begun
        raise RefusedError([{"code": f"http-{status}", "text": f"HTTP {status} {response.reason}"}], wait)
    if answer is None:
        raise NoAnswerError(f"{url} answers with HTTP {status} and something that is not JSON.", wait)
    raise NoAnswerError(f"{url} does not answer like a MediaWiki.", wait)


def _errors(answer: Answer) -> list[dict[str, Any]]:
    """The errors in an answer, empty where it has none of MediaWiki's form."""
    errors = answer.get("errors", ())
    return [error for error in errors if isinstance(error, dict) and "code" in error]


def _wait(text: str) -> float | None:
    """How many seconds a Retry-After asks for, as a number or until a date; None where it can't be understood."""
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


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
    return NoAnswerError(f"{url} {_trouble(error)}.")


def _trouble(error: Exception) -> str:
    """What became of an answer that began, or may have."""
    if isinstance(error, requests.Timeout | TimeoutError):
        return "does not answer in time"
    if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return "breaks the connection off"
    if isinstance(error, _TooLargeError):
        return f"answers with more than {LARGEST} bytes"
    return f"can't be asked: {error!r}"


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
