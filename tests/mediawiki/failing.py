"""The way to a wiki on which things go wrong: a proxy that fails any one exchange, in all the ways that we know of.

What can really happen does: a port is closed, a connection is reset, the wiki itself refuses since its settings, an
admin or the request have changed for this one exchange. Only what no wiki of one machine can do is forged.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

from throwaway import ThrowawayWiki
from throwaway.server import free_port

Form = Mapping[str, str]
Question = tuple[tuple[str, str], ...]
"""What tells a reading from others."""

KEPT = ("content-type", "cookie")
PASSED_ON = ("content-type", "set-cookie", "retry-after")

MISHAP = "X-Mishap"
"""The header by which a wiki with `SETTINGS_FOR_MISHAPS` has other settings for one request."""

SETTINGS_FOR_MISHAPS = r"""
switch ( $_SERVER['HTTP_X_MISHAP'] ?? '' ) {
	case 'read-only': $wgReadOnly = 'moving house'; break;
	case 'rate limit': $wgRateLimits['edit'] = [ 'user' => [ 0, 60 ], 'bot' => [ 0, 60 ] ]; break;
	case 'captcha':
		$wgCaptchaTriggers['edit'] = $wgCaptchaTriggers['create'] = true;
		$wgGroupPermissions['bot']['skipcaptcha'] = false;
		break;
	case 'error': // what the module has done is rolled back
		$wgHooks['APIAfterExecute'][] = static function () {
			throw new \Wikimedia\Rdbms\DBQueryError( null, 'The server has gone away', 2006, 'COMMIT', 'test' );
		};
		break;
}
"""


@dataclass(frozen=True)
class Sent:
    """A request that went through a tunnel."""

    headers: Mapping[str, str]
    form: Form

    @property
    def purpose(self) -> str:
        """What it is for: `login`, `start` (who we are, and our token), `reading`, or the action's name."""
        if self.form["action"] != "query":
            return self.form["action"]
        tokens = "tokens" in self.form.get("meta", "")
        return "reading" if not tokens else "login token" if self.form.get("type") == "login" else "start"

    @property
    def question(self) -> Question:
        """What is asked, where it is a reading."""
        return tuple(sorted(self.form.items()))


@dataclass(frozen=True)
class Said:
    """What comes back."""

    status: int
    body: bytes
    headers: Sequence[tuple[str, str]] = ()


class Exchange:
    """An exchange on its way: what a mishap can do to it."""

    def __init__(self, mouth: _Mouth, sent: Sent) -> None:
        self._mouth = mouth
        self.sent = sent

    @property
    def tunnel(self) -> Tunnel:
        """The tunnel that it goes through."""
        return self._mouth.server

    def forward(self, changed: Form | None = None, dropped: Collection[str] = (), **headers: str) -> Said:
        """Let the wiki have the request, with parameters changed and headers dropped and added."""
        forged = {name: value for name, value in self.tunnel.forged.items() if name in self.sent.form}
        kept = {name: value for name, value in self.sent.headers.items() if name.lower() in KEPT}
        kept = {name: value for name, value in kept.items() if name.lower() not in dropped}
        added = {name.replace("_", "-"): value for name, value in headers.items()}
        wiki = HTTPConnection(self.tunnel.wiki.netloc, timeout=60)
        try:
            wiki.request("POST", self.tunnel.wiki.path, urlencode({**self.sent.form, **forged, **(changed or {})}),
                         kept | added)  # fmt: skip
            answer = wiki.getresponse()
            passed_on = [(name, value) for name, value in answer.getheaders() if name.lower() in PASSED_ON]
            return Said(answer.status, answer.read(), passed_on)
        finally:
            wiki.close()

    def say(self, said: Said, length: int | None = None) -> None:
        """Hand an answer out. `length` is what it says of its own length, where that isn't true."""
        self._mouth.send_response(said.status)
        for name, value in said.headers:
            self._mouth.send_header(name, value)
        self._mouth.send_header("Content-Length", str(len(said.body) if length is None else length))
        self._mouth.end_headers()
        self._mouth.wfile.write(said.body)

    def trickle(self, text: bytes) -> None:
        """Send a text a byte at a time, and then the last one again and again, for as long as anybody listens."""
        with suppress(OSError):
            for place in range(10**9):
                self._mouth.wfile.write(text[place : place + 1] or text[-1:])
                self._mouth.wfile.flush()
                time.sleep(0.02)

    def reset(self) -> None:
        """Reset the connection."""
        self._mouth.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._mouth.connection.close()

    def keep_waiting(self) -> None:
        """Say nothing until the other side has had enough."""
        with suppress(OSError):
            self._mouth.connection.recv(1)


