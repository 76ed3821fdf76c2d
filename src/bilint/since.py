"""What has changed since a Git revision, block by block: committed, staged or not, in an article and its original.

The two versions are parsed and their blocks compared, not their lines: a block that was reflowed or moved is the same.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bilint.files import LARGEST
from bilint.fingerprints import aligned, blocks_at, content
from bilint.library import git, git_directory
from bilint.messages import phrase
from bilint.model import Article, Block, Document, Finding, Span, UserError
from bilint.parse import parse, parse_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_AT_REVISION = phrase(
    "name a commit, branch or tag of the repository that the articles are in; a shallow clone has few of them: "
    "`git fetch --unshallow`, in GitHub Actions `fetch-depth: 0`"
)


class Changed:
    """What differs in a document from an older version of it; without one, everything does."""

    def __init__(self, new: Document, old: Document | None) -> None:
        self._new, self._old = new, old

    def at(self, span: Span) -> bool:
        """Return whether a block is new that `span` touches, or, where there is no block, a line of it."""
        if self._old is None or self._old is self._new:
            return self._old is None
        here = list(blocks_at(self._new, span))
        if here:
            return any(not self._is_old(block) for block in here)
        place = self._new.place(span)
        numbers = range(place.line, place.end_line + 1)
        return any("".join(self._new.line(number).split()) not in self._old_lines for number in numbers)

    def is_cut(self, offset: int) -> bool:
        """Return whether blocks are gone that stood around `offset`, which lies between two blocks or in one."""
        if self._old is self._new:
            return False
        return self._old is None or any(start <= offset <= end for start, end in self._cuts)

    def _is_old(self, block: Block) -> bool:
        return self._kept[self._numbers[id(block)]] is not None

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(block): number for number, block in enumerate(self._new.blocks)}

    @cached_property
    def _old_lines(self) -> frozenset[str]:
        return frozenset("".join(line.split()) for line in self._old.text.split("\n")) if self._old else frozenset()

    @cached_property
    def _kept(self) -> list[int | None]:
        """For each block now the number that it had, None for one that is new."""
        old = self._old.blocks if self._old else ()
        return matched([_identity(block) for block in old], [_identity(block) for block in self._new.blocks])

    @cached_property
    def _cuts(self) -> list[tuple[int, int]]:
        """The stretches between two kept blocks with fewer blocks between them than are gone there."""
        assert self._old is not None
        blocks, last = self._new.blocks, len(self._old.blocks)
        still = {number for number in self._kept if number is not None}
        gone = [0, *accumulate(int(number not in still) for number in range(last))]
        behind, ahead = _runs(still, range(last - 1, -1, -1), last + 1), _runs(still, range(last), last + 1)
        anchors = [(-1, -1), *((n, was) for n, was in enumerate(self._kept) if was is not None), (len(blocks), last)]

        def lost(before: int, after: int) -> int:
            # Where a section was moved away or to, two blocks meet that were apart: what stood beside each is theirs.
            return gone[after] - gone[before + 1] if after > before else behind[before + 1] + ahead[after - 1]

        return [
            (blocks[n].span.end if n >= 0 else 0, blocks[m].span.start + 1 if m < len(blocks) else len(self._new.text))
            for (n, before), (m, after) in pairwise(anchors)
            if lost(before, after) > m - n - 1
        ]


def _runs(still: set[int], order: range, size: int) -> list[int]:
    """Return for each number how many in a row are not in `still`, from it on against the `order` they come in."""
    runs, run = [0] * (size + 1), 0
    for number in order:
        run = 0 if number in still else run + 1
        runs[number] = run
    return runs


def matched(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each of `new` the index of the one in `old` that it is, None for one that was not there.

    Equal ones are told apart by what they have in common at the start and at the end; of the rest the first are the old
    ones. Takes time in proportion to the lengths.
    """
    shortest = min(len(old), len(new))
    start = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    most = shortest - start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    waiting: dict[str, list[int]] = {}
    for number in range(len(old) - end - 1, start - 1, -1):
        waiting.setdefault(old[number], []).append(number)
    between = [waiting[text].pop() if waiting.get(text) else None for text in new[start : len(new) - end]]
    return [*range(start), *between, *range(len(old) - end, len(old))]


def _identity(block: Block) -> str:
    return f"{block.kind}\0{block.level}\0{content(block)}"


