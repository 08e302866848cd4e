"""No sentence of a source stands in the project."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from ripeness.errors import InputError
from ripeness.sources import Library, load_library, passage_from_mapping, read_document, shared_runs

ROOT = Path(__file__).parents[2]
PASSAGES = ROOT / "src/ripeness/claims/library/passages.yaml"
SOURCE = (
    "Headline\n\nOn that day the old herald\u2019s horse would not cross the frozen river again."
)


@pytest.fixture
def library() -> Library:
    return Library(None, (read_document(SOURCE.encode(), Path("herald.txt")),))


def runs_in(tmp_path, library: Library, text: str, **options):
    path = tmp_path / "file.py"
    path.write_text(text, encoding="utf-8")
    return shared_runs(library, [path], **options)


def test_a_shared_run_is_found_whatever_stands_between_its_words(tmp_path, library):
    text = (
        "x = 1\n# \u201cTHE OLD HERALD'S\n#   horse (would) not *cross* the frozen_river\ny = 2\n"
    )
    (problem,) = runs_in(tmp_path, library, text)
    assert problem.level == "error"
    assert problem.where == f"{tmp_path / 'file.py'}:2"
    start = SOURCE.index("the old")
    assert problem.what.startswith("10 words in a row also stand in document")
    assert problem.what.endswith(f"at {start}:{SOURCE.index(' again')}.")
    assert "herald" not in str(problem)


def test_seven_words_are_allowed_and_eight_are_not(tmp_path, library):
    words = SOURCE.split()[1:]
    assert runs_in(tmp_path, library, " ".join(words[:7])) == []
    assert len(runs_in(tmp_path, library, " ".join(words[:8]))) == 1
    assert runs_in(tmp_path, library, " ".join(words[:8]), words=9) == []
    assert len(runs_in(tmp_path, library, " ".join(words[:7]), words=2)) == 1


def test_each_run_is_reported_once(tmp_path, library):
    assert len(runs_in(tmp_path, library, f"{SOURCE}\n\nbetween\n\n{SOURCE}")) == 2


def test_signs_of_chinese_count_as_words(tmp_path):
    sentence = "\u548c\u5e73\u4e0d\u662f\u6218\u4e89\u7684\u53cd\u9762"
    library = Library(None, (read_document(sentence.encode(), Path("a.txt")),))
    assert len(runs_in(tmp_path, library, f"x{sentence}x")) == 1


def test_binary_files_are_passed_over_and_unreadable_ones_are_not(tmp_path, library):
    (tmp_path / "image.png").write_bytes(b"\x89PNG\0" + SOURCE.encode())
    assert shared_runs(library, [tmp_path / "image.png"]) == []
    (problem,) = shared_runs(library, [tmp_path / "gone.py"])
    assert "could not be checked" in problem.what


def test_no_documents_share_nothing(tmp_path):
    assert runs_in(tmp_path, Library(), SOURCE) == []


def test_words_must_be_positive(library):
    with pytest.raises(InputError, match="at least 1"):
        shared_runs(library, [], words=0)


# ------------------------------------------------------ the user's copies and this project


def users_library(made_up: Library) -> Library:
    """The user's copies where there are any; else the made-up one, so that the test always runs."""
    named = os.environ.get("RIPENESS_SOURCES")
    folder = Path(named) if named else ROOT.parent / "shared" / "sources"
    return load_library(folder) if named or folder.is_dir() else made_up


def files_of_the_project() -> list[Path]:
    """All files that git holds or would take in; without git, those of the usual folders."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        paths = [ROOT / os.fsdecode(name) for name in listed.split(b"\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for name in ("src", "docs", "examples") for path in (ROOT / name).rglob("*")]
    return [path for path in paths if path.is_file()]


def test_the_project_repeats_no_sentence_of_the_users_sources(tmp_path, library, record_property):
    users = users_library(library)
    record_property("documents", len(users.documents))
    here = Path(__file__)
    files = [path for path in files_of_the_project() if users is not library or path != here]
    assert PASSAGES in files
    assert "\n".join(map(str, shared_runs(users, files))) == ""
    planted = users.documents[-1].text
    assert runs_in(tmp_path, users, planted), "the check would find a copied document"


def test_every_claim_has_passages_that_resolve_where_the_user_has_the_document(library):
    content = yaml.safe_load(PASSAGES.read_text(encoding="utf-8"))
    assert set(content["claims"]) == {f"C{number:02d}" for number in range(1, 43)}
    for about in content["documents"].values():
        assert set(about) == {"label", "quality", "date"}
    passages = [
        passage_from_mapping(mapping, f"{PASSAGES}: {claim}")
        for claim, mappings in content["claims"].items()
        for mapping in mappings
    ]
    assert all(content["claims"].values())
    assert {passage.document for passage in passages} == set(content["documents"])
    problems = users_library(library).verify(passages)
    assert [problem for problem in problems if problem.level == "error"] == []
