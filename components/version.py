"""The version of the studio, written once: CHANGELOG.md names it too, the settings page shows it."""

from __future__ import annotations

VERSION = "0.2.0"
