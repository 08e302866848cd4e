"""A folder becomes a library, whatever lies in it."""

import os
from pathlib import Path

import pytest

from ripeness.errors import InputError
from ripeness.sources import Library, load_library
from ripeness.sources import load as load_module


def names(library: Library) -> list[str]:
    return [document.path.relative_to(library.folder).as_posix() for document in library.documents]


def test_documents_come_in_the_order_of_their_paths(tmp_path):
    for name in ("b.txt", "a.html", "sub/deep/c.md", "sub/a.TXT", "Z.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"words of {name}")
    library = load_library(str(tmp_path))
    assert names(library) == ["Z.txt", "a.html", "b.txt", "sub/a.TXT", "sub/deep/c.md"]
    assert library.problems == ()
    assert library == load_library(tmp_path)


def test_an_empty_folder_says_what_was_looked_for(tmp_path):
    library = load_library(tmp_path)
    assert library.documents == ()
    (problem,) = library.problems
    assert problem.level == "warning"
    assert problem.where == str(tmp_path)
    assert ".html" in problem.what
    assert ".txt" in problem.what
    assert problem.remedy


def test_a_missing_folder_is_bad_input(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        load_library(tmp_path / "nowhere")


def test_a_file_is_no_folder(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("words")
    with pytest.raises(InputError, match="not a folder"):
        load_library(path)


def test_a_closed_folder_is_bad_input(tmp_path, monkeypatch):
    def closed(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(load_module.os, "scandir", closed)
    with pytest.raises(InputError, match="cannot be listed: Permission denied"):
        load_library(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n", "no words"),
        ("binary.txt", bytes(range(256)), "NUL"),
        ("renamed.txt", b"%PDF-1.7", "PDF"),
        ("paper.pdf", b"%PDF-1.7", "does not end in"),
        ("archive", b"words", "does not end in"),
    ],
)
def test_a_file_that_cannot_be_used_is_reported_and_the_rest_is_read(tmp_path, name, data, what):
    (tmp_path / "good.txt").write_text("words")
    (tmp_path / name).write_bytes(data)
    library = load_library(tmp_path)
    assert names(library) == ["good.txt"]
    (problem,) = library.problems
    assert problem.level == "warning"
    assert problem.where == str(tmp_path / name)
    assert what in problem.what
    assert problem.remedy


def test_an_unreadable_file_is_reported(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("words")

    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    library = load_library(tmp_path)
    assert library.documents == ()
    assert any("Permission denied" in problem.what for problem in library.problems)


def test_a_closed_subfolder_is_reported(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    library = load_library(tmp_path)
    assert names(library) == ["a.txt"]
    assert [problem.where for problem in library.problems] == [str(tmp_path / "closed")]


def test_a_huge_file_is_refused_and_a_large_one_is_read(tmp_path, monkeypatch):
    text = "word " * 1_000_000
    (tmp_path / "large.txt").write_text(text)
    (tmp_path / "large.html").write_text(f"<p>{text}<br>" * 2)
    assert len(load_library(tmp_path).documents) == 2
    monkeypatch.setattr(load_module, "LARGEST", 6_000_000)
    library = load_library(tmp_path)
    assert names(library) == ["large.txt"]
    assert "6000000 is the most" in library.problems[0].what


def test_links_that_lead_out_are_refused(tmp_path):
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("secret words")
    (folder / "a.txt").write_text("words")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "sub").symlink_to(outside, target_is_directory=True)
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    (folder / "ring.txt").symlink_to(folder / "ring.txt")
    (folder / "self").symlink_to(folder, target_is_directory=True)
    library = load_library(folder)
    assert names(library) == ["a.txt"]
    refused = [Path(problem.where).name for problem in library.problems]
    assert refused == ["broken.txt", "file.txt", "ring.txt", "sub"]


def test_a_link_within_the_folder_is_a_duplicate(tmp_path):
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    library = load_library(tmp_path)
    assert names(library) == ["a.txt"]
    assert "same, byte for byte" in library.problems[0].what


def test_copies_count_once_and_are_reported(tmp_path):
    for name in ("a.txt", "b.html", "c.txt"):
        (tmp_path / name).write_text("the same words")
    library = load_library(tmp_path)
    assert names(library) == ["a.txt"]
    assert [Path(problem.where).name for problem in library.problems] == ["b.html", "c.txt"]


def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    library = load_library(tmp_path)
    assert any("no regular file" in problem.what for problem in library.problems)


def test_hidden_files_are_passed_over(tmp_path):
    (tmp_path / ".hidden.txt").write_text("words")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("words")
    assert load_library(tmp_path).documents == ()


def test_a_guessed_encoding_is_reported(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    library = load_library(tmp_path)
    assert library.documents[0].text == "caf\u00e9"
    assert "windows-1252" in library.problems[0].what


def test_a_name_that_is_not_unicode_is_no_obstacle(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - pathlib takes no bytes
            file.write(b"words")
    except OSError:  # the file system (macOS) allows no such names: nothing to be robust against
        return
    assert len(load_library(tmp_path).documents) == 1


def test_many_files_of_other_kinds_are_counted_and_not_listed(tmp_path):
    (tmp_path / "a.txt").write_text("words")
    for number in range(30):
        (tmp_path / f"{number}.py").write_text("code")
    (problem,) = load_library(tmp_path).problems
    assert problem.what.startswith("30 files were left out")


def test_a_folder_and_standard_input_are_told_what_to_name_instead(tmp_path):
    for given, remedy in ((tmp_path, "/*.txt"), ("-", "into a file")):
        with pytest.raises(InputError) as caught:
            load_module.load_document(given)
        assert remedy in caught.value.problems[0].remedy
