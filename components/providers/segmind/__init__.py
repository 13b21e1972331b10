"""Segmind: its client, its errors, its requests as programs."""
