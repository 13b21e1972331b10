"""Runware's API as the sandbox speaks it."""
