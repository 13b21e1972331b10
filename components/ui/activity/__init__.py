"""What is under way, what ended, what it cost."""
