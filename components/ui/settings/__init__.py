"""Keys, sandbox, where things are kept."""
