"""pywikibot itself, imported when it is first needed: it reads its configuration while it is imported.

It gets the operator's folder where PYWIKIBOT_DIR points to a user-config.py or the current folder has one, and a
private one that goes with this process where not. It never gets the home directory.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from strategybot.wiki.port import OperatorError

USER_CONFIG = "user-config.py"


def pywikibot() -> Any:
    """The package. Raises OperatorError where its configuration can't be read."""
    if "pywikibot" not in sys.modules:
        _settle()
    return sys.modules["pywikibot"]


def _settle() -> None:
    settings = {"PYWIKIBOT_NO_USER_CONFIG": "2"}  # says nothing where there is none
    if not any(Path(folder, USER_CONFIG).is_file() for folder in (os.environ.get("PYWIKIBOT_DIR"), ".") if folder):
        settings["PYWIKIBOT_DIR"] = _private_folder()
    given = {name: os.environ[name] for name in settings if name in os.environ}
    os.environ.update(settings)
    try:
        import_module("pywikibot")
    except (Exception, SystemExit) as error:  # user-config.py is a program, and pywikibot ends itself over some of it
        raise OperatorError(f"pywikibot can't be set up: {error!r}.", usage=True) from error
    finally:
        for name in settings:
            del os.environ[name]
        os.environ.update(given)


def _private_folder() -> str:
    """A new folder with an empty configuration, without which pywikibot would look on in the home directory."""
    folder = tempfile.mkdtemp(prefix="strategybot-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Path(folder, USER_CONFIG).touch()
    return folder
