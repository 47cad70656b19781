"""A real MediaWiki for the tests: one for each process that runs tests, made when the first test asks for it."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Iterator

import pytest

from tests.mediawiki.rig import MediaWikiRig, Tunnel
from throwaway import InstallError, ThrowawayWiki

os.environ.setdefault("NO_PROXY", "127.0.0.1")  # a proxy is no way to a wiki on this machine


@pytest.fixture(scope="session")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowawayWiki]:
    """A MediaWiki that runs; where it can't be had, tests are skipped, unless STRATEGYBOT_REQUIRE_MEDIAWIKI=1."""
    try:
        wiki = ThrowawayWiki.create(tmp_path_factory.mktemp("mediawiki"))
    except (InstallError, OSError, subprocess.CalledProcessError) as reason:
        if os.environ.get("STRATEGYBOT_REQUIRE_MEDIAWIKI") == "1":
            raise
        pytest.skip(f"no real MediaWiki here: {reason}")
    with wiki:
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
    with Tunnel(rig) as tunnel:
        yield tunnel


@pytest.fixture
def root() -> str:
    """A title of this test's own; nothing stands at it or under it."""
    return f"Test {uuid.uuid4().hex}"
