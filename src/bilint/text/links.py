"""Compare link targets the way translators change them: folded over scheme, `www`, language and fragments."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from bilint.text.scripts import has_han
from bilint.text.urls import spelled

_LOCALE = r"(?:en|zh|cn|tw|hk|zh-[a-z]{2,4}|en-[a-z]{2}|zh_[a-z]{2,4}|zh-han[st]-[a-z]{2})"
_LOCALE_SEGMENT = re.compile(rf"/(?:{_LOCALE})(?=/|$)")
_LOCALE_HOST = re.compile(rf"^(?:www|{_LOCALE}|v\d+|m)\.")
_LOCALE_SUFFIX = re.compile(rf"[-_.]{_LOCALE}(?=\.\w+$)")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]+$")
_INDEX = re.compile(r"/(?:index|readme)?(?:\.(?:html?|mdx?|php|aspx?))?$|\.(?:html?|mdx?|zh|en)+$|/+$")
_BRANCH = re.compile(r"(/(?:blob|tree|raw|edit|blame|commits))/master(?=/|$)")
"""The main branch as it was called until 2020."""
_UP = re.compile(r"^(?:\.{0,2}/)+")
_BROKEN = re.compile(r"^\(|[\s\u3000-\u303f\uff00-\uffef]|^https?:/?[^/]|^https?://(?:/|$)|https?://.*https?:/[^/]")

_MOST_EDITS = 4
_PART_EDITED = 4
"""A slip of the finger is at most so many edits, on at most this part of the address, as for `changed-address`."""
_EDITED = 12
"""A long address may have an edit more for so many characters, where its parts are very alike."""
_ALIKE, _VERY_ALIKE = 0.6, 0.8
"""Similarity, 0 to 1, from which a part of an address is a mistyped form of another one."""
_PART = re.compile(r"[/?#&=.]")


@lru_cache(maxsize=50_000)
def link_key(destination: str) -> tuple[str, str, str]:
    """Return (host, path with query, fragment) so that a link and its localised twin are equal, however spelled.

    A fragment that was translated (not ASCII) is left out.

    A relative link has an empty host and no leading dots.
    """
    try:
        host, path, query, fragment = spelled(urlsplit(destination.strip()))
    except ValueError:
        return "", destination, ""
    while host and (shorter := _LOCALE_HOST.sub("", host)) != host and "." in shorter:
        host = shorter
    path, fragment = unquote(path), unquote(fragment).lower()
    if not host:
        path = "/" + _UP.sub("", path) if path else ""
    path = _BRANCH.sub(r"\1/main", _LOCALE_SEGMENT.sub("", path.lower()))
    path = _INDEX.sub("", _LOCALE_SUFFIX.sub("", path))
    return host, f"{path}?{query}" if query else path, fragment if fragment.isascii() else ""


def file_name(destination: str) -> str:
    """Return the last segment of a target's path, decoded; brackets of localised links are left out."""
    path = urlsplit(destination.replace("[", "").replace("]", "")).path
    return unquote(path.rstrip("/").rsplit("/", 1)[-1])


def is_broken(destination: str) -> bool:
    """Return whether the target cannot work as a URL: blanks, full-width characters, brackets, a damaged scheme."""
    return bool(_BROKEN.search(destination.strip()))


def local_path(destination: str) -> str:
    """Return the path of a file that a target names, decoded and without fragment; empty for an address of the web."""
    return "" if "://" in destination else unquote(destination.partition("#")[0])


def is_translated(destination: str, original: str) -> bool:
    """Return whether folders or files of a target became Chinese words, one for one, on the same server."""
    try:
        here, there = urlsplit(destination), urlsplit(original)
    except ValueError:
        return False
    path, other = unquote(here.path), unquote(there.path)
    is_alike = here.netloc == there.netloc and path.count("/") == other.count("/")
    return is_alike and has_han(path) and not has_han(other) and _EXTENSION.findall(path) == _EXTENSION.findall(other)


def is_slip(here: str, there: str) -> bool:
    """Return whether two targets are a slip of the finger apart: few edits, in parts that stay alike."""
    from rapidfuzz.distance import Indel, Levenshtein

    longest = max(len(here), len(there))
    most = max(_MOST_EDITS, longest // _EDITED)
    distance = Levenshtein.distance(here, there, score_cutoff=most + 1)
    if distance > most or distance * _PART_EDITED > longest:
        return False
    alike = _ALIKE if distance <= _MOST_EDITS else _VERY_ALIKE
    parts, others = _PART.split(here), _PART.split(there)
    # `rsc` for `react`, `txt` for `pdf`: another page.
    return len(parts) != len(others) or all(
        Indel.normalized_similarity(one, other) >= alike or _is_cut(one, other)
        for one, other in zip(parts, others, strict=True)
    )


def _is_cut(here: str, there: str) -> bool:
    """Whether a part of an address is the beginning of the other one, or all of it but the last letter is."""
    return 0 < len(here) < len(there) and there.startswith(here[:-1])
