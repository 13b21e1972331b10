"""What SURVIVES: the durable workflow, the paid request sent once, the runtime that carries them."""
