"""The gallery: every video of every model."""
