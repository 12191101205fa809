# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lab: early stopping
#
# The chapter draws the curve with a valley and stops in it.
# That takes three decisions, each of which looked small: how long to wait, what to bring back, and which
# examples to watch.
#
# This lab keeps one set of curves and decides afterwards.
# Twelve networks train once, far beyond their valleys, and every loss is recorded.
# A rule for stopping is then a function of a recorded curve, and a hundred rules cost no further training.
#
# Three questions.
# What does one more epoch of patience buy?
# What is lost without going back?
# And how much of the chosen epoch is the validation set's opinion?
#
# Change the numbers in the cells and run them again: that is what a lab is for.

# %% [markdown]
# ## Twelve recorded trainings
#
# Each network learns from a hundred digits of its own, in batches of ten: its curve is rough, as most are.
# Six hundred others stand aside: they let us watch with twenty, with two hundred, or with all of them.
# The test images show what a choice was worth.

# %%
import torch

from softmax_book import EarlyStopping, load_digits, make_mlp, stacked_cross_entropy
from softmax_book.plotting import CLASS_COLORS, INK, figure

S, EPOCHS = 12, 60
images, digit, images_test, digit_test = load_digits()
generator = torch.Generator().manual_seed(0)
rows = torch.rand(S, len(images), generator=generator).argsort(dim=1)
x, y = images.double()[rows[:, :100]], digit[rows[:, :100]]
network = torch.arange(S)
x_aside, y_aside = images.double()[rows[:, 100:700]], digit[rows[:, 100:700]]

torch.manual_seed(0)
models = make_mlp(64, 10, hidden=(24,), n_models=S).double()
optimizer = torch.optim.Adam(models.parameters(), lr=0.02)


def surprise(inputs, labels):
    """Nats at each example, (S, N), without a gradient."""
    with torch.no_grad():
        log_p = models(inputs).log_softmax(dim=2)
    return -log_p.gather(2, labels.expand(S, -1)[..., None])[..., 0]


aside, test = [], []
for _ in range(EPOCHS):
    order = torch.rand(S, 100, generator=generator).argsort(dim=1)
    for batch in order.split(10, dim=1):
        own = network[:, None], batch
        loss = stacked_cross_entropy(models(x[own]), y[own])
        optimizer.zero_grad()
        loss.sum().backward()
        optimizer.step()
    aside.append(surprise(x_aside, y_aside))
    test.append(surprise(images_test.double(), digit_test).mean(dim=1))
aside, test = torch.stack(aside), torch.stack(test)
aside.shape, test.shape

# %% [markdown]
# `aside` holds the surprise of every network at every digit set aside, after every epoch.
# A validation set is a choice of its columns, and a validation curve the mean over them.
# Before the plot: will the twelve valleys lie at one epoch?

# %% alt="Twelve rough validation curves on two hundred digits, a dot at each lowest point."
val = aside[:, :, :200].mean(dim=2)
valley = val.argmin(dim=0)
fig, axes = figure(height=3.4)
axes.plot(val, color=INK, linewidth=0.8, alpha=0.6)
axes.plot(valley, val.min(dim=0).values, "o", color=CLASS_COLORS[4])
axes.set(xlim=(0, EPOCHS), ylim=(0, 1.2), xlabel="epoch", ylabel="loss (nats)")
fig

# %% [markdown]
# *Twelve networks, twelve valleys: the heights differ, and so do the moments.*
#
# Half of the valleys lie between the epochs
# 12 and 21<!--= valley.double().quantile(0.25), valley.double().quantile(0.75) -->.

# %% [markdown]
# ## What does patience buy?
#
# `stop` runs the rule along a recorded curve.
# `EarlyStopping` wants a model to copy; here there is none, and an empty module stands in.
#
# Patience 1 stops at the first epoch that is no better.
# How many of the twelve networks will it lead to the true valley?


# %%
def stop(curve, patience):
    """The epoch at which training ends, and the epoch to return to."""
    rule, nobody = EarlyStopping(patience), torch.nn.Identity()
    for epoch, loss in enumerate(curve):
        if rule.update(loss, nobody):
            return epoch, rule.best_epoch
    return len(curve) - 1, rule.best_epoch


found = {}
for patience in (1, 2, 3, 5, 10, 20):
    ends, best = torch.tensor([stop(curve, patience) for curve in val.T.tolist()]).T
    found[patience] = int((best == valley).sum())
    mean_end, mean_loss = ends.double().mean(), val[best, network].mean()
    line = f"ends at {mean_end:.1f}, best loss {mean_loss:.4f}"
    print(f"patience {patience:2d}: {line}, {found[patience]} valleys of {S}")

# %% [markdown]
# Patience 1 finds 0<!--= found[1] --> of them: the first bump ends it.
# Patience 3 finds 6<!--= found[3] -->, patience 10 finds 12<!--= found[10] -->.
# The price is exactly the patience: so many epochs are trained to be thrown away.
# What the table does not say is what patience another curve needs: with all hundred digits in one batch
# the curves are smooth, and the first rise is mostly the last.

