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
# # Lab: the range of the learning rate
#
# The chapter computes a rate that cannot fail, and finds that the best rate lies beyond it.
# How far beyond?
# A formula does not say, so one has to look, and a few rates prove little:
# three can be chosen so that any story comes out.
#
# This lab looks at twenty-one rates at once, over five powers of ten, on real images.
# Each rate trains its own model from the same start on the same images, so the rate is all that differs.
# In the end there is one picture, the loss against the rate, and three questions to ask it.
# Where is it lowest?
# Where does it break?
# And does the answer stay the same when one trains longer?
#
# Where a number stands in no output, the switch at the top of this page in the book shows its expression.

# %% [markdown]
# ## What the formula promises
#
# The images are the digits of the [first lab](../digits/lab.py), 8×8, in the same split.
# From [the page on the limit](limit.md): if λ is the largest stretch of the images, with a column of ones for the
# bias, every rate up to 4/λ is safe everywhere, and at the start, where all ten classes are equal, up to 20/λ.

# %%
import torch
from matplotlib.ticker import NullLocator

from softmax_book import eight_rows, load_digits, one_hot
from softmax_book.plotting import CLASS_MARKERS, INK, SERIES_COLORS, figure


def with_ones(x):
    return torch.cat([x, torch.ones(len(x), 1)], dim=1)


def largest_stretch(x):
    return torch.linalg.eigvalsh(x.T @ x / len(x))[-1].item()


x, y, x_test, y_test = load_digits()
ink = with_ones(x)
promised, at_start = 4 / largest_stretch(ink), 20 / largest_stretch(ink)
print(f"safe everywhere {promised:.4f}, safe at the start {at_start:.4f}")

# %% [markdown]
# These two numbers need no training at all.
# They do not say which rate is good; for that the models have to run.

# %% [markdown]
# ## Twenty-one rates at once
#
# The rates go from a thousandth to a hundred, four to each power of ten.
# A rate is compared by factors, not by differences, hence the even steps on a logarithmic scale.
#
# All models are one tensor of weights, and one update of all of them is the gradient
# [p − y](../gradient/index.md), times the images, times each model's own rate.
# The weights are (rates, classes, features), as `nn.Linear` keeps them, so classes stand before images in all tables.
# **Predict:** with sixty updates, which of the rates will have the lowest loss?


# %%
def sweep(x, y, rates, updates):
    """Losses (updates + 1, rates) of one model per rate; and the last weights."""
    wanted = one_hot(y, num_classes=int(y.max()) + 1).T.float()
    W = torch.zeros(len(rates), len(wanted), x.shape[1])
    examples, losses = torch.arange(len(y)), []
    for update in range(updates + 1):
        log_p = torch.log_softmax(W @ x.T, dim=1)
        losses.append(-log_p[:, y, examples].mean(dim=1))
        if update < updates:
            W = W - rates[:, None, None] * ((log_p.exp() - wanted) @ x / len(x))
    return torch.stack(losses), W


rates = torch.logspace(-3, 2, 21)
losses, W = sweep(ink, y, rates, updates=60)
for n in (10, 30, 60):
    best = rates[losses[n].argmin()]
    print(f"after {n} updates the lowest loss is at a rate of {best:.2f}")

# %% alt="Loss against rate after 10, 30 and 60 updates: three valleys, each deeper, with steep right walls."
fig, axes = figure(height=3.8, left=0.8, right=1.25)
for k, n in enumerate((10, 30, 60)):
    colour, mark = SERIES_COLORS[k], CLASS_MARKERS[k]
    axes.plot(rates, losses[n], color=colour, marker=mark, markersize=5)
    axes.text(135, losses[n, -1], f"{n} updates", color=colour, va="center")
