"""A small API client, so that setting up a test needs no bot framework."""

import http.cookiejar
import json
import urllib.parse
import urllib.request
from typing import Any

TIMEOUT_SECONDS = 60


class ApiError(Exception):
    """The API refused; `code` is its error code."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code


class Client:
    """One session with the API, logged in or not."""

    def __init__(self, api: str) -> None:
        self._api = api
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
        self._user = ""
        self._token = ""

    def call(self, **params: object) -> dict[str, Any]:
        """Send one request by POST and return the answer, format version 2.

        Lists are joined by `|`, None and False leave a parameter out. Raises ApiError.
        """
        form = {key: _parameter(value) for key, value in params.items() if value not in (None, False)}
        form |= {"format": "json", "formatversion": "2"}
        if self._user:
            form["assertuser"] = self._user
        with self._opener.open(self._api, urllib.parse.urlencode(form).encode(), TIMEOUT_SECONDS) as answer:
            result: dict[str, Any] = json.load(answer)
        if error := result.get("error"):
            raise ApiError(error["code"], error.get("info", ""))
        return result

    def call_with_token(self, **params: object) -> dict[str, Any]:
        """Send one request with this session's edit token, asked for once."""
        self._token = self._token or self.token()
        return self.call(**params, token=self._token)

    def token(self, kind: str = "csrf") -> str:
        """A token of this session."""
        tokens: dict[str, str] = self.call(action="query", meta="tokens", type=kind)["query"]["tokens"]
        return tokens[f"{kind}token"]

    def login(self, name: str, password: str) -> None:
        """Start a session as `name`, with the main password or a bot password."""
        self._user = self._token = ""
        answer = self.call(action="login", lgname=name, lgpassword=password, lgtoken=self.token("login"))["login"]
        if answer["result"] != "Success":
            raise ApiError(answer["result"], str(answer.get("reason", "")))
        self._user = answer["lgusername"]


def _parameter(value: object) -> str:
    if value is True:
        return "1"
    return "|".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
