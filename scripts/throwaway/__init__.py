"""A throwaway real MediaWiki on loopback, for tests, demo and benchmarks."""

from . import background
from .accounts import ACCOUNTS, ADA, ADMIN, BLOCKED, BO, FLAGLESS_BOT, STRATEGY_BOT, Account
from .apt import InstallError
from .client import ApiError, Client
from .install import ensure_browser, ensure_installed
from .php import MaintenanceError
from .server import ServerError
from .wiki import Revision, ThrowawayWiki

__all__ = [
    "ACCOUNTS",
    "ADA",
    "ADMIN",
    "BLOCKED",
    "BO",
    "FLAGLESS_BOT",
    "STRATEGY_BOT",
    "Account",
    "ApiError",
    "Client",
    "InstallError",
    "MaintenanceError",
    "Revision",
    "ServerError",
    "ThrowawayWiki",
    "background",
    "ensure_browser",
    "ensure_installed",
]
