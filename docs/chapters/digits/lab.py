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
# # Lab: handwritten digits, 8×8
#
# Three scores for three throws fit on paper.
# A picture does not: nobody can write down by hand how much each pixel speaks for a seven.
#
# Yet the model of Part I needs no change.
# It still computes one score per class, and softmax still turns the scores into P(class | image).
# What changes is the size: ten classes instead of three, sixty-four numbers per example instead of one.
#
# Size brings new questions.
# What should the loss be before anything is learned?
# What have the weights become?
# Which images go wrong, and how sure was the model of its error?
# Would a method that learns nothing have done better?
# And is the minimum we found *the* minimum, or the place where we stopped?
#
# This lab answers each of them with a run.
# In the book, the switch at the top of the page shows what proves each number in these sentences.

# %% [markdown]
# ## The data
#
# The images come with scikit-learn: digits, 8×8, prepared for the UCI Machine Learning Repository in 1998.
# Each pixel says how much ink fell into one square of a scanned digit, here from 0 (none) to 1.

# %%
import math

import torch
from torch import nn

from softmax_book import (
    SoftmaxClassifier,
    accuracy,
    cross_entropy,
    fit,
    load_digits,
    log_softmax,
    nll_loss,
    softmax,
    wilson_interval,
)
from softmax_book.plotting import INK, draw_image, draw_weights, figure, panels

x, y, x_test, y_test = load_digits()
x.shape, x_test.shape

# %% [markdown]
# In `x` lie the images to learn from, in `y` the digits they show.
# A quarter of every digit is set apart for the
# test<!--= (abs(y_test.bincount() - (y.bincount() + y_test.bincount()) / 4) < 1).all() -->.
# With those there are 1,797<!--= len(x) + len(x_test) --> images,
# each a row of sixty-four numbers.
# Here is the first training image of every digit.

# %% alt="The first training image of every digit, zero to nine: eight by eight squares of more or less ink."
margins = {"left": 0.05, "right": 0.05, "bottom": 0.05, "top": 0.2}
fig, grid = panels(1, 10, height=0.8, gap=0.1, **margins)
for digit, axes in enumerate(grid[0]):
    draw_image(axes, x[y == digit][0])
fig

# %% [markdown]
# *Sixty-four numbers are enough for a reader to tell ten digits apart.*
#
# What the pictures do not say is who wrote them.
# The split is by chance, so the same hands occur on both sides.
# The test below says nothing about a writer never met.

# %% [markdown]
# ## Before learning
#
# The model holds one weight per pixel and class and one bias per class:
# $64 \cdot 10 + 10 = 650$<!--= 64, 10, 10, 10 * (x.shape[1] + 1) --> parameters.
# Start all of them at zero.
# Then all scores are equal, every class gets one tenth, and the surprise at any label is
# $\ln 10 = 2.3026$<!--= 10, math.log(10) --> nats.
# Another first loss would mean a mistake, found before any training:


# %%
def zero_model():
    model = SoftmaxClassifier(64, 10)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    return model


model = zero_model()
n_parameters = sum(parameter.numel() for parameter in model.parameters())
first_loss = cross_entropy(model(x), y).item()
print(f"{n_parameters} parameters, loss {first_loss:.4f} nats")

# %% [markdown]
# Both as derived: 650<!--= n_parameters --> and 2.3026<!--= first_loss -->.
# The loss does not say that the model treats the classes well, only that it treats them alike.
#
# **Predict, then run.**
# Without the zeros the weights start at small random values.
# Is the first loss then above, below or equal to ln 10?
#
# <details markdown><summary>The run</summary>


# %%
def untrained_loss(seed):
    torch.manual_seed(seed)
    fresh = SoftmaxClassifier(64, 10)
    return cross_entropy(fresh(x), y).item()


untrained = torch.tensor([untrained_loss(seed) for seed in range(10)])
untrained

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# Above it for 9<!--= (untrained > math.log(10)).sum() --> of these ten seeds, by less than a tenth of a nat<!--= (untrained - math.log(10)).max() < 0.1 -->:
# 2.3461<!--= untrained[0] --> nats with seed 0.
# Scores without a reason mostly favour a wrong class.
# One seed starts below, at 2.2723<!--= untrained.min() -->, by luck.
#
# </details>

# %% [markdown]
# ## Learning
#
# Each of the 300 epochs below uses every training image once, in one step of rate 2.
# The gradient is [p − y](../gradient/index.md) times the image.
# How far below 2.3026<!--= first_loss --> can a linear model get?

