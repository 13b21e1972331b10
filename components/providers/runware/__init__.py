"""Runware: its client, its answers and errors, its requests as programs."""
