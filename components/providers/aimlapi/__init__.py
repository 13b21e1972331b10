"""AI/ML API: its client, its errors, its requests as programs."""
