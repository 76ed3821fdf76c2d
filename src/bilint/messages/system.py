"""Why the system refuses: its own words, which are English in every locale."""

from __future__ import annotations

from bilint.messages import Text, phrase

_COMMON = (
    phrase("file exists"),
    phrase("file name too long"),
    phrase("is a directory"),
    phrase("no space left on device"),
    phrase("no such file or directory"),
    phrase("not a directory"),
    phrase("permission denied"),
    phrase("read-only file system"),
    phrase("too many levels of symbolic links"),
    phrase("too many open files"),
)
"""What the catalogue knows in Chinese; other words stay as they are."""


def reason(error: Exception) -> Text:
    """Return why the system refuses, in lower case."""
    return Text(str(getattr(error, "strerror", None) or error).lower(), "", {})
