"""Fit on a grid of whole numbers, so that sums and comparisons are exact."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS = 1_000_000
"""Steps from fit 0 to fit 1: ten times coarser than single precision, a hundred times finer than anybody reads."""

Levels = NDArray[np.int32]
"""Fit in steps of the grid, from 0 to STEPS."""


def on_grid(fit: Any) -> Levels:
    """Fit from 0 to 1, one value or a matrix, as the nearest step of the grid."""
    return np.clip(np.rint(np.asarray(fit, dtype=np.float32) * np.float32(STEPS)), 0, STEPS).astype(np.int32)
