"""A model's page: inputs, controls, videos."""
