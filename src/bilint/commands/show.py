"""`bilint show`: what a stage made of the input, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from bilint.commands.asked import Asked, load, plan_of
from bilint.commands.found import way
from bilint.commands.nothing import why_nothing
from bilint.commands.one_by_one import one_by_one
from bilint.commands.printing import FAILED, NOTHING, tell, tell_error, write
from bilint.export import BLOCK, aligned, render
from bilint.files import is_file
from bilint.messages import phrase, say
from bilint.model import AlignedPair, Article, Block, Document, Kind, Problem
from bilint.pipeline import Plan, prepare
from bilint.text.escapes import to_json

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.settings import Loaded

Shown = Iterator[tuple[str, Any]]
"""Pieces of what is printed: the lines of text, and the record in JSON (None for none)."""


def run(stage: str, asked: Asked, format_: str) -> int:
    """Print what a stage made of the articles, and return the exit code."""
    if stage == "settings":
        write(settings(load(asked, {}), format_))
        return 0
    targets, plan = plan_of(asked, {})
    if not targets:
        tell_error(*why_nothing(asked.paths, plan.loaded))
        return NOTHING
    shown, problems = text(stage, targets, plan, format_)
    write(shown)
    tell(problems)
    return FAILED if problems else 0


def text(stage: str, targets: Sequence[Target], plan: Plan, format_: str) -> tuple[str, list[Problem]]:
    """Return what the stage made of the targets, and why some are not shown."""
    pieces: list[tuple[str, Any]] = []
    problems: list[Problem] = []
    for made in one_by_one(targets, plan, partial(_shown, stage), problems):
        pieces += made
    if format_ == "json":
        return to_json([record for _, record in pieces if record is not None]), problems
    return "".join(lines for lines, _ in pieces), problems


def _shown(stage: str, target: Target, plan: Plan) -> Sequence[tuple[str, Any]] | Problem:
    if stage != "files":
        return list(STAGES[stage](prepare(target, plan), plan))
    if target.problem:
        return target.problem
    if target.text is None and not is_file(target.path):
        return Problem(target.path, phrase("{path}: no such file or folder", path=target.path))
    return [(f"{target.path}\n", target.path)]


def settings(loaded: Loaded, format_: str) -> str:
    """Return the settings in force and where they come from."""
    values = msgspec.to_builtins(loaded.settings, str_keys=True)
    fields = msgspec.structs.fields(loaded.settings)
    shown = {field.encode_name: _shown_setting(getattr(loaded.settings, field.name)) for field in fields}
    if format_ == "json":
        return to_json({"file": str(loaded.file) if loaded.file else None, "settings": shown})
    lines = [f"# {say('from {file}', file=loaded.file) if loaded.file else say('no settings file: the defaults')}"]
    plain = {key: value for key, value in shown.items() if not isinstance(value, dict)}
    lines += [
        f"{key} = {_toml(value)}" + ("" if key in values else f"  # {say('default')}") for key, value in plain.items()
    ]
    for name in sorted(shown.keys() - plain.keys()):
        lines += ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in shown[name].items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _shown_setting(value: Any) -> Any:
    """The value with the defaults of a table inside it, which msgspec leaves out."""
    if not isinstance(value, msgspec.Struct):
        return msgspec.to_builtins(value)
    fields = msgspec.structs.fields(value)
    return {field.encode_name: _shown_setting(getattr(value, field.name)) for field in fields}


def originals(article: Article, plan: Plan) -> Shown:
    """The original of an article, how it was found, and why it is not at hand."""
    original = article.original
    source = {"uri": original.uri, "path": original.path, "found_by": original.found_by} if original else None
    record = {"path": article.target.path, "source": source, "why": article.why}
    yield _original_line(record), record


def _original_line(record: dict[str, Any]) -> str:
    source = record["source"]
    if source is None:
        return f"{record['path']}\n  {say('no original: {why}', why=record['why'])}\n"
    path = source["path"] or phrase("not at hand")
    found = say("{path} ({way})", path=path, way=way(source["found_by"]))
    lines = [record["path"], f"  {found}"]
    lines += [f"  {source['uri']}"] if source["uri"] else []
    lines += [f"  {say(record['why'])}"] if record["why"] else []
    return "\n".join(lines) + "\n"


def blocks(article: Article, plan: Plan) -> Shown:
    """The blocks of an article with their places."""
    document = article.target
    yield f"{document.path}\n", None
    for block in document.blocks:
        place = document.place(block.span)
        lines = {"line": place.line, "end_line": place.end_line}
        line = f"  {place.line:>5}  {block.kind:9}  {_one_line(_text(block))}\n"
        yield line, {"path": document.path, **lines, **_block_record(block)}


def _block_record(block: Block) -> dict[str, Any]:
    return {"kind": block.kind, "level": block.level, "container": block.container, "text": _text(block)}


def _text(block: Block) -> str:
    if block.kind is Kind.CODE:
        return block.content
    return block.prose.text.replace("\ufffc", "▢")


def alignment(article: Article, plan: Plan) -> Shown:
    """An article beside its original, pair by pair; a blank side is unaligned."""
    if article.bitext is None:
        yield f"{article.target.path}\n  {say('no original: {why}', why=article.why)}\n", None
        return
    yield render([aligned(article.bitext, lambda pair: (), (BLOCK,))], "text"), None
    for pair in article.bitext.pairs:
        yield "", _pair_record(pair, article)


def _pair_record(pair: AlignedPair, article: Article) -> dict[str, Any]:
    assert article.bitext
    return {
        "path": article.target.path,
        "score": pair.score,
        "source": [_placed(block, article.bitext.source) for block in pair.source],
        "target": [_placed(block, article.target) for block in pair.target],
    }


def _placed(block: Block, document: Document) -> dict[str, Any]:
    place = document.place(block.span)
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "text": _text(block),
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def terms(article: Article, plan: Plan) -> Shown:
    """The glossary terms in the original, with the renderings found in the aligned Chinese."""
    counts: dict[tuple[str, str], int] = {}
    for pair in article.pairs():
        chinese = "\n".join(block.prose.text for block in pair.target)
        found = {term for block in pair.source for term, _, _ in plan.glossary.in_source(block.prose.text)}
        for term in found:
            forms = [form for form in (*term.approved, *term.forbidden, term.source) if form in chinese]
            key = (term.source, forms[0] if forms else "")
            counts[key] = counts.get(key, 0) + 1
    path = article.target.path
    for (name, form), count in sorted(counts.items()):
        line = f"{path}  {name}  {form or say('(other)')}  {count}\n"
        yield line, {"path": path, "term": name, "rendering": form or None, "pairs": count}


STAGES: dict[str, Callable[[Article, Plan], Shown]] = {
    "originals": originals,
    "blocks": blocks,
    "alignment": alignment,
    "terms": terms,
}
