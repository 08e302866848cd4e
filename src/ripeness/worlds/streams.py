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
import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float, Int, UInt32

from ripeness.worlds.once import once

UNIT: Final = np.float32(2.0**-23)
"""Spacing of the uniform draws: with the half that keeps them off the ends, float32 holds 23 bits
(with 24 the largest draw would round to one, whose normal is infinite)."""

ROUNDS: Final = 20
"""Rounds of Threefry-2x32: the usual number, well above the 13 that pass all tests of BigCrush."""

ROTATIONS: Final = (13, 15, 26, 6, 17, 29, 16, 24)
"""Rotations of Threefry-2x32 (Salmon et al. 2011)."""

PARITY: Final = 0x1BD11BDA
"""Constant of the key schedule of Threefish (Ferguson et al. 2010)."""


def words_of(name: str) -> tuple[int, int]:
    """Return two 32-bit words that are the same for this name on every machine and version."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:8], "little")


def seed_words(seed: int, play: int = 0) -> np.ndarray:
    """Return a seed of any size as two 32-bit words; each play of the same seed has its own."""
    again = f" play {play}" if play else ""
    return np.array(words_of(f"seed {seed}{again}"), dtype=np.uint32)


def threefry(key: tuple[Array, Array], counter: tuple[Array, Array]) -> tuple[Array, Array]:
    """Return two random words for each key and counter (Salmon et al. 2011, Threefry-2x32).

    The same words as JAX's own cipher, which loops over its rounds and is nine times slower on a
    processor; a test holds the two together.
    """
    schedule = (key[0], key[1], key[0] ^ key[1] ^ np.uint32(PARITY))
    first, second = counter[0] + schedule[0], counter[1] + schedule[1]
    for number in range(ROUNDS):
        turn = ROTATIONS[number % 8]
        first = first + second
        second = first ^ ((second << np.uint32(turn)) | (second >> np.uint32(32 - turn)))
        if number % 4 == 3:
            block = number // 4 + 1
            first = first + schedule[block % 3]
            second = second + schedule[(block + 1) % 3] + np.uint32(block)
    return first, second


class Luck(eqx.Module):
    """Every world's luck: hand out uniforms and normals by stream name and week."""

    seed: UInt32[Array, "2"]
    world: UInt32[Array, "world"]

    def words(self, streams: tuple[str, ...], week: Int[Array, ""]) -> tuple[Array, Array]:
        """Return two independent 32-bit words per stream and world, each ``(stream, world)``."""
        names = np.array([words_of(stream) for stream in streams], dtype=np.uint32)
        shape = (len(streams), self.world.shape[0])
        key_0, key_1, world, count = (
            jnp.broadcast_to(word, shape)
            for word in (
                self.seed[0] ^ names[:, :1],
                self.seed[1] ^ names[:, 1:],
                self.world[None],
                jnp.asarray(week).astype(jnp.uint32)[None, None],
            )
        )
        return threefry((key_0, key_1), (world, count))

    def uniform_of(
        self, stream: str, names: tuple[str, ...], week: Int[Array, ""]
    ) -> Float[Array, "2 name world"]:
        """Return two independent uniforms in (0, 1) per name and world."""
        streams = tuple(f"{stream} {name}" for name in names)
        drawn = once(week, lambda: tuple(map(_open_unit, self.words(streams, week))))
        return jnp.stack(drawn)

    def normal_of(
        self, stream: str, names: tuple[str, ...], week: Int[Array, ""]
    ) -> Float[Array, "name world"]:
        """Return a standard normal per name and world, by inversion."""
        streams = tuple(f"{stream} {name}" for name in names)

        def draw() -> Float[Array, "name world"]:
            unit = _open_unit(self.words(streams, week)[0])
            return ROOT_TWO * jax.lax.erf_inv(2.0 * unit - 1.0)

        return once(week, draw)

    def uniform(self, stream: str, week: Int[Array, ""]) -> Float[Array, "2 world"]:
        """Return two independent uniforms in (0, 1) per world."""
        return jnp.stack(
            once(week, lambda: tuple(_open_unit(word[0]) for word in self.words((stream,), week)))
        )


ROOT_TWO: Final = np.float32(2.0**0.5)


def _open_unit(word: UInt32[Array, "... world"]) -> Float[Array, "... world"]:
    """Turn 32 random bits into a float32 in (0, 1), ends excluded."""
    return ((word >> 9).astype(jnp.float32) + np.float32(0.5)) * UNIT