class Changes(NamedTuple):
    """What has changed in an article and in its original; None for an original that has not, or that there is none."""

    article: Article
    target: Changed
    source: Changed | None

    def concern(self, finding: Finding, span: Span, *, is_comparing: bool) -> bool:
        """Return whether a finding is about a changed block, on either side, at `span`, one of its places.

        `is_comparing` says whether its rule looks at the original too. What is left out is about the block of the
        original, and about the place where it stood.
        """
        source = self.source if is_comparing else None
        if finding.is_gap:
            english = bool(source and finding.source_span and source.at(finding.source_span))
            return english or self.target.is_cut(span.end)
        if self.target.at(span):
            return True
        if source is None:
            return False
        here = list(blocks_at(self.article.target, span))
        opposite = [block.span for block in aligned(self.article, here)]
        if span == finding.span and finding.source_span is not None:
            opposite.append(finding.source_span)
        return any(map(source.at, opposite)) or (not opposite and self._lost_its_source(here, source))

    def _lost_its_source(self, here: Sequence[Block], source: Changed) -> bool:
        """Whether the original lost blocks behind that of the last aligned block before."""
        before = (b for b in self.article.target.blocks if here and b.span.start < here[0].span.start)
        opposite = [block.span.end for block in aligned(self.article, list(before)[-1:])]
        return source.is_cut(opposite[-1] if opposite else 0)


class Since:
    """A revision, for articles in one or several repositories; `paths` are the articles.

    Raises UserError for an article that lies in no work tree, and for a repository that has not the revision.
    """

    def __init__(self, revision: str, paths: Iterable[str], most: int = LARGEST) -> None:
        self._most = most
        self._commits: dict[git_directory.Place, str | None] = {}
        self._batches: dict[git_directory.Place, git.Batch] = {}
        for folder in sorted({os.path.dirname(os.path.abspath(path)) for path in paths}):
            place = git_directory.find_tree(Path(folder))
            if place is None or place.top is None:
                raise UserError("--since: {folder} lies in no Git repository", "leave --since out", folder=folder)
            if place not in self._commits:
                self._commits[place] = _commit(place, revision)

    def __getstate__(self) -> Mapping[str, object]:
        return {**self.__dict__, "_batches": {}}

    def changes(self, article: Article) -> Changes:
        """Return what has changed in an article and its original. Raises UserError when Git breaks down."""
        target, bitext = article.target, article.bitext
        if bitext and bitext.source.path == target.path:  # both languages in one file
            whole = Changed(parse(target.text, target.path), self._before(target))
            return Changes(article, whole, whole)
        changed = Changed(target, self._before(target))
        return Changes(article, changed, self._in_original(article, changed))

    def _in_original(self, article: Article, changed: Changed) -> Changed | None:
        original, bitext = article.original, article.bitext
        if bitext is None or original is None or original.path is None:
            return None
        if original.span and changed.at(original.span):  # it may be another one
            return Changed(bitext.source, None)
        if original.file or not self._is_in_tree(original.path):  # a copy in the cache: Git knows nothing of it
            return None
        return Changed(bitext.source, self._before(bitext.source))

    def _is_in_tree(self, path: str) -> bool:
        place, name = self._place(path)
        if place is None or place not in self._commits:
            return False
        with _explained():
            return git.is_listed(place, name)

    def _before(self, document: Document) -> Document | None:
        """Return a document as it was at the revision; None when it was not there, or was no text."""
        place, name = self._place(document.path)
        commit = self._commits.get(place) if place else None
        if place is None or commit is None or "\n" in name:
            return None
        found = self._read(place, f"{commit}:{name}")
        if found is None or found.kind != "blob" or found.body is None:
            return None
        if found.body == document.text.encode("utf-8", "surrogatepass"):
            return document
        try:
            return parse_bytes(found.body, document.path)
        except UserError:
            return None

    def _place(self, path: str) -> tuple[git_directory.Place, str] | tuple[None, str]:
        """Return the repository of a file, and what the file is called there."""
        folder = os.path.realpath(os.path.dirname(os.path.abspath(path)))
        place = git_directory.find_tree(Path(folder))
        if place is None or place.top is None:
            return None, ""
        return place, (Path(folder) / os.path.basename(path)).relative_to(place.top).as_posix()

    def _read(self, place: git_directory.Place, name: str) -> git.GitObject | None:
        with _explained():
            if place not in self._batches or not self._batches[place].is_usable:
                self._batches[place] = git.Batch(place)
            return self._batches[place].read(name, self._most)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except git.GitError as error:
        raise UserError("--since: {error}", error=error) from error


def _commit(place: git_directory.Place, revision: str) -> str | None:
    """Return the commit at a revision; None for HEAD where nothing has been committed yet: all is new."""
    try:
        return git.commit(place, revision)
    except git.GitError as error:
        if revision == "HEAD":
            return None
        raise UserError(
            "--since {revision}: {top}: {error}", _AT_REVISION, revision=revision, top=place.top, error=error
        ) from error
