"""The page of one video."""