# %% alt="The training loss starts at ln 10, falls steeply for some thirty epochs, then ever more slowly."
history = fit(model, x, y, epochs=300, lr=2)

fig, axes = figure(width=5.6, height=2.6)
axes.plot(history.loss, color=INK)
axes.axhline(math.log(10), color=INK, linewidth=1, linestyle=":")
axes.text(300, 2.2, "ln 10: every class one tenth", ha="right", va="top")
axes.text(300, 0.2, f"{history.loss[-1]:.4f}", ha="right")
axes.set(xlim=(0, 300), ylim=(0, 2.5))
axes.set(xlabel="epoch", ylabel="training loss (nats)")
fig

# %% [markdown]
# *Most is learned in the first
# epochs<!--= history.loss[0] - history.loss[30] > 0.85 * (history.loss[0] - history.loss[-1]) -->;
# the rest never quite ends.*
#
# The loss falls to 0.1105<!--= history.loss[-1] --> nats and never rises on the
# way<!--= all(b < a for a, b in zip(history.loss, history.loss[1:])) -->.
# It is still falling at the end<!--= history.loss[-1] < history.loss[-2] -->: we stopped, the model did not.
# It does not say how the model does on images that it has not seen.
# The test does:

# %%
probs = model.predict_probs(x_test)
predicted = probs.argmax(dim=1)
is_right = predicted == y_test
right = int(is_right.sum())
confidence = 0.95
low, high = wilson_interval(right, len(is_right), confidence=confidence)
print(f"{right} of {len(is_right)} right, interval {low:.4f} to {high:.4f}")

# %% [markdown]
# Of 450<!--= len(is_right) --> test images 435<!--= right --> are right,
# 96.7 %<!--= 100 * right / len(is_right) -->.
# So few images leave room: the interval runs from 94.6 to 98.0 %<!--= 100 * low, 100 * high -->.
# It holds each accuracy $a$ from which 435<!--= right --> of 450<!--= len(is_right) --> is no farther than
# chance explains, 1.96<!--= (right / 450 - low) / math.sqrt(low * (1 - low) / 450) --> standard errors
# $\sqrt{a (1 - a) / n}$.
# About 95 %<!--= 100 * confidence --> of intervals made so hold the accuracy on endlessly many images like
# these.
# It does not say which digits go wrong.

# %% [markdown]
# ## Ten templates
#
# A score is a sum of ink times weight, so the ten rows of W are pictures too: one template per class.
# Which pixels should speak *against* a zero?

# %% alt="Ten templates of filled and hollow squares. That of zero is hollow in the centre, filled around it."
templates = model.linear.weight.detach().reshape(10, 8, 8)
largest = templates.abs().max().item()

margins = {"left": 0.1, "right": 0.1, "bottom": 0.1, "top": 0.3}
fig, grid = panels(2, 5, width=5.6, height=2.8, gap=0.2, **margins)
for digit, axes in enumerate(grid[0] + grid[1]):
    draw_weights(axes, templates[digit].flatten(), largest)
    axes.set_title(str(digit))
fig

# %% [markdown]
# *A template asks for ink where its digit has some and the others have none.*
#
# Filled squares speak for the class, hollow ones against it, the larger the louder.
# The zero has a hole: one pixel of ink in its centre costs it up to
# 2.4<!--= -templates[0, 3:5, 3:5].min() --> points of score.
#
# Two things the templates do not say.
# They are not average digits: a weight says "this class rather than the others", and the ten sum to nothing
# at every pixel<!--= templates.sum(dim=0).abs().max() < 1e-4 -->, since $p - y$ sums to zero over the
# classes and all weights started at zero.
# And they know nothing about 4<!--= (templates == 0).all(dim=0).sum() --> of the pixels:
# where no training image has
# ink<!--= torch.equal((templates == 0).all(dim=0).flatten(), (x == 0).all(dim=0)) -->,
# the gradient is zero and the weight stays what it was.
#
# [Draw a digit](draw.md) holds a drawing of yours against the ten.

# %% [markdown]
# ## Who is taken for whom
#
# Which digit do you expect to be missed most often?
# Rows are the truth, columns the prediction:

# %% alt="Ten by ten counts, nearly all on the diagonal. The largest frame: eight read as one, four times."
pairs = 10 * y_test + predicted
confusion = pairs.bincount(minlength=100).reshape(10, 10)
errors = confusion - confusion.diag().diag()