upright = {"rotation": 90, "ha": "right", "va": "top", "fontsize": 11}
for limit, where in ((promised, "everywhere"), (at_start, "at the start")):
    axes.axvline(limit, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    axes.text(limit * 0.93, 150, f"safe {where}", **upright)
axes.set(xscale="log", yscale="log", xlim=(8e-4, 125), ylim=(0.04, 200))
axes.set(xlabel="learning rate", ylabel="training loss (nats)")
axes.xaxis.set_minor_locator(NullLocator())
axes.yaxis.set_minor_locator(NullLocator())
axes.set_xticks(
    [1e-3, 1e-2, 1e-1, 1, 10, 100],
    ["0.001", "0.01", "0.1", "1", "10", "100"],
)
axes.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
fig

# %% [markdown]
# *Both walls are made of time: left of the valley steps are too short, right of it a run has to come down
# again<!--= bool((losses[60] < losses[30]).all() and (losses[30] < losses[10]).all()) -->.*
#
# The weights of all models together have the shape (21, 10, 65)<!--= W.shape[0], W.shape[1], W.shape[2] -->.
# The best rate lies well beyond both promises: after sixty updates it is more than three times the rate that is safe
# at the start<!--= rates[losses[60].argmin()] > 3 * at_start -->.
# And it depends on the updates: with ten a smaller rate wins, for then a bouncing model is still in the
# air<!--= rates[losses[60].argmin()] > rates[losses[10].argmin()] -->.
#
# The picture does not say that its right half is reliable.
# Beyond the limit a run amplifies roundings, and another processor draws other points there; the left half is the
# same everywhere.

# %% [markdown]
# ## The left half: rate times updates
#
# Where steps are small, ten updates of one rate do what one update of ten times the rate does.
# If that is so, the loss depends on the product alone, and all runs should lie on one curve:

# %% alt="Loss against rate times updates for four rates, a hundredth to one: all points lie on one curve."
fig, axes = figure(height=3.2, left=0.8, right=0.3)
for k, i in enumerate((4, 8, 10, 12)):
    colour, mark = SERIES_COLORS[k], CLASS_MARKERS[k]
    product = rates[i] * torch.arange(1, 61)
    axes.plot(product[::3], losses[1::3, i], mark, color=colour, markersize=5)
    place = product[-1] * 1.15, losses[60, i] + 0.1
    axes.text(*place, f"rate {rates[i]:.2g}", color=colour)
axes.set(xscale="log", xlim=(8e-3, 250), ylim=(0, 2.6))
axes.set(xlabel="rate × updates", ylabel="training loss (nats)")
axes.xaxis.set_minor_locator(NullLocator())
axes.set_xticks([1e-2, 1e-1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
fig

# %% [markdown]
# *Four rates, one curve<!--= abs(losses[60, 8] - losses[6, 12]) < 0.05 -->: while steps are small the rate is a unit of
# time.*
#
# That is worth knowing when a run is too slow: a rate ten times larger saves nine of ten updates.
# The largest of the four is above the promise<!--= rates[12] > promised -->, and the rule still holds; where the loss
# rises it cannot.

# %% [markdown]
# ## The right half: where it breaks
#
# "Breaks" needs a meaning.
# Three are natural: the loss rises at some update, it climbs above where it began, or it ends there.

# %%
rises = (losses.diff(dim=0) > 1e-6).sum(dim=0)
first_rise = rates[(rises > 0).nonzero()[0, 0]].item()
never_rises = rates[rises == 0].max().item()
print(f"up to {never_rises:.2f} the loss falls at every update")
print(f"that is {never_rises / promised:.1f} times what is promised")
print(f"at {first_rise:.2f} it has begun to rise")
worst = losses.max(dim=0).values
climbed = (worst > losses[0] + 0.1).sum()
stayed = (losses[60] > losses[0] + 0.1).sum()
print(f"rates whose loss climbs above its start: {climbed} of {len(rates)}")
print(f"rates whose loss is still there after sixty: {stayed}")

# %% [markdown]
# The first meaning gives a limit five times the promise<!--= 5 < never_rises / promised < 5.2 -->, just about
# the one that holds at the start.
# The best rate lies beyond it<!--= rates[losses[60].argmin()] > first_rise -->: a few rises are no reason to give a
# rate up.
# By the last meaning no rate breaks at all.
# At the largest the loss climbs above a hundred<!--= worst[-1] > 100 --> and is then on its way
# down again<!--= losses[60, -1] < worst[-1] / 10 -->, for the reason given in [Too large](too-large.md).
#
# What these counts do not say is how the models do on images that they have not seen.

# %% [markdown]
# ## Does it matter for the test?

# %% alt="Test accuracy against rate after sixty updates: it climbs from the high eighties and is flat above rate one."
predicted = (W @ with_ones(x_test).T).argmax(dim=1)
on_test = 100 * (predicted == y_test).float().mean(dim=1)
fig, axes = figure(height=2.9, left=0.8, right=0.3)
axes.plot(rates, on_test, color=SERIES_COLORS[0], marker="o", markersize=5)
axes.set(xscale="log", xlim=(8e-4, 125), ylim=(85, 100), yticks=[85, 90, 95, 100])
axes.set(xlabel="learning rate", ylabel="test accuracy (%)")
axes.xaxis.set_minor_locator(NullLocator())
axes.set_xticks(
    [1e-3, 1e-2, 1e-1, 1, 10, 100],
    ["0.001", "0.01", "0.1", "1", "10", "100"],
)
fig

# %% [markdown]
# *Accuracy forgives what the loss does not: from a rate of one upwards it stays within five
# points<!--= on_test[rates >= 0.99].max() - on_test[rates >= 0.99].min() < 5 -->, while the loss varies more than
# threefold<!--= losses[60, 12:].max() > 3 * losses[60, 12:].min() -->.*
#
# Even the smallest rate, which has barely left the start, has more than four fifths<!--= on_test[0] > 85 --> right:
# the very first gradient already tells most digits apart, and accuracy asks only which score is largest.
# All rates from one upwards have more than nine in ten<!--= on_test[rates >= 0.99].min() > 90 -->.
#
# The test has 450<!--= predicted.shape[1] --> images, so at nineteen in twenty right the standard error of one
# accuracy is a percentage point<!--= 0.9 < 100 * (0.95 * 0.05 / predicted.shape[1]) ** 0.5 < 1.1 -->.
# This test must not be used to choose among the twenty-one: [the winner's score would be
# flattered](../same-distribution/three-sets.md#choosing).
# The choice belongs to a validation set cut from the training images.

# %% [markdown]
# ## Exercises
#
# **1.** Repeat the sweep on the eight rows of the chapter.
# In steps of five thousandths, what is the largest rate without a rise in sixty updates?
#
# <details markdown><summary>The run</summary>

# %%
few = eight_rows()
rows = with_ones(few.train_inputs)
fine = torch.linspace(0.06, 0.2, 29)
toy, _ = sweep(rows, few.train_labels, fine, updates=60)
calm = fine[(toy.diff(dim=0) <= 1e-6).all(dim=0)].max()
print(f"{calm:.3f}")

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# A little above a tenth<!--= 0.1 <= calm < 0.12 -->, where the promise is 0.0861<!--= 4 / largest_stretch(rows) -->:
# with three classes and few directions it is close to the truth.
# In a thousand updates [0.11 does rise](limit.md#along)<!--= fine[10] --><!--= calm > fine[10] -->: the steepest
# place lies farther along the way than sixty updates reach.
#
# </details>
#
# **2.** Sixty updates are a budget.
# By the curve of the left half, how many updates would a rate of a thousandth need to reach the loss that a rate
# of one has after sixty?
# Test the rule on a rate of a tenth.
#
# <details markdown><summary>The run</summary>

# %%
slow, _ = sweep(ink, y, torch.tensor([0.1]), updates=600)
print(f"rate 1 after 60 {losses[60, 12]:.4f}, rate 0.1 after 600 {slow[-1, 0]:.4f}")

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# A thousand times as many, 60,000<!--= 60 * round(float(rates[12] / rates[0])) -->: the product must be the same.
# The rate of one lies beyond the promise, but it does not
# bounce<!--= rises[12] == 0 -->, so the rule holds to one per
# cent<!--= abs(slow[-1, 0] / losses[60, 12] - 1) < 0.01 --> in the run.
#
# </details>
#
# **3.** Divide all pixels by four.
# By what factor does the promise grow, and where does the valley of sixty updates move?
#
# <details markdown><summary>The run</summary>

# %%
faint = with_ones(x / 4)
dim_losses, _ = sweep(faint, y, rates, updates=60)
growth = largest_stretch(ink) / largest_stretch(faint)
print(f"the promise grows {growth:.4f} times")
print("lowest loss at the largest rate:", bool(dim_losses[60].argmin() == 20))

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# The squares of the pixels fall to a sixteenth, but the ones beside them stay: the promise grows not sixteen times but
# seven<!--= abs(largest_stretch(ink) / largest_stretch(faint) - 7) < 0.1 -->.
# The valley moves with it, to the right edge of the twenty-one rates or beyond.
#
# </details>

# %% [markdown]
# ## You can now
#
# - search a rate over powers of ten in one run ([twenty-one rates](#twenty-one-rates-at-once));
# - trade rate for updates where that is allowed ([the left half](#the-left-half-rate-times-updates));
# - say what "too large" means, and for which of its meanings ([the right half](#the-right-half-where-it-breaks));
# - keep the choice of a rate away from the test ([the test](#does-it-matter-for-the-test)).
#
# All models start at zero and see one split, so no number here is a mean over seeds.
# Losses at rates without a rise are float32 numbers, the promises as well.
# Beyond, runs are chaotic: there only bounds are stated, and the points of the pictures may differ between
# processors.
