"""Write the pages that are made from the code: rule pages, schemas, command-line help, tables and outputs in the docs.

    python scripts/generate.py            # write what is stale, print its names
    python scripts/generate.py --check    # print what is stale, write nothing; exit code 1 when there is any

In hand-written pages three kinds of places are filled in: the lines between `<!-- rules -->` and `<!-- /rules -->`, the
fence below `<!-- output: bilint … -->`, with what that command prints (`output of the first 2 findings:` shortens it),
and tables of figures in Chinese pages (`figures.py`).
"""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
import sys
import textwrap
from contextlib import chdir
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from click.testing import CliRunner

import catalogue
from bilint.cli import main as bilint
from bilint.commands.help import speaking
from bilint.lexicon.rivals import listed
from bilint.model import Confidence, Severity
from bilint.report.json import schema as report_schema
from bilint.rules import Rule, all_rules
from bilint.settings import Check, Originals, Override, PathMap, Settings
from figures import with_figures
from rule_pages import CHINESE, ENGLISH, chinese_rule_page, rule_index, rule_page, rule_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
RULES = "docs/rules"
CHINESE_RULES = "docs/zh/rules"
_CLI_HEADS = {
    "en": (ENGLISH.generated.format(source=""), "# Command line", "[中文](zh/cli.md)"),
    "zh": (CHINESE.generated.format(source=""), "# 命令行", "[English](../cli.md) · 中文"),
}
_OUTPUT = re.compile(
    r"(?P<head><!-- output(?: of the first (?P<first>\d+) findings)?: bilint (?P<words>[^\n]+) -->\n"
    r"(?P<ticks>`{3,})\w*\n).*?^(?P=ticks)$",
    re.DOTALL | re.MULTILINE,
)
_RULE_TABLE = re.compile(r"<!-- rules -->\n.*?<!-- /rules -->", re.DOTALL)


