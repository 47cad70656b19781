"""Which account speaks to which wiki: from the environment alone, or from pywikibot's user-config.py.

    STRATEGYBOT_USER           the account's name
    STRATEGYBOT_BOT_PASSWORD   APPID@PASSWORD, as Special:BotPasswords shows them
    STRATEGYBOT_OAUTH          instead of the password: the four tokens of an owner-only OAuth consumer
    STRATEGYBOT_CONTACT        whom the wiki's operators may write to: an address or a page

So the bot runs where there is neither a home directory nor a disk to write to.
"""

from __future__ import annotations

import importlib.util
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import strategybot
from strategybot.wiki.mediawiki.framework import USER_CONFIG, pywikibot
from strategybot.wiki.port import OperatorError

NO_ACCOUNT = (
    "No account is configured: set STRATEGYBOT_USER and STRATEGYBOT_BOT_PASSWORD, or STRATEGYBOT_OAUTH, or put a "
    f"{USER_CONFIG} where PYWIKIBOT_DIR points or into the current folder (see {USER_CONFIG}.sample)."
)


@dataclass(frozen=True)
class Proof:
    """What proves who we are: a bot password (`login` is NAME@APPID), or the four tokens that sign every request.

    With tokens, `name` may be empty: the wiki tells it.
    """

    name: str
    login: str = ""
    password: str = field(default="", repr=False)
    tokens: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Account:
    """Who speaks to the api.php at `url`, and under which User-Agent.

    `verify` is whether certificates are looked at, `simulate` pywikibot's own switch against all writing.
    """

    url: str
    agent: str
    proof: Proof
    verify: bool = True
    simulate: bool = False


def account_for(spec: str, environment: Mapping[str, str]) -> Account:
    """The account for `FAMILY:CODE` or the URL of an api.php.

    Raises OperatorError, as wrong usage, where the wiki or the account is not configured well.
    """
    config = pywikibot().config
    site = _site(spec)
    url = site.base_url(site.apipath())
    proof = _from_environment(environment) or _from_user_config(site, url)
    if proof.tokens and not importlib.util.find_spec("requests_oauthlib"):
        raise OperatorError("OAuth needs the Python package requests-oauthlib, which is not installed.", usage=True)
    contact = (
        environment.get("STRATEGYBOT_CONTACT") or config.user_agent_description or f"User:{proof.name or 'unknown'}"
    )
    return Account(url, _agent(contact), proof, site.verify_SSL_certificate(), bool(config.simulate))


def _agent(contact: str) -> str:
    """The User-Agent that Wikimedia's policy asks for; a header takes ASCII on one line only."""
    contact = quote(contact, safe=string.punctuation + " ")
    return f"strategybot/{strategybot.__version__} ({contact}) pywikibot/{pywikibot().__version__}"


def _site(spec: str) -> Any:
    """What pywikibot knows about a wiki without asking it: its BaseSite sends no requests."""
    if "://" in spec:
        family = _family(spec)
        code = family.code
    else:
        family, _, code = spec.partition(":")
    if not family or not code:
        raise OperatorError(f"“{spec}” names no wiki: give FAMILY:CODE or the URL of an api.php.", usage=True)
    try:
        return pywikibot().Site(code, family, interface=pywikibot().site.BaseSite)
    except (pywikibot().exceptions.Error, ValueError) as error:
        raise OperatorError(f"pywikibot knows no wiki “{spec}”: {error}.", usage=True) from error


def _family(url: str) -> Any:
    """A family of one wiki, named after its address."""
    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname or not address.path.endswith("/api.php"):
        raise OperatorError(f"“{url}” is not the URL of an api.php.", usage=True)
    name = re.sub(r"[^a-z0-9]+", "-", f"{address.netloc}{address.path}".lower())
    return pywikibot().family.AutoFamily(name, url)


def _from_environment(environment: Mapping[str, str]) -> Proof | None:
    """The proof in the environment, None where it holds nothing of the kind."""
    name = pywikibot().tools.normalize_username(environment.get("STRATEGYBOT_USER", "").strip()) or ""
    password = environment.get("STRATEGYBOT_BOT_PASSWORD", "").strip()
    tokens = re.findall(r"[^\s,]+", environment.get("STRATEGYBOT_OAUTH", ""))
    if tokens:
        if len(tokens) != 4:
            raise OperatorError(f"STRATEGYBOT_OAUTH has {len(tokens)} tokens, not four.", usage=True)
        return Proof(name, tokens=tuple(tokens))
    if not name and not password:
        return None
    if not name or not password:
        missing = "STRATEGYBOT_BOT_PASSWORD" if name else "STRATEGYBOT_USER"
        raise OperatorError(f"{missing} is not set.", usage=True)
    app, _, secret = password.partition("@")
    if not app or not secret:
        raise OperatorError("STRATEGYBOT_BOT_PASSWORD is not of the form APPID@PASSWORD.", usage=True)
    return Proof(name, f"{name}@{app}", secret)


def _from_user_config(site: Any, url: str) -> Proof:
    """The proof from `usernames` and `authenticate` or `password_file` in pywikibot's configuration."""
    name = site.username()
    if not name:
        raise OperatorError(NO_ACCOUNT, usage=True)
    tokens = pywikibot().comms.http.get_authentication(url) or ()
    if len(tokens) == 4:
        return Proof(name, tokens=tuple(tokens))
    try:
        login = pywikibot().login.ClientLoginManager(site=site, user=name)
    except (OSError, ValueError) as error:
        raise OperatorError(f"The password file of {USER_CONFIG} can't be read: {error}.", usage=True) from error
    if not login.password:  # here pywikibot would ask at the terminal
        raise OperatorError(f"{USER_CONFIG} names no password file with a line for {name}.", usage=True)
    return Proof(name, login.login_name, login.password)
