"""A web archive (WARC, ISO 28500), as crawlers and browser extensions write it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from bilint.files import open_file
from bilint.library.cache import Cache, Copy
from bilint.library.stores import Store
from bilint.messages import phrase
from bilint.model import UserError
from bilint.text.urls import normalise
from bilint.web.addresses import FetchError
from bilint.web.texts import suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REDIRECTS = 10


class _Capture(NamedTuple):
    """A page as it was at `date`: where its record starts, or which page it leads to."""

    date: str
    offset: int
    leads_to: str


class Archive(Store):
    """The pages of a WARC file, which is read through once, when it is first asked; pages go into the cache."""

    def __init__(self, file: Path, cache: Cache, most: int) -> None:
        self._file = file
        self._cache = cache
        self._most = most
        try:
            import warcio  # noqa: F401
        except ImportError as error:
            hint = phrase("install it with `pip install bilint[warc]`")
            raise UserError("`originals.stores`: {name} needs the package warcio", hint, name=file.name) from error

    def page(self, url: str) -> Copy | None:
        """Return the newest capture of `url`; redirects are followed inside the archive."""
        for _ in range(_REDIRECTS):
            capture = self._captures.get(normalise(url))
            if capture is None:
                return None
            if not capture.leads_to:
                return self._read(capture.offset)
            url = capture.leads_to
        return None

    def why_not(self, url: str) -> str:
        """Return that the archive's page cannot be used, when it has one."""
        if normalise(url) not in self._captures:
            return ""
        return phrase("its page in {file} is no text, or too large", file=self._file.name)

    @cached_property
    def _captures(self) -> dict[str, _Capture]:
        found: dict[str, _Capture] = {}
        with self._records() as records:
            for record in records:
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                url, status = record.rec_headers.get_header("WARC-Target-URI"), record.http_headers.get_statuscode()
                location = record.http_headers.get_header("Location") if status[:1] == "3" else None
                if url and (status == "200" or location):
                    date = record.rec_headers.get_header("WARC-Date") or ""
                    capture = _Capture(date, records.get_record_offset(), urljoin(url, location) if location else "")
                    found[normalise(url)] = max(found.get(normalise(url), capture), capture)
        return found

    def _read(self, offset: int) -> Copy | None:
        with self._records(offset) as records:
            record = next(records)
            body = record.content_stream().read(self._most + 1)
            header = record.http_headers.get_header("Content-Type") or ""
        try:
            suffix = suffix_of(header.split(";")[0].strip().lower(), body)
        except FetchError:
            return None
        file = self._cache.find(self._cache.keep(body, suffix)) if len(body) <= self._most else None
        return Copy(file) if file else None

    @contextmanager
    def _records(self, offset: int = 0) -> Iterator[Any]:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        try:
            with open_file(self._file) as stream:
                stream.seek(offset)
                yield ArchiveIterator(stream)
        except (ArchiveLoadFailed, OSError, EOFError) as error:
            raise UserError(
                "{file}: is not a sound WARC file: {error}", file=self._file, error=str(error).strip()
            ) from error
