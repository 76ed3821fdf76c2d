"""What `bilint show` and `bilint rule` print: any stage of the pipeline, as text or JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bilint.export import BLOCK, aligned, render
from bilint.model import AlignedPair, Article, Block, Document, Kind, UserError
from bilint.pipeline import Plan, prepare
from bilint.rules import Rule, all_rules
from bilint.selection import unknown_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bilint.discover import Target
    from bilint.settings import Loaded


def rules(name: str | None, format_: str) -> str:
    """Return the list of rules, or the manual of the rule `name`. Raises UserError for an unknown one."""
    if name is None:
        found = list(all_rules().values())
        if format_ == "json":
            return _json([_rule_record(rule) for rule in found])
        width = max(len(rule.name) for rule in found)
        return "".join(f"{r.name:{width}}  {r.severity:7}  {r.confidence:6}  {r.summary}\n" for r in found)
    if name not in all_rules():
        raise unknown_rule(name)
    rule = all_rules()[name]
    if format_ == "json":
        return _json(_rule_record(rule))
    return f"# {rule.name}\n\n{rule.severity}, {rule.confidence} confidence, {rule.mqm}\n\n{rule.manual}\n"


def _rule_record(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "mqm": rule.mqm,
        "summary": rule.summary,
        "manual": rule.manual,
    }


def settings(loaded: Loaded, format_: str) -> str:
    """Return the settings in force and where they come from."""
    values = msgspec.to_builtins(loaded.settings, str_keys=True)
    fields = msgspec.structs.fields(loaded.settings)
    shown = {field.encode_name: _shown_setting(getattr(loaded.settings, field.name)) for field in fields}
    if format_ == "json":
        return _json({"file": str(loaded.file) if loaded.file else None, "settings": shown})
    lines = [f"# from {loaded.file}" if loaded.file else "# no settings file: the defaults"]
    plain = {key: value for key, value in shown.items() if not isinstance(value, dict)}
    lines += [f"{key} = {_toml(value)}" + ("" if key in values else "  # default") for key, value in plain.items()]
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


def stage(name: str, targets: Sequence[Target], plan: Plan, format_: str) -> tuple[str, list[UserError]]:
    """Return what the stage `name` made of the targets, and why some could not be read."""
    problems: list[UserError] = []
    if name == "files":
        return _files(targets, problems, format_), problems
    return STAGES[name](_articles(targets, plan, problems), plan, format_), problems


def _articles(targets: Iterable[Target], plan: Plan, problems: list[UserError]) -> Iterator[Article]:
    for target in targets:
        try:
            yield prepare(target, plan)
        except UserError as error:
            problems.append(error)


def _files(targets: Iterable[Target], problems: list[UserError], format_: str) -> str:
    """Return the paths of the articles."""
    paths: list[str] = []
    for target in targets:
        if target.text is None and not Path(target.path).is_file():
            problems.append(UserError(f"{target.path}: no such file or folder"))
        else:
            paths.append(target.path)
    return _json(paths) if format_ == "json" else "".join(f"{path}\n" for path in paths)


def originals(articles: Iterable[Article], plan: Plan, format_: str) -> str:
    """Return for each article its original, how it was found, and why it is not at hand."""
    records: list[dict[str, Any]] = []
    for article in articles:
        original = article.original
        source = {"uri": original.uri, "path": original.path, "found_by": original.found_by} if original else None
        records.append({"path": article.target.path, "source": source, "why": article.why})
    if format_ == "json":
        return _json(records)
    return "".join(_original_line(record) for record in records)


def _original_line(record: dict[str, Any]) -> str:
    source = record["source"]
    if source is None:
        return f"{record['path']}\n  no original: {record['why']}\n"
    found = f"{source['path'] or 'not at hand'} (by {source['found_by']})"
    lines = [record["path"], f"  {found}"]
    lines += [f"  {source['uri']}"] if source["uri"] else []
    lines += [f"  {record['why']}"] if record["why"] else []
    return "\n".join(lines) + "\n"


def blocks(articles: Iterable[Article], plan: Plan, format_: str) -> str:
    """Return the blocks of each article with their places."""
    out: list[str] = []
    records: list[dict[str, Any]] = []
    for article in articles:
        document = article.target
        out.append(f"{document.path}\n")
        for block in document.blocks:
            place = document.place(block.span)
            lines = {"line": place.line, "end_line": place.end_line}
            records.append({"path": document.path, **lines, **_block_record(block)})
            out.append(f"  {place.line:>5}  {block.kind:9}  {_one_line(_text(block))}\n")
    return _json(records) if format_ == "json" else "".join(out)


def _block_record(block: Block) -> dict[str, Any]:
    return {"kind": block.kind, "level": block.level, "container": block.container, "text": _text(block)}


def _text(block: Block) -> str:
    if block.kind is Kind.CODE:
        return block.content
    return block.prose.text.replace("\ufffc", "▢")


def alignment(articles: Iterable[Article], plan: Plan, format_: str) -> str:
    """Return each article beside its original, pair by pair; a blank side is unaligned."""
    out: list[str] = []
    records: list[dict[str, Any]] = []
    for article in articles:
        if article.bitext is None:
            out.append(f"{article.target.path}\n  no original: {article.why}\n")
            continue
        records += [_pair_record(pair, article) for pair in article.bitext.pairs]
        out.append(render([aligned(article.bitext, lambda pair: (), (BLOCK,))], "text"))
    return _json(records) if format_ == "json" else "".join(out)


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


def terms(articles: Iterable[Article], plan: Plan, format_: str) -> str:
    """Return the glossary terms in each original with the renderings found in the aligned Chinese."""
    records: list[dict[str, Any]] = []
    for article in articles:
        counts: dict[tuple[str, str], int] = {}
        for pair in article.pairs():
            chinese = "\n".join(block.prose.text for block in pair.target)
            found = {term for block in pair.source for term, _, _ in plan.glossary.in_source(block.prose.text)}
            for term in found:
                forms = [form for form in (*term.approved, *term.forbidden, term.source) if form in chinese]
                key = (term.source, forms[0] if forms else "")
                counts[key] = counts.get(key, 0) + 1
        records += [
            {"path": article.target.path, "term": term, "rendering": form or None, "pairs": count}
            for (term, form), count in sorted(counts.items())
        ]
    if format_ == "json":
        return _json(records)
    return "".join(f"{r['path']}  {r['term']}  {r['rendering'] or '(other)'}  {r['pairs']}\n" for r in records)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


STAGES: dict[str, Callable[[Iterable[Article], Plan, str], str]] = {
    "originals": originals,
    "blocks": blocks,
    "alignment": alignment,
    "terms": terms,
}
