"""Marks of Markdown that are shown: how they look in a text of which all marks that work are gone."""

from __future__ import annotations

import re

from bilint.text.scripts import HAN

_ADDRESS = r"(?:https?://|mailto:|\.{0,2}/|#|(?=[\w./-]+?\.(?:md|mdx|html?)\b))[^\s()（）]*+"
_TEXT = r"[^\[\]【】［］\n]{1,200}"
_PUNCTUATION = "，。；：！？、）】」』》”’"
LINK = re.compile(
    rf"\[{_TEXT}\](?:[ \t]*（[ \t]*|[ \t]+\()(?:{_ADDRESS})[ \t]*[)）]"
    rf"|[【［]{_TEXT}[】］][ \t]*[(（](?:{_ADDRESS})[)）]"
    rf"|(?:!?\[{_TEXT})?\]\((?:{_ADDRESS})(?:[ \t]+[\"“][^\n)）]*)?[)）]?"
)
"""A link of which a mark is full-width, apart from the others, or escaped."""
REFERENCE = re.compile(rf"(?<![A-Za-z0-9_\]\ufffc])\[{_TEXT}\][ ]?\[[^\[\]\n]{{1,60}}[\]］]")
"""A link to a definition that there is not."""
HEADING = re.compile(rf"^(?:#{{2,6}}(?=[^\s#!])|#{{1,6}}[\u3000\xa0]|＃{{1,6}})(?=[^\n]*[{HAN}])", re.MULTILINE)
ANY_HEADING = re.compile(r"^#{1,6}(?=[^\s#!])")
ITEM = re.compile(
    rf"^(?:[-*+](?=[{HAN}“《「【\[`\ufffcA-Za-z])|\d{{1,2}}(?:、|[.)](?=[{HAN}“《「【\ufffc])))", re.MULTILINE
)
"""An item of a list without the blank behind its mark, or with a mark of Chinese."""
RUN_ON = re.compile(rf"(?<=[，；。、,;])[ \t]*[-*+•][ \t]+(?=[{HAN}A-Za-z“《\ufffc])")
"""An item that stands on the line of the one before it."""
BACKTICKS = re.compile(r"(?<=[^\s（(“\"'「【《，。：；、`])`++|(?<!`)`++(?=[^\s）)”\"'」】》，。：；、`])")
"""The mark of code beside a word; one between blanks or brackets is what the sentence is about."""
BOX = re.compile(r"^[【［][ \u3000xX][】］]|^\[[xX ]?\][^\s(（\[]")
TAG = re.compile(r"</?([a-z][a-z0-9]*)(?:\s[^<>\n]*)?/?>")
ENTITY = re.compile(r"&(?:lt|gt|amp|nbsp|quot|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
ADDRESS = re.compile(rf"https?://[!-(*-;=?-_a-~]++(?P<swallowed>(?=[{_PUNCTUATION}]))?")
"""A bare address, and whether full-width punctuation follows: part of the link where such addresses are links."""
UNDERSCORES = re.compile(r"(?<![A-Za-z0-9_])(_{1,2})(?![\s_])([^_\n]{1,80})(?<![\s_])\1(?![A-Za-z0-9_])")
TILDES = re.compile(r"~~(?!~)[^~\n]{1,80}~~(?!~)")
STRAY_UNDERSCORE = re.compile(rf"(?<![A-Za-z0-9_])_(?=[{HAN}])|(?<=[{HAN}。！？…])_(?![A-Za-z0-9_])")
