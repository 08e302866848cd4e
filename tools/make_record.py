"""Compute how long peace has lasted, from public data: ``python tools/make_record.py FOLDER ANCHORS``.

ANCHORS is a JSON file of published figures (``id``, ``value``, ``band``, ``source``). FOLDER holds ``derived_postwar_peace``, ``ucdp`` and ``eth_prio_ceasefires``, each with its PROVENANCE.txt. Only
the figures go into ``src/ripeness/outcomes/peace_record.yaml``; no data are copied. Every choice that moves a
figure is made here, in sight, and said again in the entry's ``note``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from ripeness.outcomes.lifetimes import Lifetimes, Share, broken_within

TARGET = Path(__file__).parents[1] / "src" / "ripeness" / "outcomes" / "peace_record.yaml"
YEARS = (1, 2, 3, 5)
DAYS_PER_YEAR = 365.25

COW = (
    "Correlates of War inter-state wars v4.0 (Sarkees & Wayman 2010) and militarised interstate disputes, GML-MID "
    "v2.2.1 (Gibler, Miller & Little 2016); watched to 2010"
)
UCDP_PA = (
    "UCDP Peace Agreement Dataset v22.1 (Pettersson, Högbladh & Öberg 2019); watched to 2021-12-31"
)
UCDP_END = "UCDP Conflict Termination Dataset v3-2021, dyads (Kreutz 2010); watched to 2020-12-31"
ETH = "ETH/PRIO Civil Conflict Ceasefire Dataset (Clayton et al. 2022); watched to 2020-12-31"


PUBLISHED = {
    "interstate_recurrence": (
        "international wars since 1945 after which the same two fought again, at any time",
        "Fortna 2004, Peace Time, p. 1: almost half",
    ),
    "peacekeeping_hazard_ratio": (
        "risk of renewed war with peacekeepers over the risk without them, civil wars",
        "Fortna 2008: a half to three quarters less; Gilligan & Sergenti 2008: 85 in 100 less (read second-hand)",
    ),
}


def main(folder: Path, anchors: Path) -> None:
    """Compute every figure and write the file."""
    entries = [*agreements(folder), *wars(folder), *ceasefires(folder), *episodes(folder)]
    text = yaml.safe_dump(
        {"made_by": "tools/make_record.py", "entries": entries, "published": published(anchors)},
        allow_unicode=True, sort_keys=False, width=110,
    )  # fmt: skip
    head = (
        "# How often peace broke, by kind, in public data. Made by tools/make_record.py: do not edit.\n"
        "# share, low, high: broken within so many years, with a 95 % interval; watched: still watched then.\n"
    )
    TARGET.write_text(head + text, encoding="utf-8")
    for entry in entries:
        told = {y: (v["share"], v["low"], v["high"]) for y, v in entry["years"].items()}
        print(f"{entry['id']:<28} n = {entry['n']:>4}  {told}")


def published(anchors: Path) -> list[dict[str, Any]]:
    """Return figures that are taken as others published them."""
    known = {each["id"]: each for each in json.loads(anchors.read_text(encoding="utf-8"))}
    return [
        {"id": name, "what": what, "value": known[name]["value"], "low": known[name]["band"][0],
         "high": known[name]["band"][1], "citation": citation}
        for name, (what, citation) in PUBLISHED.items()
    ]  # fmt: skip


# ------------------------------------------------------------------------------ UCDP agreements


def agreements(folder: Path) -> list[dict[str, Any]]:
    """Return how often peace agreements failed."""
    table = pd.read_csv(folder / "ucdp" / "ucdp-peace-agreements-221.csv")
    signed, failed = pd.to_datetime(table["pa_date"]), pd.to_datetime(table["duration"])
    ended = table["ended"].astype(str) == "True"
    usable = ~(ended & failed.isna()) & ~(
        failed < signed
    )  # 5 without a date, 1 failed before it was signed
    days = (failed.fillna(pd.Timestamp("2021-12-31")) - signed).dt.days
    seen = _seen(days, ended)
    full, helped = (table["pa_type"] == 1) & usable, table["pko"] == 1
    shared = {"event": "the agreement failed", "noun": "agreements", "citation": UCDP_PA}
    wars = "1975-2021, nearly all of civil wars"
    reading = "as UCDP dates it; a failure can come without war and war without a failure"
    selection = f"{reading}; peacekeepers go where peace is weakest (Fortna 2008), which is why it breaks no less often"
    return [
        _entry("agreements_full", "settlement", f"full peace agreements, {wars}", seen.those(full), shared, reading, main=True),
        _entry("agreements_peacekeepers", "settlement_strong", f"full peace agreements that provide for peacekeepers, {wars}", seen.those(full & helped), shared, selection, main=True),
        _entry("agreements_no_peacekeepers", "settlement_weak", f"full peace agreements without peacekeepers, {wars}", seen.those(full & ~helped), shared, selection, main=True),
        _entry("agreements_all", "baseline", f"every agreement listed, partial ones and mere frameworks included, {wars}", seen.those(usable), shared, f"{reading}; holds the full agreements too", main=True),
    ]  # fmt: skip


# ------------------------------------------------------------------------------ interstate wars


def wars(folder: Path) -> list[dict[str, Any]]:
    """Return how often belligerents of an interstate war fought again, one pair per war."""
    table = pd.read_csv(
        folder / "derived_postwar_peace" / "war_dyad_peace_duration.csv", parse_dates=["end"]
    )
    table = table[(table["world_war"] == 0) & (table["end"] >= "1946-01-01")].copy()
    table["smaller"] = table[["batdeath_a", "batdeath_b"]].min(axis=1).fillna(0)
    order = ["warnum", "smaller", "days_to_fatal_mid"]
    pairs = table.sort_values(order, ascending=[True, False, True]).groupby("warnum").head(1)
    won, open_end = (
        pairs["outcome_a"] == "winner",
        pairs["outcome_a"].isin(["stalemate", "compromise"]),
    )
    again = {"event": "a new war between the two (1,000 battle deaths)", "noun": "wars"} | {
        "citation": COW
    }
    clash = {"event": "a clash with deaths between the two", "noun": "wars", "citation": COW}
    rule = "one pair per war, that in which the smaller death toll is largest (ties: who clashed again first)"
    war, fatal = _of(pairs, "war"), _of(pairs, "fatal_mid")
    return [
        _entry("wars_without_victor_war", "settlement", "interstate wars that ended without a victor, 1946-2007", war.those(open_end), again, rule),
        _entry("wars_without_victor_clash", "settlement", "interstate wars that ended without a victor, 1946-2007", fatal.those(open_end), clash, rule),
        _entry("wars_won_war", "victory", "interstate wars that one side won, 1946-2007", war.those(won), again, rule, main=True),
        _entry("wars_won_clash", "victory", "interstate wars that one side won, 1946-2007", fatal.those(won), clash, rule),
    ]  # fmt: skip


def _of(pairs: pd.DataFrame, event: str) -> Lifetimes:
    return _seen(pairs[f"days_to_{event}"], pairs[f"event_{event}"] == 1)


# ------------------------------------------------------------------------------------ ceasefires


def ceasefires(folder: Path) -> list[dict[str, Any]]:
    """Return how often ceasefires ended: two bounds, as half of the ends are not recorded."""
    table = pd.read_csv(folder / "eth_prio_ceasefires" / "eth_prio_ceasefires.csv.gz")
    table["begun"] = _date(table, "cf_effect").fillna(_date(table, "cf_dec"))
    table = table[(table["side"] >= 2) & (table["partial"] == 0) & (table["fixed"] == 0)].copy()
    table["over"] = _date(table, "end", after=table["begun"])
    # a row per party: one ceasefire is one declaration in one country on one day
    table = table.sort_values("over").groupby(["cc", "location", "begun"], as_index=False).first()
    donbas = table["location"].str.startswith("Ukraine") & (table["begun"] >= "2014-04-01")
    shared = {"event": "the ceasefire was over", "noun": "ceasefires", "citation": ETH}
    told = (
        "bounds, not an interval: low if every ceasefire without a recorded end lasted, high if they ended as the "
        "others did; an end by war and an end by an agreement are not told apart; an unknown month is the middle "
        "of what is left of its year"
    )
    what = (
        "ceasefires of two or more sides, not partial, without a fixed end, 1989-2020, civil wars"
    )
    return [
        _bounds("ceasefires_open_ended", what, table, shared, told, main=True),
        _bounds("ceasefires_donbas", "ceasefires of that sort in Ukraine since April 2014", table[donbas], shared, told, main=False),
    ]  # fmt: skip


def _date(table: pd.DataFrame, prefix: str, after: pd.Series | None = None) -> pd.Series:
    """Return dates; an unknown month or day is the middle of what is left of its year or month."""
    year, month, day = (
        table[f"{prefix}_{part}"].where(table[f"{prefix}_{part}"] > 0)
        for part in ("yr", "month", "day")
    )
    first = pd.to_datetime({"year": year, "month": month.fillna(1), "day": day.where(month.notna()).fillna(1)}, errors="coerce")  # fmt: skip
    last = first.where(
        day.notna() & month.notna(),
        (first + pd.offsets.MonthEnd(0)).where(month.notna(), first + pd.offsets.YearEnd(0)),
    )
    if after is not None:
        first = first.where(~((first < after) & (after <= last)), after)
    return first + (last - first) / 2


def _bounds(
    name: str, what: str, table: pd.DataFrame, shared: dict[str, str], note: str, *, main: bool
) -> dict[str, Any]:
    known = table["over"].notna() & (table["over"] >= table["begun"])
    stop = table["over"].where(known, pd.Timestamp("2020-12-31"))
    seen = _seen((stop - table["begun"]).dt.days, known)
    entry = _entry(name, "ceasefire", what, seen, shared, note, main=main)
    for years, cell in entry["years"].items():
        high = broken_within(seen.those(known.to_numpy()), years)
        cell |= {"low": cell["share"], "high": _round(high.share if high else 1.0), "share": None}
    return entry | {"interval": "bounds", "ends_known": int(known.sum())}


# ---------------------------------------------------------------------------- UCDP terminations


def episodes(folder: Path) -> list[dict[str, Any]]:
    """Return how often interstate fighting began again, by how it had ended."""
    table = pd.read_csv(folder / "ucdp" / "ucdp-term-dyad-3-2021.csv")
    table["over"] = _short(table["ependdate"], table["year"])
    table["begun"] = _short(table["start_date2"], table["year"])
    ordered = table.sort_values(["dyad_id", "dyadepisode", "year"])
    each = ordered.groupby(["dyad_id", "dyadepisode"], as_index=False).last()
    # `recur` marks an episode that is itself a second one, not one that comes again: count the next one
    each["again"] = each.groupby("dyad_id")["begun"].shift(-1)
    each = each[(each["dyadterm"] == 1) & (each["type_of_conflict"] == 2)]
    back = each["again"].notna()
    stop = each["again"].fillna(pd.Timestamp("2020-12-31"))
    seen = _seen((stop - each["over"]).dt.days, back)
    shared = {"event": "the two fought again (25 battle deaths in a year)", "noun": "episodes"}
    shared["citation"] = UCDP_END
    note = "an end counts only after a calendar year without fighting, so that nothing breaks in the first year"
    return [
        _entry(f"episodes_{name}", kind, f"interstate fighting, 1946-2020, that ended {how}", seen.those(each["outcome"].isin(codes)), shared, note)
        for name, kind, how, codes in (
            ("agreement", "settlement", "with an agreement", [1]),
            ("ceasefire", "ceasefire", "with a ceasefire", [2]),
            ("victory", "victory", "with a victory", [3, 4]),
        )
    ]  # fmt: skip


def _short(dates: pd.Series, year: pd.Series) -> pd.Series:
    """Read dates with two digits for the year, which lies no later than the row's own."""
    found = pd.to_datetime(dates, format="%m/%d/%y", errors="coerce")
    return found.where(found.dt.year <= year, found - pd.DateOffset(years=100))


