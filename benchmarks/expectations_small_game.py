"""How close the solver comes to the small game solved exactly, and how long it takes.

    python benchmarks/expectations_small_game.py [precision ...] [--seeds 3]

Prints errors: values (A, tough, weak), odds of settling, durations (tough, weak, per cent), then share and
duration with the type known (weak, tough). Seconds are of the processor; the first solve compiles.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from oracles.small_game_exact import Exact, exact  # noqa: E402
from ripeness.bargaining.expectations.games.small_game import (  # noqa: E402
    SmallGame,
    SmallWar,
    settings_for,
)
from ripeness.bargaining.expectations.games.small_game_report import report  # noqa: E402
from ripeness.bargaining.expectations.solver import solve  # noqa: E402


def errors(game: SmallGame, coefficients: np.ndarray, truth: Exact, known: Exact) -> str:
    war, seed = game.war, game.seed
    here, found = truth.at(war), report(game, coefficients, seed=seed)
    duration = 100 * (np.array(found.battles) / here["battles"] - 1)
    text = [
        "values " + " ".join(f"{v:+.4f}" for v in np.array(found.value) - here["value"]),
        f"settled {found.settled - here['settled']:+.4f}",
        "durations " + " ".join(f"{d:+.1f} %" for d in duration),
    ]
    for name, belief, kind in (("weak", 0.0, 1), ("tough", 1.0, 0)):
        here, found = known.at(war, belief), report(game, coefficients, belief=belief, seed=seed)
        share = found.share[kind] - here["share"][kind]
        battles = found.battles[kind] - here["battles"][kind]
        text.append(f"{name} known: share {share:+.4f} duration {battles:+.3f}")
    return "; ".join(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("precision", nargs="*", type=float, default=[20.0, 60.0, 200.0])
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    for precision in arguments.precision:
        war = SmallWar(precision=precision)
        truth, known = exact(war), exact(war, beliefs=2)
        for seed in range(arguments.seeds):
            game = SmallGame(war, seed=seed)
            clock = time.process_time()
            solution = solve(game, settings_for(war))
            spent = time.process_time() - clock
            text = errors(game, solution.coefficients, truth, known)
            how = solution.status.name.lower()
            print(f"precision {precision:g}, seed {seed}, {spent:.1f} s, {how}: {text}")


if __name__ == "__main__":
    main()
