"""`bilint terms show WORD`: how a term is rendered in published translations, by the glossaries and in the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from bilint.commands.asked import Asked, load, plan_of
from bilint.commands.nothing import why_nothing
from bilint.commands.one_by_one import one_by_one
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell, tell_error, write
from bilint.lexicon import table
from bilint.messages import phrase, say
from bilint.mining.uses import Use, Wanted, uses
from bilint.model import PLACEHOLDER, Problem, UserError
from bilint.pipeline import prepare
from bilint.text.escapes import to_json
from bilint.text.width import ELLIPSIS, one_line, shortened

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.glossary import Term
    from bilint.pipeline import Plan

_FORMS = 8
"""So many renderings of published translations are told."""
_PLACES = 5
"""So many places of a rendering are told in text; JSON has all."""
_WIDTH = 60
"""Characters of a sentence that are shown."""
_UNTOLD, _KEPT = phrase("(not told)"), phrase("(left in English)")


def run(word: str, asked: Asked, format_: str) -> int:
    """Print what is known of a word, and return the exit code; without paths, what is known without a project."""
    if not word.strip():
        raise UserError("the word is empty", "name an English term, for example `bilint terms show token docs/zh`")
    if asked.paths or asked.pairs:
        targets, plan = plan_of(asked, {})
        if not targets:
            tell_error(*why_nothing(asked.paths, plan.loaded))
            return NOTHING
    else:
        targets, plan = [], _plan(asked)
    listed = [term for term in plan.glossary.terms if Wanted.of(term.source).text == Wanted.of(word).text]
    wanted = Wanted.of(word, [form for term in listed for form in (*term.approved, *term.forbidden)])
    found, broken = _uses(wanted, targets, plan)
    record = _record(wanted, listed, found)
    write(to_json(record) if format_ == "json" else "".join(_lines(wanted, listed, found, is_here=bool(targets))))
    tell(broken)
    known = found or listed or table().term(wanted.text)
    return FAILED if broken else 0 if known else FOUND


def _plan(asked: Asked) -> Plan:
    from bilint.pipeline import Plan

    return Plan.of(load(asked, {}), {})


def _uses(wanted: Wanted, targets: Sequence[Target], plan: Plan) -> tuple[list[Use], list[Problem]]:
    found: list[Use] = []
    broken: list[Problem] = []
    for made in one_by_one(targets, plan, partial(_of, wanted), broken):
        found += made
    return found, broken


def _of(wanted: Wanted, target: Target, plan: Plan) -> list[Use]:
    return list(uses(wanted, prepare(target, plan)))


def _renderings(found: Sequence[Use]) -> Iterator[tuple[str, str, list[Use]]]:
    """Yield (term, rendering, its uses): the term itself first, then longer ones; of each the most frequent first."""
    key = [(use.term, _form(use)) for use in found]
    order = Counter(key)
    for term, form in sorted(order, key=lambda each: (each[0].count(" "), each[0], -order[each], each[1])):
        yield term, form, [use for use, each in zip(found, key, strict=True) if each == (term, form)]


def _form(use: Use) -> str:
    return _KEPT if use.is_kept else use.form or _UNTOLD


def _lines(wanted: Wanted, listed: Sequence[Term], found: Sequence[Use], *, is_here: bool) -> Iterator[str]:
    yield f"{wanted.text}\n"
    yield f"  {say('published translations: {what}', what=_published(wanted))}\n"
    for entry in listed:
        yield f"  {say('glossary: {what}', what=_entry(entry))} ({entry.origin})\n"
    if not is_here:
        return
    articles = len({use.place.path for use in found})
    if found:
        yield f"  {say('uses here: {uses}, articles: {articles}', uses=len(found), articles=articles)}\n"
    else:
        yield f"  {say('uses here: none in aligned sentences')}\n"
    for term, form, places in _renderings(found):
        inside = "" if term == wanted.text else " " + say("in `{term}`", term=term)
        yield f"    {say(form)}{inside}: {len(places)}\n"
        for use in places[:_PLACES]:
            yield f"      {use.place.path}:{use.place.line}:{use.place.column}: {_around(use)}\n"
        if len(places) > _PLACES:
            yield f"      {say('and {count} more (--format json has all)', count=len(places) - _PLACES)}\n"


def _around(use: Use) -> str:
    """The sentence, or so much of it that the form is seen in the middle."""
    start = max(use.at + len(use.form) // 2 - _WIDTH // 2, 0) if len(use.chinese) > _WIDTH else 0
    shown = (ELLIPSIS if start else "") + use.chinese[start:].replace(PLACEHOLDER, ELLIPSIS)
    return shortened(one_line(" ".join(shown.split())), _WIDTH)


def _published(wanted: Wanted) -> str:
    term = table().term(wanted.text)
    if term is None:
        return say("not counted")
    clear = max(term.uses - term.unclear, 1)
    shown = [f"{form.text} {form.count} ({form.share:.0%})" for form in term.forms[:_FORMS]]
    shown += [f"{say('left in English')} {term.kept} ({term.kept / clear:.0%})"] if term.kept else []
    total = say("uses: {uses}, articles: {articles}", uses=term.uses, articles=term.articles)
    return f"{total}; {', '.join(shown)}"


def _entry(term: Term) -> str:
    said = [f"`{form}`" for form in term.approved] + [say("not `{form}`", form=form) for form in term.forbidden]
    said += [say("may stay in English") if term.approved else say("stays in English")] if term.keep else []
    said += [say("near {words}", words=", ".join(term.context))] if term.context else []
    return ", ".join(said) or say("no rendering")


def _record(wanted: Wanted, listed: Sequence[Term], found: Sequence[Use]) -> dict[str, object]:
    term = table().term(wanted.text)
    published = term and {
        "uses": term.uses,
        "articles": term.articles,
        "kept": term.kept,
        "dropped": term.dropped,
        "unclear": term.unclear,
        "renderings": [{"text": form.text, "count": form.count} for form in term.forms],
    }
    entries = [
        {
            "term": each.source,
            "approved": each.approved,
            "forbidden": each.forbidden,
            "keep": each.keep,
            "context": each.context,
            "origin": each.origin,
        }
        for each in listed
    ]
    return {
        "schema_version": 1,
        "term": wanted.text,
        "published": published,
        "glossary": entries,
        "renderings": [
            {
                "term": name,
                "rendering": places[0].form or None,
                "kept": places[0].is_kept,
                "count": len(places),
                "places": [_place(use) for use in places],
            }
            for name, _, places in _renderings(found)
        ],
    }


def _place(use: Use) -> dict[str, object]:
    return {
        "path": use.place.path,
        "line": use.place.line,
        "column": use.place.column,
        "end_line": use.place.end_line,
        "end_column": use.place.end_column,
        "text": use.form,
        "source": {"path": use.source.path, "line": use.source.line, "column": use.source.column},
        "english": use.english,
        "chinese": use.chinese,
    }
