"""The performance table of `make bench`: ratios of two things measured in turn, in one run.

The machine may be busy: a ratio of neighbours holds where a figure alone does not. Medians of several pairs.
"""
