"""`bilint coverage`: what is translated in mirrored trees, as a table or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.commands.asked import Asked, load
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell, tell_error, write
from bilint.coverage import Tree, coverage
from bilint.messages import phrase, say
from bilint.model import UserError
from bilint.text.escapes import to_json
from bilint.text.width import cells, padded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def run(asked: Asked, format_: str) -> int:
    """Print the coverage of the paths, and return the exit code."""
    if not asked.paths:
        raise UserError("no paths given", "name files or folders, for example `bilint coverage docs`")
    loaded = load(asked, {})
    trees, problems = coverage(asked.paths, loaded)
    problems = [*loaded.problems, *problems]
    tell(problems)
    if trees or format_ == "json":
        write(to_json(_record(trees)) if format_ == "json" else "".join(_lines(trees)))
    if problems:
        return FAILED
    if not trees:
        tell_error("no translation with an original was found", "name the folder of the translations, or set paths")
        return NOTHING
    return FOUND if any(tree.missing or tree.gone for tree in trees) else 0


def _record(trees: Sequence[Tree]) -> dict[str, object]:
    return {
        "schema_version": 1,
        "trees": [
            {
                "target": tree.target,
                "source": tree.source,
                "originals": len(tree.translated) + len(tree.missing),
                "translated": len(tree.translated),
                "missing": [{"source": pair.source, "target": pair.target} for pair in tree.missing],
                "gone": [{"source": pair.source, "target": pair.target} for pair in tree.gone],
            }
            for tree in trees
        ],
    }


_COLUMNS = (phrase("originals"), phrase("translated"), phrase("missing"), phrase("gone"))


def _lines(trees: Sequence[Tree]) -> Iterator[str]:
    for tree in trees:
        for pair in tree.missing:
            said = {"source": pair.source, "target": pair.target}
            yield say("{source}: no translation, {target} does not exist", **said) + "\n"
        for pair in tree.gone:
            said = {"source": pair.source, "target": pair.target}
            yield say("{target}: no original, {source} does not exist", **said) + "\n"
    if any(tree.missing or tree.gone for tree in trees):
        yield "\n"
    width = max(12, *(cells(tree.target) for tree in trees))
    heads = zip(map(say, _COLUMNS), (9, 10, 7, 4), strict=True)
    yield padded(say("translations"), width) + "".join(f"  {' ' * (n - cells(head))}{head}" for head, n in heads) + "\n"
    for tree in trees:
        done, missing = len(tree.translated), len(tree.missing)
        share = f"{100 * done // max(done + missing, 1)}%"
        name = padded(tree.target, width)
        yield f"{name}  {done + missing:>9}  {f'{done} ({share})':>10}  {missing:>7}  {len(tree.gone):>4}\n"
