"""How long the long tests are."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("STRATEGYBOT_NIGHTLY") == "1"
"""Whether they run at full length (`scripts/test --nightly`)."""
