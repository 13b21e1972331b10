"""Several videos on one clock."""