# %% [markdown]
# ## What is lost without going back?
#
# The rule ends some epochs behind the valley.
# Compare three models of each network on the test images: as it ended, as it was at its best, and as it is
# after the last epoch of all.

# %%
ends, best = torch.tensor([stop(curve, 20) for curve in val.T.tolist()]).T
last = torch.full((S,), EPOCHS - 1)
for name, epoch in (("as ended", ends), ("restored", best), ("never stopped", last)):
    kept = test[epoch, network]
    print(f"{name:14s} test loss {kept.mean():.4f} ± {kept.std():.4f}")
gained = test[ends, network] - test[best, network]

# %% [markdown]
# Restoring gains 0.0332<!--= gained.mean() --> nats on average, and in
# 12<!--= (gained > 0).sum() --> of the twelve networks.
# It costs one copy of the weights.
# Patience without it is worse than no patience: the longer one waits, the farther one has walked.

# %% [markdown]
# ## Whose opinion is the epoch?
#
# Now the watching set.
# Take 20 of the digits set aside, or 50, or 200, and choose the epoch by them; thirty such sets for each
# network.
# Then ask the test images what the choice cost, compared with the epoch they would have liked best.


# %%
def choose(n, draws=30):
    """Epochs chosen by n watched digits, and the test loss they cost above the best; (draws, S) each."""
    watched = torch.rand(draws, 600, generator=generator).argsort(dim=1)[:, :n]
    curves = torch.stack([aside[:, :, one].mean(dim=2) for one in watched])
    epochs = curves.argmin(dim=1)
    return epochs, test[epochs, network] - test.min(dim=0).values


chosen = {n: choose(n) for n in (20, 50, 200, 600)}
for n, (epochs, cost) in chosen.items():
    spread = epochs.double().std()
    print(f"{n:3d} watched: epoch {epochs.double().mean():.1f} ± {spread:.1f}, costs {cost.mean():.4f} nats")

# %% alt="Chosen epochs by size of the watching set: scattered for twenty digits, narrow for six hundred."
fig, axes = figure(height=3.2, left=1.2)
jitter = torch.rand(30, S, generator=generator) * 0.6 - 0.3
for place, (epochs, _) in enumerate(chosen.values()):
    axes.plot(epochs.flatten(), (place + jitter).flatten(), ".", color=CLASS_COLORS[4], alpha=0.25)
axes.set_yticks(range(4), [f"{n} watched" for n in chosen])
axes.set(xlim=(0, EPOCHS), ylim=(3.5, -0.5), xlabel="epoch chosen")
fig

# %% [markdown]
# *Few watched digits choose an epoch as they please, and it costs less than it looks.*
#
# With twenty the chosen epoch scatters more than twice as widely as with two
# hundred<!--= chosen[20][0].double().std() > 2 * chosen[200][0].double().std() -->.
# The price is 0.0446<!--= chosen[20][1].mean() --> nats, against 0.0060<!--= chosen[600][1].mean() -->
# with six hundred: the valley has a flat floor.
# Not stopping at all costs 0.0793<!--= (test[-1] - test.min(dim=0).values).mean() -->.
#
# So a small validation set is a poor judge of the epoch and still worth having.
# Every digit watched is one not learnt from, though, and a hundred more to learn from would have helped more
# than any stopping, as the [third page](remedies.md#data) of the chapter measures.

# %% [markdown]
# ## Exercises
#
# **1.** The loss at the valley is the lowest of sixty numbers.
# By how much does it flatter the network, with twenty watched digits and with two hundred?
#
# <details markdown><summary>The run</summary>

# %%
flattery = {}
for n in (20, 200):
    watched = torch.rand(30, 600, generator=generator).argsort(dim=1)[:, :n]
    curves = torch.stack([aside[:, :, one].mean(dim=2) for one in watched])
    at_best = test[curves.argmin(dim=1), network]
    flattery[n] = (at_best - curves.min(dim=1).values).mean()
    print(f"{n:3d} watched: {flattery[n]:.4f} nats below the test loss")

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# By 0.0873<!--= flattery[20] --> nats and 0.0032<!--= flattery[200] -->.
# A number that made a choice is not a measurement.
#
# </details>
#
# **2.** Stop all networks at the same epoch, the valley of their mean curve.
# Is that worse than a valley for each?
#
# <details markdown><summary>The run</summary>

# %%
common = val.mean(dim=1).argmin()
test[common].mean() - test[valley, network].mean()

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# Less than a hundredth of a nat<!--= abs(test[common].mean() - test[valley, network].mean()) < 0.01 -->
# either way.
# One number chosen by twelve curves is about as good as twelve, each chosen by one.
#
# </details>

# %% [markdown]
# ## You can now
#
# - choose a patience by what it finds and what it costs ([what does patience buy](#what-does-patience-buy));
# - say what going back is worth ([what is lost without going back](#what-is-lost-without-going-back));
# - judge how far a chosen epoch can be trusted ([whose opinion is the epoch](#whose-opinion-is-the-epoch)).
