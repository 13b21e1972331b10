"""One file a model: all that is true of it."""
