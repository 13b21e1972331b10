"""BHuman: its client, its rows, store and errors, its requests as programs."""
