"""People: who comes in, as what, and what they did."""
