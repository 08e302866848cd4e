"""Compute something once.

The compiler copies cheap-looking work into every place that uses its result, and a random cipher or a
polynomial counts as cheap. Behind a branch whose condition it cannot foresee the work is done once and
its result kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Int


def once(week: Int[Array, ""], compute: Callable[[], Any]) -> Any:
    """Return what ``compute`` returns, computed once.

    Args:
        week: any traced integer; the condition made of it is always true.
        compute: gives arrays; called while tracing.
    """
    nothing = jax.tree.map(lambda leaf: jnp.zeros(leaf.shape, leaf.dtype), jax.eval_shape(compute))
    return jax.lax.cond((jnp.asarray(week) | 1) != 0, compute, lambda: nothing)