@dataclass(frozen=True)
class Way:
    """A way in which an exchange fails; `of` are the purposes of those that can, empty for all."""

    name: str
    happen: Callable[[Exchange], None]
    of: tuple[str, ...] = ()
    time_out: bool = False

    def __str__(self) -> str:
        """The name, by which a test is called: it is the same in every process that runs tests."""
        return self.name

    def befalls(self, sent: Sent) -> bool:
        """Whether it can happen to a request."""
        return not self.of or sent.purpose in self.of


class Tunnel(ThreadingHTTPServer):
    """Another way to a wiki. What goes in is kept in `sent`, and reaches the wiki but for the parameters in `forged`.

    The next exchanges fail as `fail()` says, one after the other. `said` holds what was answered to questions, and
    `before` what was in the past: so the wiki's replicas answer again while they lag behind (`lags`). `hands` is the
    wiki for what its admin has to do.
    """

    daemon_threads = True

    def __init__(self, api: str, wiki: ThrowawayWiki | None = None) -> None:
        super().__init__(("127.0.0.1", free_port()), _Mouth)
        self.wiki = urlsplit(api)
        self.api = f"http://127.0.0.1:{self.server_port}{self.wiki.path}"
        self.hands = wiki
        self.sent: list[Sent] = []
        self.said: dict[Question, Said] = {}
        self.before: Mapping[Question, Said] = {}
        self.lags = False
        self.forged: dict[str, str] = {}
        self._ways: list[Way | None] = []
        self._lifts: list[Callable[[], object]] = []
        self._turn = Lock()
        self._shut = False

    def __enter__(self) -> Tunnel:
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def fail(self, *ways: Way, after: int = 0) -> None:
        """Let the next exchanges fail, one in each of these ways; `after` of them go well before."""
        self._ways = [*[None] * after, *ways]
        self._look_ahead()

    def next_way(self) -> Way | None:
        """The way in which the exchange that comes now fails, None where it doesn't."""
        with self._turn:
            way = self._ways.pop(0) if self._ways else None
            self._look_ahead()
            return way

    def afterwards(self, lift: Callable[[], object]) -> None:
        """Remember what an admin has to undo."""
        self._lifts.append(lift)

    def mend(self, _: float = 0) -> None:
        """Let the next exchange reach its end, where its connection was to be refused."""
        with self._turn:
            if self._shut:
                self._shut = False
                self._ways.pop(0)
                self.socket.listen(self.request_queue_size)

    def recover(self) -> bool:
        """Make everything well again, what an admin has done as well; and say whether all that was to fail has."""
        self.mend()
        happened = not self._ways
        self._ways.clear()
        self.lags = False
        while self._lifts:
            self._lifts.pop()()
        return happened

    def get_request(self) -> tuple[socket.socket, str]:
        """Accept a connection, but not in a hurry while the port is closed."""
        if self._shut:
            time.sleep(0.005)
        connection, address = super().get_request()
        return connection, address

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever speaks to us hangs up as he likes."""

    def _look_ahead(self) -> None:
        """Close the port where the next connection is to be refused."""
        if self._ways and self._ways[0] is REFUSED and not self._shut:
            self._shut = True
            self.socket.shutdown(socket.SHUT_RDWR)


class _Mouth(BaseHTTPRequestHandler):
    """What takes a request into the tunnel and hands its answer out."""

    server: Tunnel

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True))
        sent = Sent(dict(self.headers), form)
        self.server.sent.append(sent)
        way, exchange = self.server.next_way(), Exchange(self, sent)
        if way:
            way.happen(exchange)
        else:
            well(exchange)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def well(exchange: Exchange) -> None:
    """Nothing goes wrong; or a replica answers that lags behind."""
    tunnel, sent = exchange.tunnel, exchange.sent
    said = tunnel.before.get(sent.question) if tunnel.lags else None
    said = said or exchange.forward()
    if sent.purpose == "reading":
        tunnel.said.setdefault(sent.question, said)
    exchange.say(said)


# --- The ways ---


def says(status: int, body: bytes, *, done: bool = True, **headers: str) -> Way:
    """Something else is answered, after the wiki has done what was asked, or before."""

    def happen(exchange: Exchange) -> None:
        if done:
            exchange.forward()
        told = [(name.replace("_", "-"), value) for name, value in headers.items()]
        exchange.say(Said(status, body, [("Content-Type", "text/html"), *told]))

    return Way(f"HTTP {status} {'after' if done else 'before'}", happen)


def _empty(sent: Sent, said: Said) -> Said:
    """An answer that looks like MediaWiki's, and says nothing."""
    return Said(200, json.dumps({sent.form["action"]: {}, "batchcomplete": True}).encode(), said.headers)


