"""Named arrays that travel together: ``parameters.manpower.pool``, ``state.front.area``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jax


@jax.tree_util.register_pytree_with_keys_class
class Bundle(Mapping[str, Any]):
    """An immutable mapping with attribute access; a pytree whose names are static."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        object.__setattr__(self, "_items", {**(items or {}), **more})

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by the entries."""
        return Bundle, (dict(self._items),)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._items[name]
        except KeyError:
            raise AttributeError(f"no `{name}` here; there are {sorted(self._items)}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("bundles are immutable; use `replace`")

    def __getitem__(self, name: str) -> Any:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"Bundle({', '.join(self._items)})"

    def replace(self, **changes: Any) -> Bundle:
        """Return a copy with some entries changed; new names are refused."""
        unknown = changes.keys() - self._items.keys()
        if unknown:
            raise KeyError(f"cannot replace {sorted(unknown)}: not in this bundle")
        return Bundle({**self._items, **changes})

    def tree_flatten_with_keys(self) -> tuple[list[tuple[Any, Any]], tuple[str, ...]]:
        """Give JAX the entries in the order of their names."""
        names = tuple(sorted(self._items))
        return [(jax.tree_util.GetAttrKey(name), self._items[name]) for name in names], names

    @classmethod
    def tree_unflatten(cls, names: tuple[str, ...], children: Any) -> Bundle:
        """Rebuild from names and entries."""
        return cls(dict(zip(names, children, strict=True)))
