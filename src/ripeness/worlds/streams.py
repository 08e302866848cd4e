"""Named random streams: luck keyed by (world, stream name, week).

Each stream is a keyed counter (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as
easy as 1, 2, 3": Threefry-2x32). The key comes from the seed and the stream's name, the counter is
(world, week). So a draw depends on nothing but these: adding a process, a lever or a world, or
cutting the worlds into other chunks, changes nobody else's luck, and two policies compared on the
same worlds share all of it. A stream of a belligerent or patron carries its name, not its place in
the list, so that relabelling the sides changes nothing either.
"""

from __future__ import annotations

import hashlib
from typing import Final

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.extend.random import threefry2x32_p
from jaxtyping import Float, Int, UInt32

UNIT: Final = np.float32(2.0**-23)
"""Spacing of the uniform draws: with the half that keeps them off the ends, float32 holds 23 bits."""


def words_of(name: str) -> tuple[int, int]:
    """Return two 32-bit words that are the same for this name on every machine and version."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:8], "little")


def seed_words(seed: int) -> np.ndarray:
    """Return a seed of any size as two 32-bit words."""
    return np.array(words_of(f"seed {seed}"), dtype=np.uint32)


class Luck(eqx.Module):
    """Every world's luck: hand out uniforms and normals by stream name and week."""

    seed: UInt32[Array, "2"]
    world: UInt32[Array, "world"]

    def words(self, stream: str, week: Int[Array, ""]) -> tuple[Array, Array]:
        """Return two independent 32-bit words per world."""
        first, second = words_of(stream)
        key_0 = jnp.broadcast_to(self.seed[0] ^ np.uint32(first), self.world.shape)
        key_1 = jnp.broadcast_to(self.seed[1] ^ np.uint32(second), self.world.shape)
        weeks = jnp.broadcast_to(jnp.asarray(week).astype(jnp.uint32), self.world.shape)
        word_0, word_1 = threefry2x32_p.bind(key_0, key_1, self.world, weeks)
        return word_0, word_1

    def uniform(self, stream: str, week: Int[Array, ""]) -> Float[Array, "2 world"]:
        """Return two independent uniforms in (0, 1) per world."""
        return jnp.stack([_open_unit(word) for word in self.words(stream, week)])

    def normal(self, stream: str, week: Int[Array, ""]) -> Float[Array, "2 world"]:
        """Return two independent standard normals per world (Box and Muller 1958)."""
        first, second = self.uniform(stream, week)
        radius = jnp.sqrt(-2.0 * jnp.log(first))
        angle = np.float32(2.0 * np.pi) * second
        return jnp.stack([radius * jnp.cos(angle), radius * jnp.sin(angle)])

    def uniform_of(
        self, stream: str, names: tuple[str, ...], week: Int[Array, ""]
    ) -> Float[Array, "2 name world"]:
        """Return two uniforms per name and world."""
        return jnp.stack([self.uniform(f"{stream} {name}", week) for name in names], axis=1)

    def normal_of(
        self, stream: str, names: tuple[str, ...], week: Int[Array, ""]
    ) -> Float[Array, "2 name world"]:
        """Return two standard normals per name and world."""
        return jnp.stack([self.normal(f"{stream} {name}", week) for name in names], axis=1)


def _open_unit(word: UInt32[Array, "world"]) -> Float[Array, "world"]:
    """Turn 32 random bits into a float32 in (0, 1), ends excluded."""
    return ((word >> 9).astype(jnp.float32) + np.float32(0.5)) * UNIT