def _page(status: int) -> bytes:
    return f"<!DOCTYPE html><html><title>{status}</title><p>Our servers are having trouble.</html>".encode()


def forged(name: str, code: str, text: str, *, done: bool, of: tuple[str, ...] = (), status: int = 200) -> Way:
    """An error in the form that MediaWiki gives it."""
    error = {"code": code, "text": text, "module": "main"}
    body = json.dumps({"errors": [error], "docref": "See api.php for API usage.", "servedby": "wiki"}).encode()

    def happen(exchange: Exchange) -> None:
        if done:
            exchange.forward()
        exchange.say(Said(status, body, [("Content-Type", "application/json; charset=utf-8")]))

    return Way(name, happen, of)


def altered(name: str, change: Callable[[Form], Form], *of: str) -> Way:
    """The wiki really refuses, since the request isn't what was sent."""
    return Way(name, lambda exchange: exchange.say(exchange.forward(change(exchange.sent.form))), of)


def other_settings(name: str, *of: str) -> Way:
    """The wiki really refuses, since its settings are others for this request."""
    return Way(name, lambda exchange: exchange.say(exchange.forward(X_Mishap=name)), of)


def _text(form: Form, text: str) -> Form:
    """The text of an edit with another at its end."""
    name = next(name for name in ("text", "appendtext") if name in form)
    return {name: form[name] + text}


def _elsewhere(form: Form) -> Form:
    """An edit of a page whose title is on the blacklist."""
    return {"title": BLACKLISTED[0] if "createonly" in form else BLACKLISTED[1]}


def _protect(exchange: Exchange) -> None:
    """An admin protects the page just before the edit, from being made or from being edited."""
    wiki, form = exchange.tunnel.hands, exchange.sent.form
    assert wiki is not None
    title, what = form["title"], "create" if "createonly" in form else "edit"
    wiki.call_as("Admin", action="protect", title=title, protections=f"{what}=sysop")
    exchange.tunnel.afterwards(lambda: wiki.call_as("Admin", action="protect", title=title, protections=f"{what}=all"))
    exchange.say(exchange.forward())


def _block(exchange: Exchange) -> None:
    """An admin blocks the bot just before the exchange."""
    wiki = exchange.tunnel.hands
    assert wiki is not None
    wiki.call_as("Admin", action="block", user="StrategyBot", reason="Please stop for a while.")
    exchange.tunnel.afterwards(lambda: wiki.call_as("Admin", action="unblock", user="StrategyBot"))
    exchange.say(exchange.forward())


