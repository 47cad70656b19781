"""MediaWiki, PHP and a browser, installed when they are missing."""
# ruff: noqa: S603, S607 -- the commands are our own

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import apt
from .apt import InstallError
from .cache import built_whole, cache_folder, locked, say

OLDEST_MEDIAWIKI = (1, 43)
MEDIAWIKI_PACKAGES = ("mediawiki", "mediawiki-classes")

# What MediaWiki and our extensions need from PHP, by the names of `php -m`.
PHP_MODULES = {"apcu", "curl", "dom", "gmp", "intl", "mbstring", "pdo_sqlite", "xml", "Zend OPcache"}
PHP_PACKAGES = (
    "php-cli", "php-sqlite3", "php-mbstring", "php-xml", "php-intl", "php-curl", "php-gmp", "php-apcu",
    "php-luasandbox", "diffutils", "faketime",
)  # fmt: skip

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Arabic, Hebrew and Devanagari are in Noto, Chinese and Japanese in the fallback font.
BROWSER_PACKAGES = ("chromium", "fonts-noto-core", "fonts-droid-fallback")


@dataclass(frozen=True)
class Installation:
    """What a wiki runs on."""

    php: Path
    libfaketime: Path
    mediawiki: Path
    version: str


@cache
def ensure_installed() -> Installation:
    """Find MediaWiki and all it needs, or install it.

    Takes up to a minute the first time and a moment later. Raises InstallError where it can't
    be had.
    """
    with locked("install"):
        if not _php_is_complete():
            apt.install(PHP_PACKAGES)
            if not _php_is_complete():
                raise InstallError(f"PHP is still incomplete after installing {' '.join(PHP_PACKAGES)}.")
        tree = _mediawiki() or _fetch_mediawiki()
    return Installation(_found("php"), _found_libfaketime(), tree / "usr/share/mediawiki", tree.name)


def ensure_browser() -> Path:
    """The headless browser's executable, installed with a few fonts if there is none."""
    with locked("browser"):
        if not any(map(shutil.which, BROWSERS)):
            apt.install(BROWSER_PACKAGES)
    return _found(*BROWSERS)


def _php_is_complete() -> bool:
    try:
        php = _found("php")
        _found("diff3")
        _found_libfaketime()
    except InstallError:
        return False
    modules = subprocess.run([php, "-m"], check=True, capture_output=True, text=True).stdout.splitlines()
    return set(modules) >= PHP_MODULES and ("luasandbox" in modules or shutil.which("lua5.1") is not None)


def _found(*names: str) -> Path:
    for path in filter(None, map(shutil.which, names)):
        return Path(path)
    raise InstallError(f"No {names[0]} on this machine: install Debian's package of that name.")


def _found_libfaketime() -> Path:
    for path in Path("/usr/lib").glob("*/faketime/libfaketime.so.1"):
        return path
    raise InstallError("No libfaketime on this machine: install Debian's package of that name.")


def _mediawiki() -> Path | None:
    """The newest tree in the cache; a tree is there whole or not at all."""
    trees = [tree for tree in cache_folder().glob("mediawiki-*") if tree.is_dir()]
    return max(trees, key=lambda tree: _numbers(tree.name), default=None)


def _fetch_mediawiki() -> Path:
    apt.require_apt("MediaWiki 1.43 or later")
    with tempfile.TemporaryDirectory(prefix=".apt-", dir=cache_folder()) as scratch:
        options: list[str] = []
        if _numbers(apt.candidate("mediawiki")) < OLDEST_MEDIAWIKI:
            options = apt.suite_options(apt.later_suite(), Path(scratch))
        version = apt.candidate("mediawiki", options)
        if _numbers(version) < OLDEST_MEDIAWIKI:
            raise InstallError("No MediaWiki 1.43 or later in reach: run this in a container of debian:trixie.")
        say(f"fetching MediaWiki {version}")
        packages = apt.download(MEDIAWIKI_PACKAGES, Path(scratch), options)
        target = cache_folder() / f"mediawiki-{version.partition('+')[0]}"
        with built_whole(target) as draft:
            for package in packages:
                subprocess.run(["dpkg", "-x", str(package), str(draft)], check=True)
            _make_links_relative(draft)
    return target


def _make_links_relative(tree: Path) -> None:
    """Point the package's absolute links into the tree, and drop those that lead nowhere."""
    for folder, subfolders, files in os.walk(tree):
        for path in (Path(folder, name) for name in (*subfolders, *files)):
            if path.is_symlink() and (target := str(path.readlink())).startswith("/"):
                path.unlink()
                inside = tree / target[1:]
                if os.path.lexists(inside):
                    path.symlink_to(os.path.relpath(inside, path.parent))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version.partition("+")[0])))
