"""The studio for assistants, over the Model Context Protocol. It speaks to one that runs, as any program does."""
