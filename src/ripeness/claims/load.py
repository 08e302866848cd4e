"""From a YAML file to claims, with every problem reported at once, each with its file and line.

A claims file::

    about: ukraine
    claims:
      C01:
        speaker: ...
        kind: necessary
        proposition: ...
        test: {...}

``passages.yaml`` beside it says where each claim is made, by reference only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from ripeness.claims.check import check_against
from ripeness.claims.explain import explained
from ripeness.claims.kinds import KINDS
from ripeness.claims.language import Claim
from ripeness.claims.verdict import Reference
from ripeness.errors import InputError, Problem, bad_input
from ripeness.registry import suggestion
from ripeness.scenario.load import load as load_scenario
from ripeness.scenario.model import Scenario
from ripeness.scenario.places import Places
from ripeness.scenario.yaml_file import read
from ripeness.sources.passage import passage_from_mapping

LIBRARY: Final = Path(__file__).parent / "library"
PASSAGES: Final = "passages.yaml"
_KEYS: Final = ("about", "claims")
_WANTED: Final = "a file of claims, such as mine.yaml"
_START: Final = "docs/claims.md shows a file of claims to start from."


def claims_about(scenario: str | Scenario) -> list[Claim]:
    """Return the library's claims about a war.

    Args:
        scenario: its name, or a scenario: then claims about a war between the same belligerents
            are meant as well, so that a variant of a war is held against the same claims.
    """
    if isinstance(scenario, str):
        return [claim for claim in library_claims() if claim.about == scenario]
    return [
        claim
        for claim in library_claims()
        if claim.about == scenario.name or set(_sides(claim.about)) == set(scenario.sides)
    ]


@lru_cache(maxsize=1)
def library_claims() -> tuple[Claim, ...]:
    """Return all claims that come with the program."""
    files = sorted(path for path in LIBRARY.glob("*.yaml") if path.name != PASSAGES)
    return tuple(claim for path in files for claim in load_claims(path, LIBRARY / PASSAGES))


@lru_cache(maxsize=8)
def _sides(name: str) -> tuple[str, ...]:
    return load_scenario(name).sides


def load_claims(path: str | Path, passages: str | Path | None = None) -> list[Claim]:
    """Return the claims of a file.

    Args:
        path: the claims.
        passages: where the claims are made; every claim must then have a passage.

    Raises:
        InputError: with every problem found.
    """
    path = Path(path)
    root = read(path, path.name, wanted=_WANTED, start=_START)
    places, plain = Places(root), root.plain()
    problems = _check_root(plain, places)
    if problems:
        raise InputError(problems)
    references = load_passages(passages) if passages is not None else None
    scenario = _scenario_of(plain, places, problems)
    found: list[Claim] = []
    for name, entry in plain["claims"].items():
        claim = _claim(name, entry, plain["about"], places, problems)
        if claim is None:
            continue
        if scenario is not None:
            problems += check_against(claim, scenario, places)
        if references is not None:
            claim = _with_passages(claim, references, places, problems)
        found.append(claim)
    if problems:
        raise InputError(problems)
    return found


def load_passages(path: str | Path) -> dict[str, tuple[Reference, ...]]:
    """Return where each claim is made, by the id of the claim.

    Raises:
        InputError: with every problem found.
    """
    path = Path(path)
    root = read(path, path.name)
    places, plain = Places(root), root.plain()
    documents, claims = plain.get("documents"), plain.get("claims")
    if not isinstance(documents, dict) or not isinstance(claims, dict):
        what = "a file of passages has the keys `documents` and `claims`."
        raise bad_input(f"{path.name}:1", what, "See library/passages.yaml for the form.")
    problems: list[Problem] = []
    found: dict[str, tuple[Reference, ...]] = {}
    for claim, listed in claims.items():
        entries = listed if isinstance(listed, list) else [listed]
        references = []
        for place, entry in enumerate(entries):
            where = places.where(("claims", claim, place))
            try:
                references.append(_reference(entry, documents, where))
            except InputError as error:
                problems += error.problems
        found[claim] = tuple(references)
    if problems:
        raise InputError(problems)
    return found


def _reference(entry: object, documents: dict[str, Any], where: str) -> Reference:
    passage = passage_from_mapping(entry, where)
    about = documents.get(passage.document)
    label, quality = (
        about.get(k) if isinstance(about, dict) else None for k in ("label", "quality")
    )
    if not isinstance(label, str) or not isinstance(quality, str):
        what = f"`documents` says nothing of the document {passage.document[:12]}."
        raise bad_input(where, what, "Add it with a `label` and its `quality`.")
    return Reference(passage, label, quality)


def _check_root(plain: dict[str, Any], places: Places) -> list[Problem]:
    """Return what is wrong with the keys of the file."""
    problems = [
        Problem(
            "error", places.where((key,)), f"`{key}` is not a key here.", suggestion(key, _KEYS)
        )
        for key in plain
        if key not in _KEYS
    ]
    if not isinstance(plain.get("about"), str):
        remedy = "Write `about: NAME` with the name of a scenario."
        problems.append(Problem("error", places.where(()), "`about` is missing.", remedy))
    if not isinstance(plain.get("claims"), dict):
        remedy = "Write `claims:` and below it the claims by their ids."
        what = "there is nothing below `claims`." if "claims" in plain else "`claims` is missing."
        where = places.where(("claims",) if "claims" in plain else ())
        problems.append(Problem("error", where, what, remedy))
    return problems


def _scenario_of(plain: dict[str, Any], places: Places, problems: list[Problem]) -> Scenario | None:
    """Return the scenario that the claims are about, to hold names and levers against."""
    try:
        return load_scenario(plain["about"])
    except InputError as error:
        first = error.problems[0]
        problems.append(Problem("error", places.where(("about",)), first.what, first.remedy))
        return None


def _claim(
    name: str, entry: object, about: str, places: Places, problems: list[Problem]
) -> Claim | None:
    """Return a claim, or None with its problems."""
    keys = ("claims", name)
    if not isinstance(entry, dict):
        remedy = "Write its speaker, kind, proposition and test below it, indented."
        problems.append(Problem("error", places.where(keys), "a claim is a mapping.", remedy))
        return None
    given = dict(entry)
    test = given.pop("test", {})
    kind = given.get("kind")
    found: list[Problem] = []
    for key in ("id", "about", "passages"):
        if key in given:
            what = f"`{key}` is not a key of a claim in a file."
            found.append(Problem("error", places.where((*keys, key)), what, "Remove it."))
            del given[key]
    definition: BaseModel | None = None
    if isinstance(kind, str) and kind not in KINDS:
        what = f"there is no kind of claim `{kind}`."
        found.append(Problem("error", places.where((*keys, "kind")), what, suggestion(kind, KINDS)))
    elif isinstance(kind, str):
        definition = _validated(KINDS[kind].model, test, (*keys, "test"), places, found)
    stand_in = definition or KINDS["state"].model.model_construct()
    claim = _validated(
        Claim, {**given, "id": name, "about": about, "test": stand_in}, keys, places, found
    )
    problems += found
    return claim if not found else None


def _validated(
    model: type[Any], given: object, keys: Sequence[str], places: Places, problems: list[Problem]
) -> Any:
    """Return the model of some data, or None with its problems."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems += explained(error, model, tuple(keys), places)
        return None


def _with_passages(
    claim: Claim,
    references: dict[str, tuple[Reference, ...]],
    places: Places,
    problems: list[Problem],
) -> Claim:
    if not references.get(claim.id):
        what = f"the claim {claim.id} has no passage."
        remedy = f"Add one to {PASSAGES}, made with ripeness.sources.find."
        problems.append(Problem("error", places.where(("claims", claim.id)), what, remedy))
        return claim
    return claim.model_copy(update={"passages": references[claim.id]})
