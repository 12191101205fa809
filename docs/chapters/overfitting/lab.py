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
# Ten networks train once, far beyond their valleys, and every loss is recorded.
# A rule for stopping is then a function of a recorded curve, and a hundred rules cost no further training.
#
# Three questions.
# What does one more epoch of patience buy?
# What is lost without going back?
# And how much of the chosen epoch is the validation set's opinion?
#
# Change the numbers in the cells and run them again: that is what a lab is for.

# %% [markdown]
# ## Ten recorded trainings
#
# Each network learns from a hundred digits of its own, in batches of twenty.
# So an epoch has five steps, and the curves are rougher than on the page, where it has one.
# Four hundred others stand aside: they let us watch with twenty, with two hundred, or with all of them.
# The test images show what a choice was worth.

# %%
import torch

from softmax_book import EarlyStopping, load_digits, make_mlp
from softmax_book.plotting import INK, SERIES_COLORS, figure

S, EPOCHS = 10, 40
images, digit, images_test, digit_test = load_digits()
generator = torch.Generator().manual_seed(0)
rows = torch.rand(S, len(images), generator=generator).argsort(dim=1)
x, y = images.double()[rows[:, :100]], digit[rows[:, :100]]
network = torch.arange(S)
x_aside, y_aside = images.double()[rows[:, 100:500]], digit[rows[:, 100:500]]
x_test = images_test.double()

torch.manual_seed(0)
models = make_mlp(64, 10, hidden=(24,), n_models=S).double()
optimizer = torch.optim.Adam(models.parameters(), lr=0.03)


def surprise(inputs, labels):
    """Nats at each example, (S, N)."""
    log_p = models(inputs).log_softmax(dim=2)
    return -log_p.gather(2, labels.expand(S, -1)[..., None])[..., 0]


aside, test = [], []
for _ in range(EPOCHS):
    order = torch.rand(S, 100, generator=generator).argsort(dim=1)
    for batch in order.split(20, dim=1):
        own = network[:, None], batch  # each network its own twenty
        loss = surprise(x[own], y[own]).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        aside.append(surprise(x_aside, y_aside))
        test.append(surprise(x_test, digit_test).mean(dim=1))
aside, test = torch.stack(aside), torch.stack(test)
aside.shape, test.shape

# %% [markdown]
# `aside` holds the surprise of every network at every digit set aside, after every epoch.
# A validation set is a choice of its columns, and a validation curve the mean over them.
# Before the plot: will the ten valleys lie at one epoch?

# %% alt="Ten rough validation curves on two hundred digits: their lowest points differ in height and epoch."
val = aside[:, :, :200].mean(dim=2)
valley = val.argmin(dim=0)
fig, axes = figure(height=3.4)
axes.plot(val, color=INK, linewidth=0.8, alpha=0.6)
axes.plot(valley, val.min(dim=0).values, "o", color=SERIES_COLORS[0])
axes.set(xlim=(0, EPOCHS), ylim=(0, 1.2), xlabel="epoch", ylabel="loss (nats)")
fig

# %% [markdown]
# *Ten networks, ten valleys: the heights differ, and so do the moments.*
#
# The first valley lies at epoch 8<!--= valley.min() -->, the last at 24<!--= valley.max() -->.

# %% [markdown]
# ## What does patience buy?
#
# `stop` runs the rule along a recorded curve.
# As on [the page](early-stopping.md#paper), an empty module stands in for the model to copy.
#
# Patience 1 stops at the first epoch that is no better.
# How many of the ten networks will it lead to the true valley?


# %%
def stop(curve, patience):
    """The epoch at which training ends, and the epoch to return to."""
    rule, nobody = EarlyStopping(patience), torch.nn.Identity()
    for epoch, loss in enumerate(curve):
        if rule.update(loss, nobody):
            return epoch, rule.best_epoch
    return len(curve) - 1, rule.best_epoch


ended, restored, found = {}, {}, {}
for patience in (1, 2, 3, 5, 10, 15):
    ends, best = torch.tensor([stop(curve, patience) for curve in val.T.tolist()]).T
    ended[patience], restored[patience] = test[ends, network], test[best, network]
    found[patience] = int((best == valley).sum())
    line = f"{found[patience]:2d} valleys, ends at epoch {ends.double().mean():.1f}"
    lowest = val[best, network].mean()
    print(f"patience {patience:2d}: {line}, best loss {lowest:.4f}")

# %% [markdown]
# Patience 1 finds 0<!--= found[1] --> of them: the first bump ends it.
# Patience 3 finds 7<!--= found[3] -->, patience 10 finds 10<!--= found[10] -->.
# The price is exactly the patience: so many epochs are trained to be thrown away.
# What the table does not say is what patience another curve needs.

# %% [markdown]
# ## What is lost without going back?
#
# The rule ends some epochs behind the best one it saw.
# Compare on the test images the networks as they ended and as they were at their best.
# Does going back gain after a short wait too?

# %%
for patience, last in ended.items():
    back = restored[patience]
    gained = last - back
    line = f"ended {last.mean():.4f}, restored {back.mean():.4f}"
    print(f"patience {patience:2d}: {line}", end=", ")
    print(f"gained {gained.mean():.4f} ± {gained.std():.4f}")
never = test[-1] - restored[15]
print(f"never stopped: {test[-1].mean():.4f}")