fig, axes = figure(width=4.6, height=4.2, left=0.7, bottom=0.6, top=0.15)
for true, row in enumerate(confusion.tolist()):
    for said, count in enumerate(row):
        place = {"ha": "center", "va": "center"}
        axes.text(said + 0.5, true + 0.5, count or "·", **place)
        if count and said != true:
            frame = {"ms": 19, "mew": 0.8 * count, "fillstyle": "none"}
            axes.plot(said + 0.5, true + 0.5, "s", color=INK, **frame)
axes.set(aspect="equal", xlim=(0, 10), ylim=(10, 0))
axes.set(xlabel="predicted", ylabel="true")
axes.set_xticks(torch.arange(10) + 0.5, range(10))
axes.set_yticks(torch.arange(10) + 0.5, range(10))
fig

# %% [markdown]
# *Errors have a direction: eights are read as ones more often than ones as
# eights<!--= errors[8, 1] > errors[1, 8] -->.*
#
# The eight<!--= (errors.sum(dim=1) / confusion.sum(dim=1)).argmax() == 8 -->:
# 6<!--= errors[8].sum() --> of its 43<!--= confusion[8].sum() --> images are missed,
# 4<!--= errors[8, 1] --> of them read as a one, the largest count off the
# diagonal<!--= errors[8, 1] == errors.max() and (errors == errors.max()).sum() == 1 -->.
# Zero and seven are never missed<!--= errors[0].sum() == 0 and errors[7].sum() == 0 -->, which one
# percentage for all classes cannot show.
# The table does not say how sure the model was.

# %% [markdown]
# ## The worst mistakes
#
# Sort the 15<!--= (~is_right).sum() --> mistakes by the probability that the true digit received,
# least first.
# Is the model unsure when it is wrong?

# %% alt="All fifteen mistakes, each with the probability of the true digit and of the digit answered."
p_true = probs[torch.arange(len(probs)), y_test]
surprise = -p_true.log()
worst = [i for i in p_true.argsort().tolist() if not is_right[i]]

margins = {"left": 0.36, "right": 0.36, "bottom": 0.1, "top": 0.6}
fig, grid = panels(3, 5, height=3.9, gap=0.75, **margins)
for i, axes in zip(worst, grid[0] + grid[1] + grid[2], strict=True):
    draw_image(axes, x_test[i])
    said, true = int(predicted[i]), int(y_test[i])
    title = f"true {true}: {p_true[i]:.4f}"
    axes.set_title(f"{title}\nsaid {said}: {probs[i, said]:.4f}", fontsize=11)
fig

# %% [markdown]
# *No mistake was made with certainty: the surest had 0.9417<!--= probs[~is_right].max() -->.*
#
# The worst is a four, called an eight<!--= y_test[worst[0]] == 4 and predicted[worst[0]] == 8 --> with 0.658<!--= probs[worst[0]].max() -->:
# the truth got 0.0017<!--= p_true[worst[0]] -->, a surprise of 6.40<!--= -p_true[worst[0]].log() --> nats.
# Surprise counts such errors dearly:
# 3.3 %<!--= 100 * (~is_right).sum() / len(is_right) --> of the images carry
# 48 %<!--= 100 * surprise[~is_right].sum() / surprise.sum() --> of the test loss.
#
# On average the model gives its answer 0.581<!--= probs.max(dim=1).values[~is_right].mean() -->
# where it is wrong and 0.932<!--= probs.max(dim=1).values[is_right].mean() --> where it is right:
# less sure of its errors, yet still more sure than
# not<!--= 0.5 < probs.max(dim=1).values[~is_right].mean() < probs.max(dim=1).values[is_right].mean() -->.
# Whether an answer given nine tenths is right nine times in ten is another question, that of a later part.

# %% [markdown]
# ## The wrong dim
#
# `dim=1` makes each image's ten probabilities sum to one.
# `dim=0` makes each *class* sum to one over the images of the batch, and raises no error.
# Part I has it among its [traps](../cross-entropy/traps.md#wrong-dim).
# Here it meets real images, as it did in a course's confusion matrix:
# [mrdbourke/pytorch-deep-learning#163](https://github.com/mrdbourke/pytorch-deep-learning/issues/163).
#
# At zero weights each of 1,347<!--= len(x) --> images then gets an equal share of a column,
# so the first loss betrays it:
# $\ln 1347 = 7.2056$<!--= len(x), math.log(len(x)) -->
# instead of $\ln 10$.


