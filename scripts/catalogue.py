"""Keep the Chinese in step with the English: the catalogue of what people are told, and the words of the rules.

python scripts/catalogue.py            # add new English to the catalogue, remove what is said no more
python scripts/catalogue.py --check    # change nothing; name what has no Chinese or does not fit its English

The English is found where it is marked (`phrase`, `phrases`, `say`, `say_number`, `UserError`, `Problem`,
`tell_error`), in the help of the command line, and in what click says. Exit code of --check: 1 when a translation does
not fit; what is only missing is named, and shown in English until somebody translates it.
"""

from __future__ import annotations

import argparse
import ast
import string
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import click
import msgspec
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bilint.cli import main as bilint
from bilint.commands.help import paragraphs
from bilint.messages import DOMAIN, FOLDER
from bilint.messages.rules import is_said, rule_words
from bilint.rules import Rule, all_rules

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/bilint"
PO = FOLDER / f"zh/LC_MESSAGES/{DOMAIN}.po"
MO = PO.with_suffix(".mo").relative_to(ROOT).as_posix()
_MARKS = {
    "phrase": (0,),
    "say": (0,),
    "UserError": (0, 1),
    "UnreadableError": (0, 1),
    "Problem": (1, 2),
    "tell_error": (0, 1),
}
"""Which arguments of a call are words."""
_PLURALS = ("phrases", "say_number")
_CLICK = (
    "Usage:",
    "Options",
    "Commands",
    "Show this message and exit.",
    "default: {default}",
    "required",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "No such option: {name}",
    "No such option {name!r}.",
    "No such command {name!r}.",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    "Option {name!r} requires an argument.",
    "Option {name!r} does not take a value.",
    "%(prog)s, version %(version)s",
)
_CLICK_PLURALS = (
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("Did you mean {possibility}?", "(Possible options: {possibilities})"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
)


class Words(NamedTuple):
    """Words of the catalogue: the English, and that for another number than one."""

    one: str
    many: str = ""


def main() -> int:
    """Bring the catalogue up to date, or name what is wrong with the Chinese; return the exit code."""
    parser = argparse.ArgumentParser(description="Keep the Chinese in step with the English.")
    parser.add_argument("--check", action="store_true", help="change nothing; name what is missing or wrong")
    if not parser.parse_args().check:
        PO.write_bytes(as_po(updated(english(), read())))
        return 0
    wrong = [*misfits(read()), *misfits_of_rules()]
    for line in [*wrong, *untranslatable(), *missing(english(), read()), *missing_of_rules()]:
        print(line)
    return 1 if wrong else 0


def english() -> dict[Words, set[str]]:
    """Return all English of the catalogue with the files that it stands in."""
    found: defaultdict[Words, set[str]] = defaultdict(set)
    for file in sorted(SOURCE.rglob("*.py")):
        for words in _in_module(file):
            found[words].add(file.relative_to(ROOT).as_posix())
    for text in _of_commands(bilint):
        found[Words(text)].add("src/bilint/cli.py")
    for words in (*map(Words, _CLICK), *(Words(*pair) for pair in _CLICK_PLURALS)):
        found[words].add("click")
    return dict(found)


def _in_module(file: Path) -> Iterator[Words]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in _PLURALS:
            ones, manies = (list(_literals(each)) for each in node.args[:2])
            yield from map(Words, ones, manies)
        for index in _MARKS.get(name, ()):
            for each in node.args[index : index + 1]:
                yield from map(Words, _literals(each))


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an argument may be; names and calls are words that were marked elsewhere."""
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.IfExp(body=body, orelse=otherwise):
            yield from _literals(body)
            yield from _literals(otherwise)


def untranslatable() -> Iterator[str]:
    """Yield a line for each f-string among what is said: its parts cannot be said in another order."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in (*_MARKS, *_PLURALS) and any(isinstance(each, ast.JoinedStr) for each in node.args):
                yield f"{file.relative_to(ROOT).as_posix()}:{node.lineno}: name the arguments of this f-string"


def _of_commands(command: click.Command) -> Iterator[str]:
    yield paragraphs(command.help or "")
    yield from (each.help for each in command.params if isinstance(each, click.Option) and each.help)
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _of_commands(inner)


def read() -> Catalog:
    """Return the catalogue of the repository; an empty one when there is none."""
    return read_po(BytesIO(PO.read_bytes() if PO.is_file() else b""), locale="zh", domain=DOMAIN)


def updated(found: Mapping[Words, set[str]], known: Catalog) -> Catalog:
    """Return a catalogue of all English, by file, with what is known in Chinese."""
    made = Catalog(locale="zh", domain=DOMAIN, charset="utf-8", header_comment=_HEAD, fuzzy=False)
    for words, files in sorted(found.items(), key=lambda item: (min(item[1]), item[0])):
        said = known.get(words.one)
        key, value = ((words.one, words.many), (_said(said),)) if words.many else (words.one, _said(said))
        made.add(key, value, locations=[(file, 0) for file in sorted(files)], flags=said.flags if said else ())
    return made


def _said(entry: Message | None) -> str:
    """The Chinese of an entry, empty when there is none."""
    return entry.string if entry and isinstance(entry.string, str) else "".join((entry and entry.string) or ())


def _english(entry: Message) -> Words:
    return Words(entry.id) if isinstance(entry.id, str) else Words(*entry.id)


_HEAD = """\
# The Chinese of bilint: what people are told, but for the words of rules, which lie beside the rules.
# `python scripts/catalogue.py` adds new English; `make generate` compiles it."""


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as translators edit it; without dates, so that the same words give the same bytes."""
    file = BytesIO()
    write_po(file, catalogue, width=0, include_lineno=False, omit_header=True)
    head = f'{_HEAD}\nmsgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in _FIELDS)
    return f"{head}\n".encode() + file.getvalue().rstrip(b"\n") + b"\n"


_FIELDS = ("Language: zh", "Content-Type: text/plain; charset=utf-8", "Plural-Forms: nplurals=1; plural=0;")


class _Undated(Catalog):
    """A catalogue whose head has no dates and no version of Babel: the same words give the same bytes."""

    mime_headers = property(lambda _: [tuple(line.split(": ", 1)) for line in _FIELDS])


def compiled() -> bytes:
    """Return the catalogue of the repository as gettext reads it; what has no Chinese is not in it."""
    file, made = BytesIO(), _Undated(locale="zh", domain=DOMAIN)
    for entry in read():
        if entry.id and _said(entry):
            made.add(entry.id, entry.string)
    write_mo(file, made)
    return file.getvalue()


def missing(found: Mapping[Words, set[str]], known: Catalog) -> Iterator[str]:
    """Yield a line for each English without Chinese, and for Chinese whose English is said no more."""
    for words, files in sorted(found.items()):
        if not _said(known.get(words.one)):
            yield f"{min(files)}: no Chinese for: {words.one}"
    for entry in known:
        if entry.id and _english(entry) not in found:
            yield f"{PO.name}: nobody says any more: {_english(entry).one}"


def misfits(known: Catalog) -> Iterator[str]:
    """Yield a line for each translation whose arguments are others than the English ones."""
    for entry in known:
        (one, many), said = _english(entry), _said(entry)
        if one and said and _names(said) != _names(many or one):
            yield f"{PO.name}: other arguments than the English: {said}"


def missing_of_rules() -> Iterator[str]:
    """Yield a line for each shipped rule and what of it has no Chinese."""
    for rule in all_rules().values():
        words = rule_words(rule.check.__module__)
        said = {name for name in ("summary", "why", "source") if getattr(words, name)} | set(words.sections)
        said |= {f"options.{name}" for name in words.options} | {f"messages.{name}" for name in words.messages}
        said |= {f"help.{name}" for name in words.help}
        if lacking := [name for name in _parts(rule) if name not in said]:
            yield f"{rule.name}: no Chinese for: {', '.join(lacking)}"


def _parts(rule: Rule) -> Iterator[str]:
    yield from ("summary", "why", "source")
    yield from (f"options.{field.encode_name}" for field in msgspec.structs.fields(rule.options))
    yield from (f"messages.{name}" for name in rule.messages)
    yield from (f"help.{name}" for name, message in rule.messages.items() if is_said(message.help))


def misfits_of_rules() -> Iterator[str]:
    """Yield a line for each Chinese of a rule whose English is not there, or has other arguments."""
    for rule in all_rules().values():
        words = rule_words(rule.check.__module__)
        options = {field.encode_name for field in msgspec.structs.fields(rule.options)}
        for name in sorted(words.options.keys() - options):
            yield f"{rule.name}: there is no option `{name}`"
        for part in ("messages", "help"):
            for name, said in getattr(words, part).items():
                known = rule.messages.get(name)
                text = (known.text if part == "messages" else known.help) if known else None
                if text is None:
                    yield f"{rule.name}: there is no message `{name}`"
                elif not _names(said) <= _names(text):
                    yield f"{rule.name}: {part}.{name} has arguments that the English has not"


def _names(template: str) -> frozenset[str]:
    try:
        return frozenset(name for _, name, *_ in string.Formatter().parse(template) if name is not None)
    except ValueError:  # braces without arguments stand for themselves
        return frozenset()


if __name__ == "__main__":
    sys.exit(main())
