"""What all tests share."""

from __future__ import annotations

import pytest

from tests.committee import Committee

pytest.register_assert_rewrite("tests.wiki.contract")


@pytest.fixture
def committee() -> Committee:
    """A committee of two groups that was just set up."""
    return Committee()