# %%
def wrong_loss(scores, labels):
    return nll_loss(log_softmax(scores, dim=0), labels)


wrong_model = zero_model()
wrong_history = fit(wrong_model, x, y, epochs=300, lr=2, loss=wrong_loss)
trained_wrong = accuracy(wrong_model.predict_probs(x_test), y_test)

scores = model(x_test).detach()
used_wrong = accuracy(softmax(scores, dim=0), y_test)
print(f"first loss {wrong_history.loss[0]:.4f}")
print(f"trained so: accuracy {trained_wrong:.4f}")
print(f"only used so: accuracy {used_wrong:.4f}")

# %% [markdown]
# It trains, its loss falls<!--= wrong_history.loss[-1] < wrong_history.loss[0] -->, and it loses
# 50<!--= right - trained_wrong * len(is_right) --> images: 85.6 %<!--= 100 * trained_wrong --> instead of
# 96.7 %<!--= 100 * right / len(is_right) -->.
# Used only at the end, on the model that was trained well, the slip leaves 93.8 %<!--= 100 * used_wrong -->
# and hides better<!--= used_wrong > trained_wrong -->.
# Neither percentage says the worst: every answer now depends on the other images of the batch.
#
# **Predict, then run.**
# Give the well-trained model one image alone, with `dim=0`.
# What are the ten probabilities?
#
# <details markdown><summary>The run</summary>

# %%
softmax(scores[:1], dim=0)

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# All of them 1<!--= softmax(scores[:1], dim=0).unique() -->: each class has one image only to share itself
# among.
#
# </details>

# %% [markdown]
# ## A rival that learns nothing
#
# One nearest neighbour keeps all training images and answers with the label of the closest one.
# It has no loss, no gradient and no weights.
# Before praising ours, ask it:

# %%
distances = torch.cdist(x_test, x)
neighbour = y[distances.argmin(dim=1)]
neighbour_is_right = neighbour == y_test
only_model = int((is_right & ~neighbour_is_right).sum())
only_neighbour = int((neighbour_is_right & ~is_right).sum())
int(neighbour_is_right.sum()), only_model, only_neighbour

# %% [markdown]
# The neighbour has 442<!--= neighbour_is_right.sum() --> right,
# 7<!--= neighbour_is_right.sum() - is_right.sum() --> more than ours.
# Both saw the same images, so only those count on which they differ:
# 5<!--= only_model --> for the model, 12<!--= only_neighbour --> for the neighbour.
# Would a fair coin, thrown once for each of them, be as lopsided?


# %%
def coin(fewer, n):
    """How often n fair coins split this unevenly, or more."""
    return 2 * sum(math.comb(n, k) for k in range(fewer + 1)) / 2**n


lopsided = coin(only_model, only_model + only_neighbour)
print(f"{lopsided:.4f}")

# %% [markdown]
# In 14 %<!--= 100 * lopsided --> of all trials: this test cannot tell the two apart.
#
# What the count leaves out is the price.
# The neighbour stores 86,208<!--= x.numel() --> pixels and 1,347<!--= len(y) --> labels,
# the model 650<!--= n_parameters --> numbers, and only the model says how probable its answer is.

# %% [markdown]
# ## The same optimum, found by somebody else
#
# Our loss was still falling when we stopped.
# It has no lowest point: some weights put every training image right (exercise 4 finds such).
# Doubling those lowers the loss, and so does doubling them again.
# A penalty on large weights gives the search a bottom.
# Scikit-learn adds one unasked; divided by the number of images, its objective is
#
# $$ \frac{1}{N} \sum_n -\log p_{n, y_n} + \frac{1}{2N} \sum_{k, d} w_{kd}^2 . $$
#
# The loss bends upwards or not at all along [every line](../gradient/curvature.md#hessian), and the squares
# bend upwards along all: a sum of the two has a single lowest W.
# The biases carry no penalty, but for a given W only a constant added to all ten is left free, and softmax
# does not see it.
# So two methods that reach the bottom must give the same probabilities, by whatever road.
#
# Ours takes the book's own cross-entropy and starts from zero.
# `LBFGS` estimates the curvature from its last gradients and steps accordingly; `strong_wolfe` makes it search
# each step's length, so that it needs no learning rate:

# %%
xd, xd_test = x.double(), x_test.double()
W = torch.zeros(10, 64, dtype=torch.float64, requires_grad=True)
b = torch.zeros(10, dtype=torch.float64, requires_grad=True)
search = {"line_search_fn": "strong_wolfe", "history_size": 100}
stop = {"max_iter": 1000, "tolerance_grad": 1e-8, "tolerance_change": 0}
lbfgs = torch.optim.LBFGS([W, b], **search, **stop)


