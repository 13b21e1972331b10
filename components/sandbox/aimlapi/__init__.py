"""AI/ML API's API as the sandbox speaks it."""