# %% [markdown]
# The ± are standard deviations over the networks; the standard error of a mean of ten is about a third of that.
#
# Going back gains at every patience, by more than two standard
# errors<!--= all((d := ended[k] - restored[k]).mean() > 2 * d.std() / S**0.5 for k in ended) -->.
# Too little patience ends before the valley, and going back does not mend that.
# More than enough costs only time: with going back, 15 is as good as
# 10<!--= torch.equal(restored[15], restored[10]) -->.
# Without, 15 ends 0.0058 ± 0.0180<!--= (ended[15] - ended[5]).mean(), (ended[15] - ended[5]).std() --> nats
# above patience 5, which ten networks cannot tell from 0.
# Never to stop costs 0.0440 ± 0.0383<!--= never.mean(), never.std() --> nats more than to go back.

# %% [markdown]
# ## Whose opinion is the epoch?
#
# Now the watching set.
# Take 20 of the digits set aside, or 50, or 200, or all, and choose the epoch by them; thirty such sets for
# each network.
# Then ask the test images what the choice costs, compared with the epoch they would have liked best, and what
# it saves, compared with never stopping.


# %%
def choose(n, draws=30):
    """Epochs that n digits choose, loss there and on the test; (draws, S) each."""
    order = torch.rand(draws, 400, generator=generator).argsort(dim=1)
    watched = (order < n).double()
    curves = aside @ watched.T / n  # (EPOCHS, S, draws)
    loss, epochs = curves.min(dim=0)
    return epochs.T, loss.T, test[epochs.T, network]


chosen = {n: choose(n) for n in (20, 50, 200, 400)}
scatter, saved = {}, {}
for n, (epochs, _, paid) in chosen.items():
    scatter[n] = epochs.double().std(dim=0).mean()
    saved[n] = (test[-1] - paid).mean(dim=0)
    cost = (paid - test.min(dim=0).values).mean()
    epoch = epochs.double().mean()
    line = f"{n:3d} watched: epoch {epoch:.1f} ± {scatter[n]:.1f}, costs {cost:.4f}"
    print(f"{line}, saves {saved[n].mean():.4f} ± {saved[n].std():.4f}")

# %% [markdown]
# The ± of the epoch is the spread over the thirty sets of one network, that of the saving over the ten networks.
# For four hundred all thirty sets are the same one.

# %% alt="Chosen epochs by size of the watching set: scattered for twenty digits, one per network for four hundred."
fig, axes = figure(height=3.2, left=1.2)
jitter = torch.rand(30, S, generator=generator) * 0.6 - 0.3
for place, (epochs, _, _) in enumerate(chosen.values()):
    height = (place + jitter).flatten()
    axes.plot(epochs.flatten(), height, ".", color=SERIES_COLORS[0], alpha=0.25)
axes.set_yticks(range(4), [f"{n} watched" for n in chosen])
axes.set(xlim=(0, EPOCHS), ylim=(3.5, -0.5), xlabel="epoch chosen")
fig

# %% [markdown]
# *A dot is one watching set of one network: few watched digits choose an epoch as they please.*
#
# Within one network the chosen epoch scatters by 10.7<!--= scatter[20] --> with twenty digits, by
# 2.9<!--= scatter[200] --> with two hundred.
# The cost is small beside that scatter, for the valley has a flat floor.
#
# So fifty digits are a poor judge of the epoch and worth having: what they save is more than two standard
# errors<!--= saved[50].mean() > 2 * saved[50].std() / S**0.5 --> from 0.
# Of twenty this run cannot say so<!--= saved[20].mean() < 2 * saved[20].std() / S**0.5 -->.
#
# Every digit watched is one not learnt from, though, and two hundred more to learn from would have helped
# more than any stopping, as the [third page](remedies.md#data) of the chapter measures.

# %% [markdown]
# ## Exercises
#
# **1.** The loss at the chosen epoch is the lowest of forty.
# By how much does it lie below the test loss of that epoch, with twenty watched digits and with two hundred?
#
# <details markdown><summary>The run</summary>

# %%
below = {}
for n in (20, 200):
    _, loss, paid = chosen[n]
    below[n] = (paid - loss).mean(dim=0)
    line = f"{below[n].mean():.4f} ± {below[n].std():.4f} nats below the test loss"
    print(f"{n:3d} watched: {line}")

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# By 0.1184 ± 0.0617<!--= below[20].mean(), below[20].std() --> nats with twenty.
# With two hundred by 0.0336 ± 0.0705<!--= below[200].mean(), below[200].std() -->, which ten networks cannot
# tell from 0<!--= below[200].mean() < 2 * below[200].std() / S**0.5 -->.
# A number that made a choice is not a measurement, the less so the fewer digits it stands on.
#
# </details>
#
# **2.** Stop all networks at the same epoch, the valley of their mean curve.
# Is that worse than a valley for each?
#
# <details markdown><summary>The run</summary>

# %%
common = test[val.mean(dim=1).argmin()] - test[valley, network]
print(f"{common.mean():.4f} ± {common.std():.4f}")

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# A little: by 0.0172 ± 0.0235<!--= common.mean(), common.std() --> nats, somewhat more than two standard
# errors<!--= 2 < common.mean() / (common.std() / S**0.5) < 3 -->, and by more than two less than never
# stopping costs<!--= (never - common).mean() > 2 * (never - common).std() / S**0.5 -->.
# On [the page](early-stopping.md#exercises) the same was asked of the digits that chose the valleys.
#
# </details>

# %% [markdown]
# ## You can now
#
# - choose a patience by what it finds and what it costs ([what does patience buy](#what-does-patience-buy));
# - say what going back is worth ([what is lost without going back](#what-is-lost-without-going-back));
# - judge how far a chosen epoch can be trusted ([whose opinion is the epoch](#whose-opinion-is-the-epoch)).
#
# *Kinds of numbers: all are statistical, over ten networks and thirty watching sets, computed in float64.*
