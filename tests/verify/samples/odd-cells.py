third = 1 / 3

# %% [md]
# It is 0.3334.

# %% [raw]
# It is 0.3335.

# %% alt='A bar, 0.3336 high'
third.missing

# %% [markdown]
# It is 0.33<!--= third -->.
