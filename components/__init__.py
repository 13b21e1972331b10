"""Screentest's parts; docs/architecture.md draws who may use whom."""
