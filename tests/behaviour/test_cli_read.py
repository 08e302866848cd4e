"""`ripeness read`: a draft without words of the articles, and no crash whatever the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import validate

from ripeness.claims.kinds import KINDS
from ripeness.claims.load import load_claims, load_passages
from ripeness.cli.main import main
from ripeness.cli.report import ExitCode
from ripeness.sources import passage_from_mapping
from ripeness.sources.leaks import shared_runs
from ripeness.sources.load import load_library

ARTICLE = """Voices from the river

Anna Bell, who teaches history in Oslo, said that a lasting peace will come only after a major
Russian defeat. \u201cNobody signs while he thinks that he wins,\u201d said Bell. \u201cWhy would he
give way?\u201d
According to Jo Carr, the front cannot become stable without more soldiers for Ukraine.
She warned that this would take 18 months, not weeks.

The threat of a wider war is growing. It rained on Monday.
"""
SPAN = {
    "type": ["object", "null"],
    "required": ["start", "end"],
    "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}},
}
PASSAGE = {"type": "object", "required": ["document", "start", "end", "digest"]}
SCHEMA = {
    "type": "object",
    "required": ["reader", "documents", "claims"],
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "speaker", "kind", "proposition", "test", "asks_for", "nearest"],
                "properties": {
                    "passages": {"type": "array", "minItems": 1, "items": PASSAGE},
                    "hedges": {"type": "array", "items": SPAN},
                    "conditions": {"type": "array", "items": {"properties": {"on": SPAN}}},
                },
            },
        },
        "documents": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["document", "file", "sentences", "statements"],
                "properties": {
                    "statements": {
                        "type": "array",
                        "items": {"properties": {"content": PASSAGE, "speaker": SPAN}},
                    }
                },
            },
        },
    },
}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["read", "--reader", "rules", *arguments, "--json"]) == ExitCode.DONE
    return json.loads(capsys.readouterr().out)


def test_speakers_kinds_and_conditions_are_found(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = as_json(capsys, str(article))["result"]
    validate(result, SCHEMA)
    found = {ARTICLE[one["passages"][0]["start"] :][:12]: one for one in result["claims"]}
    first = found["Anna Bell, w"]
    assert (first["speaker"], first["kind"]) == ("Anna Bell", "necessary")
    assert first["test"] == {
        "outcome": {"event": "settlement"},
        "needs": [{"event": "major_defeat", "side": "russia"}],
    }
    [condition] = first["conditions"]
    hangs_on = ARTICLE[condition["on"]["start"] : condition["on"]["end"]]
    assert hangs_on == "a major\nRussian defeat"
    assert found["\u201cNobody sign"]["speaker"] == "Anna Bell"
    assert found["\u201cWhy would h"]["speaker"] == "Anna Bell"
    assert found["\u201cWhy would h"]["carried"]
    assert found["According to"]["speaker"] == "Jo Carr"
    assert found["She warned t"]["speaker"] == "Jo Carr"
    assert found["She warned t"]["kind"] == "not within"
    assert found["The threat o"]["kind"] == "trend"
    assert "It rained on" not in found


def test_the_draft_holds_references_and_no_words(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out" / "draft.yaml"
    result = as_json(capsys, str(article), "--out", str(out))["result"]
    files = [Path(file) for file in result["files"]]
    assert files == [out, out.with_name("draft_passages.yaml")]
    json_file = tmp_path / "out" / "answer.json"
    json_file.write_text(json.dumps(result), encoding="utf-8")
    library = load_library(tmp_path)
    assert shared_runs(library, [*files, json_file], words=4) == []
    passages = yaml.safe_load(files[1].read_text(encoding="utf-8"))["claims"]
    for entries in passages.values():
        for entry in entries:
            assert isinstance(library.resolve(passage_from_mapping(entry, "here")), str)


def test_claims_with_a_test_load_as_they_are(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "draft.yaml"
    as_json(capsys, str(article), "--out", str(out))
    draft = yaml.safe_load(out.read_text(encoding="utf-8"))
    whole = {name: one for name, one in draft["claims"].items() if "test" in one}
    assert len(whole) >= 3
    assert all(one["kind"] in KINDS for one in draft["claims"].values())
    kept = tmp_path / "kept.yaml"
    kept.write_text(yaml.safe_dump({**draft, "claims": whole}), encoding="utf-8")
    claims = load_claims(kept, tmp_path / "draft_passages.yaml")
    assert [claim.id for claim in claims] == list(whole)
    assert all(claim.passages and claim.departs for claim in claims)
    assert set(load_passages(tmp_path / "draft_passages.yaml")) == set(draft["claims"])


def test_the_terminal_shows_the_users_own_words(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(article)]) == ExitCode.DONE
    told = capsys.readouterr().out
    assert "your own copy" in told
    assert "Nobody signs while he thinks that he wins" in told


def test_nothing_is_overwritten_without_force(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = tmp_path / "draft_passages.yaml"
    beside.write_text("mine", encoding="utf-8")
    out = tmp_path / "draft.yaml"
    assert main(["read", str(article), "--out", str(out)]) == ExitCode.BAD_INPUT
    assert "--force" in capsys.readouterr().err
    assert beside.read_text(encoding="utf-8") == "mine"
    assert not out.exists()
    assert main(["read", str(article), "--out", str(out), "--force"]) == ExitCode.DONE
    assert out.exists()
    assert beside.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("out", ["draft.txt", "folder.yaml"])
def test_an_out_that_cannot_be_a_draft_is_refused(article: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "folder.yaml").mkdir()
    arguments = ["read", str(article), "--out", str(tmp_path / out)]
    assert main(arguments) == ExitCode.BAD_INPUT


HOSTILE = {
    "right to left": "\u0642\u0627\u0644 \u201c\u0646\u0639\u0645\u201d only if \u0633\u0644\u0627\u0645.",
    "unbalanced": '"He said that "it is so. \u201c\u201c\u00ab said Bell. \u201d',
    "one sentence": "he said that " * 20_000,
    "marks": '" ' * 20_000,
    "one word": "a" * 200_000,
    "control signs": "Bell said that \x1b[31mit is red\x07 and late.",
    "html": "<html><body><p>Bell said that it is late.</p></body></html>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_document_is_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(HOSTILE[name], encoding="utf-8")
    out = tmp_path / "draft.yaml"
    assert main(["read", str(path), "--out", str(out)]) == ExitCode.DONE
    assert "\x1b" not in capsys.readouterr().out
    assert yaml.safe_load(out.read_text(encoding="utf-8"))["about"] == "ukraine"


@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"\x00\x01\x02", b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n\x00"]
)
def test_what_is_no_text_is_refused_and_the_rest_is_read(
    data: bytes, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(data)
    assert main(["read", str(bad)]) == ExitCode.BAD_INPUT
    assert "bad.txt" in capsys.readouterr().err
    answer = as_json(capsys, str(bad), str(article), str(article), str(tmp_path / "none.txt"))
    assert len(answer["result"]["documents"]) == 1
    assert [problem["level"] for problem in answer["problems"]] == ["warning"] * 3


def test_usage_is_checked(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read"]) == ExitCode.BAD_INPUT
    assert main(["read", str(article), "--reader", "rule"]) == ExitCode.BAD_INPUT
    assert "`rules`" in capsys.readouterr().err
    assert main(["read", str(article), "--about", "nowhere"]) == ExitCode.BAD_INPUT


def test_without_the_extra_the_rules_read_and_say_so(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ripeness.cli.reading.is_installed", lambda: False)
    assert main(["read", str(article)]) == ExitCode.DONE
    assert "found by rules (the extra `reading` is not used)" in capsys.readouterr().out
    answer = as_json(capsys, str(article), "--reader", "parsed")
    assert answer["result"]["reader"] == "rules"
    [problem] = answer["problems"]
    assert "not installed" in problem["what"]
