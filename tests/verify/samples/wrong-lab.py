# ---
# jupyter:
#   kernelspec:
#     name: python3
# ---

# %% [markdown]
# # A lab
#
# Three scores become probabilities.

# %%
import torch

p = torch.softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0)
p

# %% [markdown]
# The last takes 66.4 %<!--= 100 * p[2] -->.
#
# Nothing proves 0.6652 here, because a lab stores no output.
#
# <!-- python
# x = 1
# -->

# %%
p[3]
