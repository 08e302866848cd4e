"""What docs/start.md says about scenario files is so."""

import re
from pathlib import Path

from ripeness.scenario.load import check, load, new
from ripeness.scenario.quantity import Quantity
from ripeness.scenario.yaml_lines import parse

PAGE = (Path(__file__).parents[2] / "docs" / "start.md").read_text(encoding="utf-8")
NUMBER, VARIANT = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
(MESSAGES,) = re.findall(r"```text\n(.*?)```", PAGE, flags=re.DOTALL)


def test_the_number_on_the_page_is_a_number():
    troops = Quantity.model_validate(parse(NUMBER, "start.md").plain()["troops"])
    assert (troops.likely, troops.unit, troops.source.kind) == (100e3, "soldiers", "published")


def test_the_war_starts_with_two_warnings(tmp_path):
    assert [problem.level for problem in check(new("mywar", tmp_path))] == ["warning"] * 2


def test_the_variant_on_the_page_works(tmp_path):
    new("mywar", tmp_path)
    file = tmp_path / "mywar_more_aid.yaml"
    file.write_text(VARIANT)
    assert load(file).lever_values == {"aid_level": 2}


def test_the_messages_on_the_page_are_the_messages(tmp_path):
    file = new("mywar", tmp_path)
    text = file.read_text()
    text = text.replace("high: 0.85, unit: share", "high: 1.2, unit: share", 1)
    file.write_text(text.replace("client: sudria", "client: sudra"))
    errors = [problem for problem in check(file) if problem.level == "error"]
    shown = "".join(f"error: {e.where}\n  {e.what}\n  {e.remedy}\n" for e in errors)
    assert shown.replace(f"{tmp_path}/", "") == MESSAGES
