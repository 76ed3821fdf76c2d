"""Promotion: calls to read, follow, support or buy something else, cards of other articles, and what a site adds."""

from __future__ import annotations

import re

_LONGEST = 600
"""Promotion is short; a longer block is the article's."""
_INVITATIONS = (
    r"subscribe|newsletter|follow (?:us|me|@)|see also|also read|read (?:also|next)|related (?:articles?|posts?|read)|"
    r"next:|previously on|enjoyed this (?:post|article)|(?:buy|get) (?:me|us) a coffee|join (?:us|our)|"
    r"stay (?:tuned|connected|in touch)|never miss an? \w+|if you (?:liked?|enjoyed?) (?:this|the|my|it)\b|"
    r"(?:recommended|suggested|further) read(?:s|ings?)?\b|want to .{5,90}\? here(?:['’]s| is) how|"
    r"check out .{3,60} here:?\s*$|more from (?:us|our|it)|hit the clap|making a donation"
)
_SUPPORT = (
    r"support (?:us|me|our work|this (?:site|blog|project|work))\b|"
    r"giv(?:e|ing) (?:us|it|the project|this repo\w*) a star|star (?:us|it|the repo\w*|this repo\w*) on|"
    r"sponsor(?:ed by|s? (?:us|me|the author|(?-i:[A-Z])\w+))|brought to you by|our sponsors?\b|"
    r"become an? (?:sponsor|patron|backer|member)|patreon|just so you know, if you (?:buy|purchase)"
)
_ANSWERS = (
    r"(?:share|leave|drop|post|let (?:us|me) know|tell (?:us|me))\b[^.!?]{0,80}\bcomments?\b|"
    r"(?:discuss|ask|share|join)\b[^.!?]{0,60}\b(?:community|forum|discord|telegram)\b"
)
_OFFERS = (
    r"free (?:learning resources?|e-?books?|courses?|trials?|white ?papers?)\b|"
    r"download (?:the|our|this) (?:white ?paper|e-?book)|(?:hosted|made) with (?:❤|♥|love)|about the authors?\s*$"
)
_CALLS = rf"(?:{_INVITATIONS}|{_SUPPORT}|{_ANSWERS}|{_OFFERS})"
_CALL = re.compile(rf"\b{_CALLS}|— [^@]{{3,40}} \(@\w+\)", re.IGNORECASE)
_LIKE_A_CALL = re.compile(r"\W" + _CALLS.replace("(?-i:[A-Z])", "[a-z]"))
"""Matches the lower-cased text of every call in words, with a blank before it: the search skips to blanks and marks."""
_SPONSORED = re.compile(r"\W*(?:.{0,60}[-–—:(] ?)?sponsors?\)?\W*", re.IGNORECASE)
"""A title that ends so: `Hosting - Sponsor`."""
_PICTURE = r"(?:\ufffc|!\[\]\[\d+\])"
_CARD = re.compile(rf"[a-z.!?’)]{_PICTURE}+[A-Z][^\n.]{{3,80}}{_PICTURE}\s*$")
"""The end of a card as converters write it: a teaser, a picture, and glued to it the site, the author, a portrait."""
_FURTHER = "|".join(rf"{which}(?:阅读|文章|閱讀)\s*(?:[:：]|$)" for which in ("推荐", "相关", "延伸", "扩展", "拓展"))
_TO_SAY = "|".join(f"{where}[^。]{{0,30}}(?:告诉|分享|讨论|支持)" for where in ("点赞", "留言", "评论区"))
# Every alternative begins with a letter: text without these letters is passed over.
_CHINESE = re.compile(
    rf"{_FURTHER}|微信公众号|扫(?:描|码).{{0,20}}(?:关注|二维码)|欢迎(?:大家)?(?:订阅|关注|转发|加入|在评论)|{_TO_SAY}"
)
_CONTENTS = re.compile(
    r"\W*(?:table of )?contents:?\W*|\W*(?:on this page|in this (?:article|post|page)|目录|目錄|本文目录)[:：]?\W*",
    re.IGNORECASE,
)


def is_promotion(text: str) -> bool:
    """Return whether a block calls to read, follow, answer or support something else, or is a card of another article.

    Images in `text` are U+FFFC. Source: what proofreaders of published translations left out of them.
    """
    if len(text) > _LONGEST:
        return False
    lower = text.lower()
    if (not text.isascii() and _CHINESE.search(text)) or ("sponsor" in lower and _SPONSORED.fullmatch(text)):
        return True
    if (_LIKE_A_CALL.search(f" {lower}") or "(@" in text) and _CALL.search(text):
        return True
    return ("\ufffc" in text or "![" in text) and _CARD.search(text) is not None


def is_contents(text: str) -> bool:
    """Return whether a heading stands above a table of contents."""
    return _CONTENTS.fullmatch(text) is not None
