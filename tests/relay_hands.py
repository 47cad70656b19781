"""The hands of people who file relays, and of those who forge them, on whatever wiki."""

from __future__ import annotations

from typing import Protocol

RELAYS = "Committee/Relays"
ROSTERS = "Committee/Working Groups"


class Hands(Protocol):
    """What people can do on a wiki. Each thing that is done comes a minute after the one before."""

    anonymous: str
    """As whom somebody is named who edits without an account."""

    def save(self, title: str, text: str, user: str) -> int:
        """Somebody saves a page; `user` is `anonymous` where it is nobody's account."""
        ...

    def text(self, title: str) -> str:
        """The text that stands."""
        ...

    def move(self, old: str, new: str, user: str) -> None:
        """Somebody moves a page; a redirect is left behind."""
        ...

    def hide(self, revid: int, *, user: bool = False) -> None:
        """An admin hides a revision's text, or its author's name."""
        ...

    def rename(self, old: str, new: str) -> None:
        """An account is given another name."""
        ...

    def join(self, name: str) -> None:
        """Somebody registers."""
        ...

    def block(self, name: str) -> None:
        """An admin keeps somebody from editing."""
        ...

    def bring_in(self, title: str, text: str, user: str) -> None:
        """An admin imports a page's revision under an account's name."""
        ...


def relay(sender: str = "core team", to: str = "all groups", **fields: str) -> str:
    """A relay with these fields (`reply_by` is the field `reply by`)."""
    given = {"from": sender, "to": to, "kind": "information", "subject": "News", "text": "Please read this.", **fields}
    lines = "".join(f"|{name.replace('_', ' ')}={value}\n" for name, value in given.items())
    return f"{{{{Steering group/Relay\n{lines}}}}}"


def page(name: str) -> str:
    """The page of a relay."""
    return f"{RELAYS}/{name}"
