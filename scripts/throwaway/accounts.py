"""The accounts of every throwaway wiki. Their passwords guard nothing."""
# ruff: noqa: S105, S106 -- nothing at all

from dataclasses import dataclass

BOT_PASSWORD_ID = "strategybot"


@dataclass(frozen=True)
class Account:
    """An account of the pristine image; `groups` as MediaWiki names them."""

    name: str
    groups: tuple[str, ...] = ()
    blocked: bool = False
    bot_password: str = ""
    bot_grants: tuple[str, ...] = ()

    @property
    def password(self) -> str:
        """The password for the login form."""
        return f"throwaway {self.name} 1"

    @property
    def bot_login(self) -> tuple[str, str]:
        """Name and password for `action=login` with the bot password."""
        return f"{self.name}@{BOT_PASSWORD_ID}", self.bot_password


ADMIN = Account("Admin", ("sysop", "bureaucrat", "interface-admin"))
STRATEGY_BOT = Account(
    "StrategyBot",
    ("bot",),
    # MediaWiki takes a bot password only in this form: [0-9a-w]{32,}.
    bot_password="bot0password0with0flag0000000001",
    bot_grants=("basic", "highvolume", "editpage", "createeditmovepage", "sendemail", "editmyoptions"),
)
FLAGLESS_BOT = Account(
    "FlaglessBot",
    bot_password="bot0password0no0flag000000000001",
    bot_grants=("basic", "editpage", "createeditmovepage"),
)
ADA = Account("Ada")
BO = Account("Bo")
BLOCKED = Account("Blocked", blocked=True)

ACCOUNTS = (ADMIN, STRATEGY_BOT, FLAGLESS_BOT, ADA, BO, BLOCKED)
