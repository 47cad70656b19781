"""Pages are written to files and read from them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.model.page import Title
from strategybot.wiki.folder import path_of, read_folder, title_of, write_folder
from strategybot.wiki.port import OperatorError
from strategybot.wiki.titles import canonical

FILES = [
    ("Sandbox", "Sandbox.wiki"),
    ("Template:A/B", "Template:A/B.wiki"),
    ("User:StrategyBot/Process.json", "User:StrategyBot/Process.json"),
    ("Template:A/styles.css", "Template:A/styles.css"),
    ("MediaWiki:Gadget.js", "MediaWiki:Gadget.js.wiki"),
    ("A.wiki", "A.wiki.wiki"),
    ("A.wiki/B", "A%2Ewiki/B.wiki"),
    ("User:Ada/x.json/doc", "User:Ada/x%2Ejson/doc.wiki"),
    (".hidden/.too", "%2Ehidden/%2Etoo.wiki"),
    ("User:Ada/.json", "User:Ada/%2Ejson.wiki"),
    ("...", "%2E...wiki"),
    ("A.b.c", "A.b.c.wiki"),
    ("/A", "%2FA.wiki"),
    ("A/", "A%2F.wiki"),
    ("A//B/C", "A%2F%2FB/C.wiki"),
    ("A/ b", "A/ b.wiki"),
    ("50%/a%", "50%/a%.wiki"),
    ("A" * 201, "A" * 200 + "%00/A.wiki"),
    ("فريق/工作组", "فريق/工作组.wiki"),
]


@pytest.mark.parametrize(("title", "path"), FILES)
def test_file_of_a_page(title: str, path: str) -> None:
    """A page has one file, visible and in a place of its own, and the file has that page."""
    assert path_of(Title(title)) == PurePosixPath(path)
    assert title_of(PurePosixPath(path)) == Title(title)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("template:a/B.wiki", "Template:A/B"),
        ("A_b.wiki", "A b"),
        ("E\u0301te\u0301.wiki", "Été"),
        ("A.json.wiki", "A.json"),
    ],
)
def test_file_in_another_spelling(path: str, title: str) -> None:
    """A file that people have named in their own way is read as the page that it means."""
    assert title_of(PurePosixPath(path)) == Title(title)


@given(st.text(st.sampled_from("aé./%20EF ._:jsonwikicss"), min_size=1, max_size=30))
def test_every_title_has_its_file(text: str) -> None:
    """Any legal title comes back from its file, which is never hidden nor out of the folder."""
    title = canonical(Title(text))
    if title is None:
        return
    path = path_of(title)
    assert title_of(path) == title
    assert not path.is_absolute()
    assert not any(part.startswith(".") for part in path.parts)


@given(st.text(min_size=150, max_size=255))
def test_every_long_title_has_its_file(text: str) -> None:
    """A long title comes back as well, from names that a file system takes."""
    title = canonical(Title(text))
    if title is None:
        return
    path = path_of(title)
    assert title_of(path) == title
    assert all(len(part.encode()) <= 255 for part in path.parts)


@pytest.mark.parametrize("title", ["../A", "A/../../B", "", "A|B", "A\nB", "Talk:User:Ada"])
def test_no_file_for_an_illegal_title(title: str) -> None:
    """An illegal title has no file, least of all one outside of the folder."""
    with pytest.raises(OperatorError, match=r"^No page can have the title") as caught:
        path_of(Title(title))
    assert caught.value.usage


def test_pages_come_back(tmp_path: Path) -> None:
    """What is written is read again, each page with its own text."""
    pages = {Title(title): f"\nText of {title}: été 🌍\n\n" for title, _ in FILES} | {Title("Empty"): ""}
    write_folder(tmp_path / "new", pages)
    assert read_folder(tmp_path / "new") == pages


def test_file_is_a_text_file(tmp_path: Path) -> None:
    """A file is UTF-8 and ends with a line end."""
    write_folder(tmp_path, {Title("A"): "Été."})
    assert (tmp_path / "A.wiki").read_bytes() == "Été.\n".encode()


@pytest.mark.parametrize(
    ("written", "text"),
    [(b"Text.", "Text."), (b"Text.\n", "Text."), (b"One.\r\nTwo.\r\n", "One.\nTwo."), (b"e\xcc\x81", "é"), (b"", "")],
)
def test_file_from_any_editor(tmp_path: Path, written: bytes, text: str) -> None:
    """A file is read in normal form C, whatever its line ends, and with a last line end or not."""
    (tmp_path / "A.wiki").write_bytes(written)
    assert read_folder(tmp_path) == {Title("A"): text}


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    """What is hidden is no page."""
    write_folder(tmp_path, {Title("A"): "Text."})
    for hidden in (".git/B.wiki", ".C.wiki"):
        (tmp_path / hidden).parent.mkdir(exist_ok=True)
        (tmp_path / hidden).write_text("No page.")
    assert list(read_folder(tmp_path)) == [Title("A")]


def test_writing_leaves_other_files(tmp_path: Path) -> None:
    """Files of other pages stay, and a page's file is replaced."""
    write_folder(tmp_path, {Title("A"): "Old.", Title("B"): "Stays."})
    write_folder(tmp_path, {Title("A"): "New."})
    assert read_folder(tmp_path) == {Title("A"): "New.", Title("B"): "Stays."}


def test_pages_are_in_order(tmp_path: Path) -> None:
    """Pages come by title, not as the file system has them."""
    write_folder(tmp_path, {Title(title): "" for title in ("C", "A/B", "A", "B")})
    assert [title.text for title in read_folder(tmp_path)] == ["A", "A/B", "B", "C"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("A.txt", b"", "“A.txt” is no page: its name must end in .wiki, .json, .css."),
        ("A[b].wiki", b"", "“A[b].wiki” is no page: no page can have that title."),
        ("A.wiki", b"\xff", "“{folder}/A.wiki” is not written in UTF-8."),
    ],
)
def test_file_that_is_no_page(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    """A file that can't be read as a page is named to the operator."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(OperatorError) as caught:
        read_folder(tmp_path)
    assert str(caught.value) == sentence.format(folder=tmp_path)
    assert caught.value.usage


def test_two_files_of_one_page(tmp_path: Path) -> None:
    """Where two files claim to be the same page, neither is taken."""
    for name in ("A b.wiki", "A_b.wiki"):
        (tmp_path / name).write_text("Text.")
    with pytest.raises(OperatorError, match=r"are the page A b\.$"):
        read_folder(tmp_path)


def test_folder_that_is_none(tmp_path: Path) -> None:
    """A folder that isn't there, or is a file, is named to the operator."""
    (tmp_path / "file").touch()
    for name, reason in (("nowhere", "No such file or directory"), ("file", "Not a directory")):
        with pytest.raises(OperatorError) as caught:
            read_folder(tmp_path / name)
        assert str(caught.value) == f"The folder “{tmp_path / name}” can't be read: {reason}."
        assert caught.value.usage


def test_folder_that_can_not_be_written(tmp_path: Path) -> None:
    """Where a file can't be written, the operator is told which."""
    (tmp_path / "A").touch()
    with pytest.raises(OperatorError, match=r"A/B.wiki” can't be written: "):
        write_folder(tmp_path, {Title("A/B"): "Text."})
