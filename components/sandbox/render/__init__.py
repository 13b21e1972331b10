"""Makes clips of scenes: pictures, sound, files. Knows no API."""
