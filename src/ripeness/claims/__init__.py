"""Claims: what experts say, as propositions that a run can bear out or not.

from ripeness.claims import claims_about, evaluate

verdicts = evaluate(claims_about("ukraine"), outcomes.data, compare)
"""

from ripeness.claims.evaluate import Evaluation, evaluate, evaluated, needed_settings
from ripeness.claims.language import Claim
from ripeness.claims.load import claims_about, load_claims
from ripeness.claims.seeds import Replicated, over_seeds
from ripeness.claims.verdict import Measured, Reference, Verdict

__all__ = [
    "Claim",
    "Evaluation",
    "Measured",
    "Reference",
    "Replicated",
    "Verdict",
    "claims_about",
    "evaluate",
    "evaluated",
    "load_claims",
    "needed_settings",
    "over_seeds",
]
