"""What is KEPT: tables, migrations, queries and file storage. Knows no provider, no workflow and no screen."""
