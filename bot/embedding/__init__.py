"""A second look at posts by their meaning, in a process of its own: docs/adr/0039."""
