"""Which dtype the arithmetic runs in."""

from functools import reduce

import torch
from torch import Tensor

HALF_TYPES = (torch.float16, torch.bfloat16)


def in_working_precision(values: Tensor, dtype: torch.dtype | None = None) -> Tensor:
    """``values`` in ``dtype`` (default: their own), but in float32 if that is a half type.

    Half types keep 3 or 4 digits: sums of many exponentials are formed in float32, as PyTorch does inside
    its own kernels, and the result is rounded once at the end.
    """
    values = values if dtype is None else values.to(dtype)
    return values.float() if values.dtype in HALF_TYPES else values


def result_dtype(*tensors: Tensor | None) -> torch.dtype:
    """The dtype that PyTorch gives the product of those tensors that are floating point."""
    dtypes = [t.dtype for t in tensors if t is not None and t.is_floating_point()]
    return reduce(torch.promote_types, dtypes)
