"""Claims: what experts say, as propositions that a run can bear out or not.

from ripeness.claims import claims_about, evaluate

verdicts = evaluate(claims_about("ukraine"), outcomes.data, compare)
"""

from ripeness.claims.evaluate import evaluate, needed_settings
from ripeness.claims.language import Claim
from ripeness.claims.load import claims_about, load_claims
from ripeness.claims.verdict import Reference, Verdict

__all__ = [
    "Claim",
    "Reference",
    "Verdict",
    "claims_about",
    "evaluate",
    "load_claims",
    "needed_settings",
]
