"""BHuman's page: a template, people, their videos."""