def _cut(exchange: Exchange) -> None:
    said = exchange.forward()
    exchange.say(Said(said.status, said.body[: len(said.body) // 2], said.headers))


def _cut_off(exchange: Exchange) -> None:
    said = exchange.forward()
    exchange.say(Said(said.status, said.body[: len(said.body) // 2], said.headers), len(said.body))


def _reset_after(exchange: Exchange) -> None:
    exchange.forward()
    exchange.reset()


def _silent_after(exchange: Exchange) -> None:
    exchange.forward()
    exchange.keep_waiting()


def _lag(exchange: Exchange) -> None:
    exchange.tunnel.lags = True
    well(exchange)


def _huge(exchange: Exchange) -> None:
    said = exchange.forward()
    with suppress(OSError):
        exchange.say(Said(200, said.body + b" " * 2**27, said.headers))


BLACKLISTED = ("Blacklisted and missing", "Blacklisted")
WARNED, DISALLOWED = "mishapwarn", "mishapdisallow"
SPAM = "https://evil.example"

REFUSED = Way("connection refused", lambda _: None)
RESET_BEFORE = Way("reset before", Exchange.reset)
RESET_AFTER = Way("reset after", _reset_after)
_ACTIONS = ("edit", "emailuser", "options")
_SIGNED = ("reading", *_ACTIONS)

BLOCKED = Way("blocked", _block, of=("start", *_ACTIONS))
LAG = Way("replica lag", _lag, of=("reading", "start"))
TRICKLING_HEADERS = Way("headers trickle", lambda exchange: exchange.trickle(b"HTTP/1.1 200 OK\r\nX: "), time_out=True)
TRICKLING_BODY = Way("body trickles", lambda exchange: exchange.trickle(b"HTTP/1.1 200 OK\r\n\r\n{ "), time_out=True)
HUGE = Way("huge answer", _huge)

WAYS: tuple[Way, ...] = (
    REFUSED,
    RESET_BEFORE,
    RESET_AFTER,
    Way("time-out before", Exchange.keep_waiting, time_out=True),
    Way("time-out after", _silent_after, time_out=True),
    says(429, _page(429), done=False, Retry_After="3"),
    says(500, _page(500)),
    says(502, _page(502), done=False),
    says(503, _page(503), done=False, Retry_After="5"),
    says(504, _page(504)),
    says(200, b"{}"),
    Way("empty answer", lambda exchange: exchange.say(_empty(exchange.sent, exchange.forward()))),
    Way("JSON that is cut", _cut),
    Way("answer that is cut", _cut_off),
    other_settings("error"),
    forged(
        "database error after commit",
        "internal_api_error_DBQueryError",
        "[0a1b] Caught exception of type Wikimedia\\Rdbms\\DBQueryError",
        done=True,
    ),
    forged("rate limit of readings", "ratelimited", "You've exceeded your rate limit.", done=False, of=("reading",)),
    altered("maxlag", lambda _: {"maxlag": "-2"}),
    altered("bad token", lambda _: {"token": "stale+\\"}, *_ACTIONS),
    altered("bad login token", lambda _: {"lgtoken": "stale+\\"}, "login"),
    Way("lost session", lambda exchange: exchange.say(exchange.forward(dropped=("cookie",))), of=_SIGNED),
    LAG,
    BLOCKED,
    other_settings("read-only", "login", *_ACTIONS),
    other_settings("rate limit", "edit"),
    other_settings("captcha", "edit"),
    Way("protected", _protect, of=("edit",)),
    altered("abuse filter warns", lambda form: _text(form, WARNED), "edit"),
    altered("abuse filter disallows", lambda form: _text(form, DISALLOWED), "edit"),
    altered("spam list", lambda form: _text(form, f" {SPAM} "), "edit"),
    altered("title blacklist", _elsewhere, "edit"),
    altered("page too large", lambda form: _text(form, "x" * 2**21), "edit"),
)
"""All ways, as many as possible for real."""