def main() -> int:
    """Write or check all generated pages; return the exit code."""
    parser = argparse.ArgumentParser(description="Write the pages that are made from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    checking = parser.parse_args().check
    pages = generated()
    names = stale(pages, ROOT)
    if not checking:
        write(pages, ROOT)
    for name in names:
        print(f"{name} is stale" if checking else f"wrote {name}")
    if names and checking:
        print("run `make generate`", file=sys.stderr)
    return 1 if names and checking else 0


def generated() -> dict[str, str | bytes]:
    """Return all generated files: path from the root of the repository → text, or what is no text."""
    pages: dict[str, str | bytes] = {f"{RULES}/{rule.name}.md": rule_page(rule) for rule in all_rules().values()}
    pages |= {f"{CHINESE_RULES}/{rule.name}.md": chinese_rule_page(rule) for rule in all_rules().values()}
    pages[f"{RULES}/README.md"] = rule_index(ENGLISH)
    pages[f"{CHINESE_RULES}/README.md"] = rule_index(CHINESE)
    pages["docs/settings.schema.json"] = _json(settings_schema())
    pages["docs/report.schema.json"] = _json(report_schema())
    pages["src/bilint/data/rivals.tsv"] = "".join(f"{line}\n" for line in listed())
    pages["docs/cli.md"] = cli_page("en")
    pages["docs/zh/cli.md"] = cli_page("zh")
    pages[catalogue.MO] = catalogue.compiled()
    for path in sorted({*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/zh/*.md")}):
        name = path.relative_to(ROOT).as_posix()
        if name not in pages:
            pages[name] = with_figures(filled(path.read_text(encoding="utf-8"), _locale(name)), ROOT)
    return pages


def stale(pages: Mapping[str, str | bytes], root: Path) -> list[str]:
    """Return the sorted paths of pages that differ from the files below `root`, and of rule pages without a rule."""
    differing = {name for name, text in pages.items() if _read(root / name) != _bytes(text)}
    return sorted(differing | _orphans(pages, root))


def write(pages: Mapping[str, str | bytes], root: Path) -> None:
    """Write the pages below `root` and remove rule pages that have no rule."""
    for name in _orphans(pages, root):
        (root / name).unlink()
    for name, text in pages.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(_bytes(text))


def _orphans(pages: Mapping[str, str | bytes], root: Path) -> set[str]:
    made = (*root.glob(f"{RULES}/*.md"), *root.glob(f"{CHINESE_RULES}/*.md"))
    return {path.relative_to(root).as_posix() for path in made} - pages.keys()


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _bytes(page: str | bytes) -> bytes:
    return page.encode() if isinstance(page, str) else page


def cli_page(language: str) -> str:
    """Return the help of every command, in a language of `bilint.messages.LANGUAGES`."""
    parts = [*_CLI_HEADS[language]]
    with speaking(["--language", language]):
        for name, command in _commands("bilint", bilint):
            context = command.context_class(command, info_name=name, terminal_width=100, max_content_width=100)
            context.help_option_names = ["-h", "--help"]
            parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts) + "\n"


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for inner in sorted(command.commands):
            yield from _commands(f"{name} {inner}", command.commands[inner])


def settings_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `bilint.toml`, with the options of every rule."""
    _, tables = msgspec.json.schema_components([Settings], ref_template="#/$defs/{name}")
    for table in (Settings, Check, Originals, Override, PathMap):
        _describe(tables[table.__name__], table)
    tables["Rules"] = {
        "description": "`[rules.NAME]`: severity, confidence, and the rule's own options.",
        "type": "object",
        "properties": {rule.name: _rule_schema(rule) for rule in all_rules().values()},
        "patternProperties": {"^project/": {"type": "object"}},
        "additionalProperties": False,
    }
    tables["RuleName"] = {"anyOf": [{"enum": list(all_rules())}, {"type": "string", "pattern": "^project/"}]}
    for rank in (Severity, Confidence):
        tables[rank.__name__]["enum"] = [member.value for member in rank]
    for table in (Settings, Override):
        properties = tables[table.__name__]["properties"]
        properties["rules"] = {"$ref": "#/$defs/Rules"}
        properties["ignore"]["items"] = {"$ref": "#/$defs/RuleName"}
        properties["select"]["items"] = {"anyOf": [{"const": "all"}, {"$ref": "#/$defs/RuleName"}]}
    whole = tables.pop("Settings") | {"title": "bilint.toml", "description": "Settings of bilint."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole, "$defs": dict(sorted(tables.items()))}


def _rule_schema(rule: Rule) -> dict[str, Any]:
    _, tables = msgspec.json.schema_components([rule.options])
    options = tables[rule.options.__name__]
    _describe(options, rule.options)
    common = {"severity": {"$ref": "#/$defs/Severity"}, "confidence": {"$ref": "#/$defs/Confidence"}}
    return {
        "description": rule.summary,
        "type": "object",
        "properties": common | options["properties"],
        "additionalProperties": False,
    }


def _describe(schema: dict[str, Any], table: type[msgspec.Struct]) -> None:
    """Add the docstrings of a table's keys, and leave out null, which TOML does not have."""
    told = dict(_field_docstrings(table))
    for field in msgspec.structs.fields(table):
        known = {key: value for key, value in schema["properties"][field.encode_name].items() if value is not None}
        kinds = [kind for kind in known.pop("anyOf", []) if kind != {"type": "null"}]
        merged = known | (kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {})
        described = {"description": told[field.name]} if field.name in told else {}
        schema["properties"][field.encode_name] = described | merged


def _field_docstrings(table: type) -> Iterator[tuple[str, str]]:
    """Yield the names of a class's fields with the strings that stand below them."""
    body = ast.parse(textwrap.dedent(inspect.getsource(table))).body[0]
    assert isinstance(body, ast.ClassDef)
    for field, below in zip(body.body, body.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(told))):
                yield name, " ".join(told.split())


def _locale(name: str) -> str:
    return "zh_CN.UTF-8" if name.startswith("docs/zh/") or ".zh-" in name else "C"


def filled(page: str, locale: str = "C") -> str:
    """Return a hand-written page with its table of rules and its outputs of commands brought up to date."""
    table = f"<!-- rules -->\n{rule_table(f'{RULES}/', ['severity'])}\n<!-- /rules -->"
    return _OUTPUT.sub(partial(_run, locale), _RULE_TABLE.sub(lambda _: table, page))


def _run(locale: str, match: re.Match[str]) -> str:
    with chdir(ROOT):
        environment = {"NO_COLOR": "1", "FORCE_COLOR": None, "LC_ALL": locale, "GITHUB_STEP_SUMMARY": None}
        result = CliRunner().invoke(bilint, match["words"].split(), env=environment)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    text = result.stdout.strip("\n")
    if match["first"]:
        *findings, last = text.split("\n\n")
        shown = findings[: int(match["first"])]
        text = "\n\n".join((*shown, "…", last) if len(shown) < len(findings) else (*shown, last))
    return f"{match['head']}{text}\n{match['ticks']}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