def objective():
    lbfgs.zero_grad()
    penalty = (W * W).sum() / (2 * len(xd))
    value = cross_entropy(xd @ W.T + b, y) + penalty
    value.backward()
    return value


lbfgs.step(objective)
ours = softmax(xd_test @ W.T + b, dim=1).detach()

# %% [markdown]
# Theirs keeps its own penalty: `C` divides its strength, and 1 means the formula above.
# A small tolerance and enough iterations let it go all the way:

# %%
from sklearn.linear_model import LogisticRegression

theirs = LogisticRegression(C=1.0, tol=1e-8, max_iter=1000).fit(xd, y)
their_probs = torch.from_numpy(theirs.predict_proba(xd_test))
gap = (ours - their_probs).abs().max().item()
print(f"largest difference below one in ten thousand: {gap < 1e-4}")

# %% [markdown]
# Over all 4,500<!--= ours.numel() --> test probabilities the two differ by less than one in ten
# thousand<!--= gap < 1e-4 -->.
# Two programs written apart agree: a wrong gradient in either would have ended elsewhere.
#
# The run does not say that the optimum is the better model.
# It has 436<!--= accuracy(ours, y_test) * len(ours) --> test images right, ours stopped early had
# 435<!--= right -->; its test loss is 0.1560<!--= nll_loss(ours.log(), y_test) --> nats, ours
# 0.1497<!--= surprise.mean() -->.

# %% [markdown]
# ## A ladder of exercises
#
# **1.** Suppose a model has all 450<!--= len(is_right) --> test images right.
# Is it never wrong?
#
# <details markdown><summary>Answer</summary>
#
# On this test, never.
# On other images like these, any accuracy above
# 99.2 %<!--= 100 * wilson_interval(len(is_right), len(is_right))[0] --> remains plausible, by the same interval.
#
# </details>
#
# **2.** Leave softmax out and take the largest *score*.
# How many predictions change?
#
# <details markdown><summary>Answer</summary>
#
# None<!--= torch.equal(scores.argmax(dim=1), predicted) -->: softmax keeps the order of the scores.
# The probability needs it, the choice does not.
#
# </details>
#
# **3.** Shuffle the pixels: the same random order for every image, training and test.
# You could no longer read a digit.
# What happens to the accuracy?
#
# <details markdown><summary>The run</summary>

# %%
order = torch.randperm(64, generator=torch.Generator().manual_seed(0))
shuffled = zero_model()
fit(shuffled, x[:, order], y, epochs=300, lr=2)
shuffled_right = int((shuffled.predict(x_test[:, order]) == y_test).sum())
shuffled_right, right

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# Nothing: 435<!--= shuffled_right --> right again.
# A linear model adds up pixels; that two of them touch is lost on it.
# All weights start equal and every step uses all images, so even the training is the same.
#
# </details>
#
# **4.** Make the penalty ten thousand times weaker.
# How many training images are wrong, and what becomes of the weights?
#
# <details markdown><summary>The run</summary>

# %%
loose = LogisticRegression(C=1e4, max_iter=5000).fit(xd, y)
train_wrong = int((loose.predict(xd) != y.numpy()).sum())
growth = torch.from_numpy(loose.coef_).norm() / W.detach().norm()
print(f"{train_wrong} wrong")
print(f"weights more than five times as long: {bool(growth > 5)}")

# %% [markdown]
# </details>
#
# <details markdown><summary>Answer</summary>
#
# 0<!--= train_wrong --> are wrong, and the weights are more than five times<!--= growth > 5 --> as long.
# That is the case in which the loss has no lowest point: longer weights in this direction always cost less.
#
# </details>

# %% [markdown]
# ## You can now
#
# - derive the first loss of a classifier, and read another one as a mistake
#   ([before learning](#before-learning));
# - give an accuracy with the room its test leaves ([learning](#learning));
# - read the weights of a linear model as pictures ([ten templates](#ten-templates));
# - ask which classes are confused, and how surely ([who is taken for whom](#who-is-taken-for-whom),
#   [the worst mistakes](#the-worst-mistakes));
# - recognise a softmax over the wrong dim by its first loss ([the wrong dim](#the-wrong-dim));
# - hold your own training against a stranger's optimum
#   ([the same optimum](#the-same-optimum-found-by-somebody-else)).
