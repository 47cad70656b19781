"""A real MediaWiki for the tests: one for each process that runs tests, made when the first test asks for it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.mediawiki.browsing import chromium_browser
from tests.mediawiki.failing import Tunnel
from tests.mediawiki.rig import MediaWikiRig, fresh_wiki
from throwaway import ThrowawayWiki

os.environ.setdefault("NO_PROXY", "127.0.0.1")  # a proxy is no way to a wiki on this machine


@pytest.fixture(scope="session")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """The wiki that most tests share."""
    with fresh_wiki(tmp_path_factory.mktemp("mediawiki")) as wiki:
        yield wiki


@pytest.fixture(scope="session")
def shared_rig(throwaway: ThrowawayWiki) -> MediaWikiRig:
    """The wiki with the hands of its people."""
    return MediaWikiRig(throwaway)


@pytest.fixture
def rig(shared_rig: MediaWikiRig) -> Iterator[MediaWikiRig]:
    """The wiki as the tests before have left it, but with its usual settings."""
    yield shared_rig
    shared_rig.configure()


@pytest.fixture
def tunnel(rig: MediaWikiRig) -> Iterator[Tunnel]:
    """A way to the wiki on which answers can be lost."""
    with Tunnel(rig.api) as tunnel:
        yield tunnel


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a file."""
    with chromium_browser() as browser:
        yield browser


@pytest.fixture
def root() -> str:
    """A title of this test's own; nothing stands at it or under it."""
    return f"Test {uuid.uuid4().hex}"