# --------------------------------------------------------------------------------------- entries


def _seen(days: pd.Series, broken: pd.Series) -> Lifetimes:
    years = np.maximum(days.to_numpy(dtype=float), 0.0) / DAYS_PER_YEAR
    return Lifetimes(years, broken.to_numpy(dtype=bool))


def _entry(  # noqa: PLR0913 - one line of the record
    name: str,
    kind: str,
    what: str,
    seen: Lifetimes,
    shared: dict[str, str],
    note: str,
    *,
    main: bool = False,
) -> dict[str, Any]:
    found = {years: broken_within(seen, years) for years in YEARS}
    return {
        "id": name, "kind": kind, "main": main, "what": what, **shared, "n": seen.number,
        "interval": "Wilson 95 %", "note": note,
        "years": {years: _cell(share) for years, share in found.items() if share is not None},
    }  # fmt: skip


def _cell(share: Share) -> dict[str, Any]:
    return {"share": _round(share.share), "low": _round(share.low), "high": _round(share.high), "watched": share.watched}  # fmt: skip


def _round(share: float) -> float:
    return round(float(share), 4)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python tools/make_record.py FOLDER ANCHORS.json\n"
                 "FOLDER holds derived_postwar_peace, ucdp and eth_prio_ceasefires.")  # fmt: skip
    main(Path(sys.argv[1]), Path(sys.argv[2]))
