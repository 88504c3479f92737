"""Some of a generation's posts, in the forms that counting them takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.engines.whoosh.arrays import Bools, Ints


@dataclass(frozen=True)
class Selection:
    """Posts by number, unique and in any order; None for all. `total` is how many the generation has."""

    chosen: Ints | None
    total: int

    def __len__(self) -> int:
        return self.total if self.chosen is None else len(self.chosen)

    @property
    def is_all(self) -> bool:
        """Whether they are all posts, which is counted once for all."""
        return len(self) == self.total

    @property
    def is_most(self) -> bool:
        """Whether it is less work to count those that are not among them."""
        return 2 * len(self) > self.total

    @cached_property
    def posts(self) -> Ints:
        """Their numbers, as NumPy takes them for places without converting them each time."""
        return np.arange(self.total) if self.chosen is None else self.chosen.astype(np.intp, copy=False)

    @cached_property
    def mask(self) -> Bools:
        """One boolean for each post there is."""
        mask = np.zeros(self.total, np.bool_)
        mask[self.posts] = True
        return mask

    @cached_property
    def rest(self) -> Selection:
        """All other posts."""
        return Selection(np.flatnonzero(~self.mask), self.total)
