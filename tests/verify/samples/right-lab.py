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
# The last takes 66.5 %<!--= 100 * p[2] -->.
