"""Pages as the files of a folder: `Template:A/B` is the file `Template:A/B.wiki`.

A title that ends in .json or .css keeps its ending, every other one gets .wiki. Where a title would make a file that
is hidden, out of place or in another one's place, the character in question is written as its number, `%2E` or
`%2F`: no legal title has that in it. A file ends with a line end, which is no part of the page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from strategybot.model.page import Title
from strategybot.wiki.characters import clean
from strategybot.wiki.port import OperatorError
from strategybot.wiki.titles import canonical

_OWN_ENDINGS = (".json", ".css")
_ENDINGS = (".wiki", *_OWN_ENDINGS)

_LONGEST = 200
"""The most bytes in the name of a file or folder: file systems take 255, with the ending and what is escaped."""

_NO_CUT = re.compile("(?<![^/])/|/(?![^/])")
"""A slash at either end of a title or beside another one: what would be an empty name is none."""

_TO_BE_CONTINUED = "%00"
"""The end of a name that goes on in the next one, being too long for one alone."""


def read_folder(folder: Path | str) -> dict[Title, str]:
    """All pages in a folder, by title; hidden files are passed over.

    Raises OperatorError where the folder can't be read, and for a file that is no page.
    """
    folder = Path(folder)
    pages: dict[Title, str] = {}
    for path in _files(folder):
        title = title_of(PurePosixPath(path.relative_to(folder).as_posix()))
        if title in pages:
            raise OperatorError(f"Two files in “{_shown(folder)}” are the page {title}.", usage=True)
        pages[title] = _text_of(path)
    return dict(sorted(pages.items()))


def write_folder(folder: Path | str, pages: Mapping[Title, str]) -> None:
    """Write each page to its file, and touch no other file. Raises OperatorError where that can't be done."""
    for title, text in pages.items():
        path = Path(folder) / path_of(title)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(f"{text}\n".encode())
        except OSError as error:
            raise OperatorError(f"“{_shown(path)}” can't be written: {error.strerror}.") from error


def path_of(title: Title) -> PurePosixPath:
    """The file of a page of the home wiki, within the folder. Raises OperatorError for an illegal title."""
    if canonical(title) is None:
        raise OperatorError(f"No page can have the title “{_shown(title)}”.", usage=True)
    parts = _NO_CUT.sub("%2F", title.text).split("/")
    *folders, last = [piece for part in parts for piece in _pieces(part)]
    file = _visible(last)
    return PurePosixPath(*map(_folder_name, folders), file if file.endswith(_OWN_ENDINGS) else f"{file}.wiki")


def title_of(path: PurePosixPath) -> Title:
    """The page of a file within the folder. Raises OperatorError where it is none."""
    if not path.name.endswith(_ENDINGS):
        raise OperatorError(f"“{_shown(path)}” is no page: its name must end in {', '.join(_ENDINGS)}.", usage=True)
    name = str(path).removesuffix(".wiki").replace(f"{_TO_BE_CONTINUED}/", "")
    title = canonical(Title(name.replace("%2F", "/").replace("%2E", ".")))
    if title is None:
        raise OperatorError(f"“{_shown(path)}” is no page: no page can have that title.", usage=True)
    return title


def _pieces(part: str) -> Iterator[str]:
    """A part of a title, in pieces of which none is too long for a file system."""
    piece = ""
    for character in part:
        if len(f"{piece}{character}".encode()) > _LONGEST:
            yield f"{piece}{_TO_BE_CONTINUED}"
            piece = ""
        piece += character
    yield piece


def _folder_name(name: str) -> str:
    """Visible, and not that of a file: `A.json/B` lies beside the file `A.json`."""
    stem, dot, ending = name.rpartition(".")
    return _visible(f"{stem}%2E{ending}" if f"{dot}{ending}" in _ENDINGS else name)


def _visible(name: str) -> str:
    """The name with a dot at its beginning escaped, which would hide the file."""
    return f"%2E{name[1:]}" if name.startswith(".") else name


def _files(folder: Path) -> Iterator[Path]:
    """All files in a folder and its folders that are not hidden."""

    def refuse(error: OSError) -> None:
        raise OperatorError(f"The folder “{_shown(folder)}” can't be read: {error.strerror}.", usage=True) from error

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in files if not name.startswith("."))


def _text_of(path: Path) -> str:
    try:
        return clean(path.read_bytes().decode()).removesuffix("\n")
    except UnicodeDecodeError as error:
        raise OperatorError(f"“{_shown(path)}” is not written in UTF-8.", usage=True) from error
    except OSError as error:
        raise OperatorError(f"“{_shown(path)}” can't be read: {error.strerror}.", usage=True) from error


def _shown(path: object) -> str:
    """A name that can be printed, whatever the file system holds."""
    return clean(str(path))
