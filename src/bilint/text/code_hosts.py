"""Code hosts: the address of a file's page → the address of the file itself, which is Markdown and not its display."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

_HASH = re.compile(r"[0-9a-f]{7,40}")
_GITHUB = re.compile(r"/(?P<repository>[^/]+/[^/]+)/(?:blob|raw)/(?P<revision>[^/]+)/(?P<path>.+)")
_GITLAB = re.compile(r"/(?P<repository>.+?)/-/(?:blob|raw)/(?P<revision>[^/]+)/(?P<path>.+)")
_GITEA = re.compile(
    r"/(?P<repository>[^/]+/[^/]+)/(?:src|raw)/(?P<kind>branch|commit|tag)/(?P<revision>[^/]+)/(?P<path>.+)"
)
_BITBUCKET = re.compile(r"/(?P<repository>[^/]+/[^/]+)/(?:src|raw)/(?P<revision>[^/]+)/(?P<path>.+)")
_RAW_GITHUB = re.compile(r"/(?P<repository>[^/]+/[^/]+)/(?:refs/heads/)?(?P<revision>[^/]+)/(?P<path>.+)")


class Blob(NamedTuple):
    """A file on a code host, `revision` as the address names it; branches whose names have slashes are cut short."""

    host: str
    repository: str
    revision: str
    path: str
    raw: str

    @property
    def commit(self) -> str | None:
        """The commit the address names; None when it names a branch or a tag."""
        return self.revision if _HASH.fullmatch(self.revision) else None


def blob(url: str) -> Blob | None:
    """Return the file that an address on GitHub, GitLab, Gitea (Forgejo) or Bitbucket shows; None for other pages.

    GitLab and Gitea are known by the form of the address on any host. `raw` has no query and no fragment (`#L10`).
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if host == "github.com" and (found := _GITHUB.fullmatch(parts.path)):
        raw = f"https://raw.githubusercontent.com/{found['repository']}/{found['revision']}/{found['path']}"
    elif host == "raw.githubusercontent.com" and (found := _RAW_GITHUB.fullmatch(parts.path)):
        raw = _at(url, parts.path)
    elif found := _GITLAB.fullmatch(parts.path):
        raw = _at(url, f"/{found['repository']}/-/raw/{found['revision']}/{found['path']}")
    elif found := _GITEA.fullmatch(parts.path):
        raw = _at(url, f"/{found['repository']}/raw/{found['kind']}/{found['revision']}/{found['path']}")
    elif host == "bitbucket.org" and (found := _BITBUCKET.fullmatch(parts.path)):
        raw = _at(url, f"/{found['repository']}/raw/{found['revision']}/{found['path']}")
    else:
        return None
    return Blob(host, found["repository"], found["revision"], found["path"], raw)


def _at(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=path, query="", fragment=""))
