"""Proposals as a glossary in CSV or TBX, or as a page with the sentences."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bilint.messages import language, phrase, say
from bilint.mining.proposals import Proposal
from bilint.text.xml import document, element

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLUMNS = ("term", "approved", "forbidden", "keep", "case", "note")
_TITLES = (phrase("term"), phrase("proposed"), phrase("uses"), phrase("forms"), phrase("sentences"))
_NOTED = 4
"""So many forms stand in a note."""
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 80em; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; }
td.number { text-align: right; } p { margin: 0 0 .3em; } small { color: #888; } mark { background: #fd8; }
"""


def as_csv(proposals: Sequence[Proposal]) -> str:
    """Return a term list as `glossaries` takes it, with the counts in the notes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each in proposals:
        keep = "yes" if each.is_kept else ""
        writer.writerow([each.term, "|".join(each.approved), "", keep, "", _note(each)])
    return text.getvalue()


def _note(proposal: Proposal) -> str:
    forms = [f"{form} {count}" for form, count in proposal.forms[:_NOTED]]
    kept = [say("kept {share:.0%}", share=proposal.kept_share)] if proposal.kept else []
    return say("{uses} uses: {forms}", uses=proposal.uses, forms=say(", ").join([*forms, *kept]))


def as_tbx(proposals: Sequence[Proposal]) -> str:
    """Return the same as TBX-Basic (2019, in the style of categories), the first form of a concept preferred."""
    concepts = (_concept(number, each) for number, each in enumerate(proposals, 1))
    head = element("tbxHeader", element("fileDesc", element("sourceDesc", element("p", "proposed by bilint"))))
    attributes = {"type": "TBX-Basic", "style": "dca", "xmlns": "urn:iso:std:iso:30042:ed-2"}
    attributes["{http://www.w3.org/XML/1998/namespace}lang"] = "en"
    return document(element("tbx", head, element("text", element("body", *concepts)), attributes=attributes))


def _concept(number: int, proposal: Proposal) -> _Element:
    forms = (proposal.term,) if proposal.is_kept else proposal.approved
    return element(
        "conceptEntry",
        element("note", _note(proposal)),
        _language("en", [proposal.term]),
        _language("zh", forms),
        attributes={"id": f"c{number}"},
    )


def _language(code: str, terms: Sequence[str]) -> _Element:
    sections = (
        element("termSec", element("term", term), *_status(number, len(terms))) for number, term in enumerate(terms)
    )
    return element("langSec", *sections, attributes={"{http://www.w3.org/XML/1998/namespace}lang": code})


def _status(number: int, terms: int) -> Iterator[_Element]:
    if terms > 1:
        status = "admittedTerm-admn-sts" if number else "preferredTerm-admn-sts"
        yield element("termNote", status, attributes={"type": "administrativeStatus"})


def as_html(proposals: Sequence[Proposal]) -> str:
    """Return one page, a row per term with its forms and sentences; it needs no script and no network."""
    from lxml import etree

    head = element(
        "head",
        element("meta", attributes={"charset": "utf-8"}),
        element("title", say("{number} terms – bilint", number=len(proposals))),
        element("style", _STYLE),
    )
    titles = element("tr", *(element("th", say(name)) for name in _TITLES))
    page = element(
        "html",
        head,
        element("body", element("table", titles, *map(_row, proposals))),
        attributes={"lang": "zh-Hans" if language() == "zh" else "en"},
    )
    return f"{etree.tostring(page, encoding='unicode', method='html', doctype='<!doctype html>')}\n"


def _row(proposal: Proposal) -> _Element:
    forms = say(", ").join(f"{form} {count}" for form, count in proposal.forms)
    kept = say(", ") + say("kept {share:.0%}", share=proposal.kept_share) if proposal.kept else ""
    return element(
        "tr",
        element("td", proposal.term),
        element("td", say("stays in English") if proposal.is_kept else " | ".join(proposal.approved)),
        element("td", str(proposal.uses), attributes={"class": "number"}),
        element("td", f"{forms}{kept}"),
        element("td", *(part for example in proposal.examples for part in _example(example.form, *example.sentence))),
    )


def _example(form: str, english: str, chinese: str, path: str) -> Iterator[_Element]:
    before, found, behind = chinese.partition(form)
    marked = (before, element("mark", found), behind) if found else (chinese,)
    yield element("p", english, element("br"), *marked, element("br"), element("small", path))


def as_json(proposals: Sequence[Proposal]) -> str:
    """Return the records that the other formats are made of."""
    from bilint.text.escapes import to_json

    return to_json([_record(each) for each in proposals])


def _record(proposal: Proposal) -> dict[str, object]:
    return {
        "term": proposal.term,
        "approved": list(proposal.approved),
        "keep": proposal.is_kept,
        "uses": proposal.uses,
        "kept": proposal.kept,
        "unsaid": proposal.unsaid,
        "forms": dict(proposal.forms),
        "examples": [{"form": each.form, **each.sentence._asdict()} for each in proposal.examples],
    }


FORMATS: Mapping[str, Callable[[Sequence[Proposal]], str]] = {
    "csv": as_csv,
    "html": as_html,
    "json": as_json,
    "tbx": as_tbx,
}
"""The formats by name."""
