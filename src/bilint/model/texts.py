"""Words for people that can be said in another language: English until somebody says them otherwise."""

from __future__ import annotations

from collections.abc import Mapping


class Text(str):
    """English as a string, which remembers the template and the arguments that it was made of.

    Programs get the English (JSON, comparisons, sorting); `bilint.messages.say` says it in the language of the user.
    `many` is the English template for another number than one; which is meant is the argument `number`. Joined into a
    longer string it is English for good: what is to be said in another language is an argument of another text.
    """

    template: str
    many: str
    arguments: dict[str, str | int | float]

    def __new__(cls, template: str, many: str, arguments: Mapping[str, object]) -> Text:
        """Return the words; of other arguments than texts and numbers (paths, errors) only the text is kept."""
        kept = {name: _kept(each) for name, each in arguments.items()}
        chosen = many if many and kept["number"] != 1 else template
        made = super().__new__(cls, chosen.format_map(kept) if kept else chosen)
        made.template, made.many, made.arguments = template, many, kept
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, str, dict[str, str | int | float]]]:
        return Text, (self.template, self.many, self.arguments)


def _kept(value: object) -> str | int | float:
    if isinstance(value, Exception) and value.args and isinstance(value.args[0], Text):
        return value.args[0]
    return value if isinstance(value, str | int | float) else str(value)


def phrase(template: str, /, **arguments: object) -> Text:
    """Return words of the catalogue; braces of the template name arguments, and without arguments stand for themselves.

    The template is a literal, by which `scripts/catalogue.py` finds it. Raises KeyError for a missing argument.
    """
    return Text(template, "", arguments)


def phrases(one: str, many: str, number: int, /, **arguments: object) -> Text:
    """Return words of the catalogue with a `{number}` in them, which decides between `one` and `many`."""
    return Text(one, many, {"number": number, **arguments})
