"""The pages that were fetched before: the lock says which, the cache holds them. Nothing here touches the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.files import UnreadableError
from bilint.library.cache import Cache, Copy
from bilint.library.lock import Entry, Lock
from bilint.messages import phrase
from bilint.model import UserError
from bilint.text.urls import normalise

if TYPE_CHECKING:
    from pathlib import Path

    from bilint.settings import Originals


class Fetched:
    """The lock and the cache that the settings name; `root` is what their paths are relative to."""

    def __init__(self, settings: Originals, root: Path) -> None:
        self.cache = Cache(root / settings.cache)
        self.lock = Lock(root / settings.lock, self.cache)

    def unreadable(self) -> UserError | None:
        """Return why the lock file cannot be read, if so; it then counts as empty. Raises like `entry`."""
        try:
            _ = self.lock.pins
        except UnreadableError as error:
            self.lock.count_as_empty()
            return error
        return None

    def entry(self, url: str) -> Entry | None:
        """Return what the lock says of a page. Raises UserError for a broken lock file."""
        return self.lock.entries.get(normalise(url))

    def find(self, url: str) -> Copy | None:
        """Return the page as translations are checked against it, and its newer version. Raises like `entry`."""
        pin = self.lock.pins.get(normalise(url))
        file = self.cache.find(pin.sha256) if pin else None
        if pin is None or file is None:
            return None
        return Copy(file, self.cache.find(pin.latest) if pin.latest else None, charset=pin.charset)

    def why_not(self, url: str) -> str:
        """Return why a page in the lock is not at hand; empty when it is not in the lock. Raises like `entry`."""
        entry = self.entry(url)
        if entry is None:
            return ""
        if broken := self.cache.broken(entry.sha256):
            return phrase(
                "{file} in the cache is not what was fetched (its hash differs); run `bilint fetch`", file=broken.name
            )
        if entry.latest and self.cache.find(entry.latest):
            return GONE
        return phrase("the text that {file} lists is not in the cache; run `bilint fetch`", file=self.lock.file.name)


GONE = phrase(
    "the page has changed and the text in the lock is not in the cache; `bilint fetch --accept` takes the new one"
)
