"""他 for what English calls it, and 他们 for things: both are said tā, and input methods offer 他 first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.text.words import FUNCTION_WORDS, words

HE, IT = "他", "它"
THEY, THEM = "他们", "它们"
ALONE = re.compile(f"(?<![其吉利排维]){HE}(?![们們人乡鄉国國杀殺妈媽处處日年])")
_THINGS = frozenset({"it", "its", "itself"})
_WRITTEN = (
    "he him his himself she her hers herself who whom whose they them their theirs someone somebody anyone anybody "
    "everyone everybody nobody i me my mine we us our ours man woman men women boy girl guy person people human "
    "child children kid kids baby friend friends folks father mother brother sister son daughter husband wife mom dad "
    "user users developer developers author authors writer engineer programmer hacker attacker player founder creator "
    "maintainer contributor researcher scientist expert designer artist teacher professor student students doctor "
    "lawyer customer client guest manager administrator admin boss leader president chief ceo cto team company staff "
    "animal dog cat bird fish horse penguin"
)
_SOMEBODY = frozenset(_WRITTEN.split(" "))
"""Words of the English for somebody whom 他 may mean."""
_SOMEONE = (
    "[人者員员她谁誰·]|大家|用户|使用者|团队|公司|客户|家伙|朋友|同事|同学|作者|黑客|老师|教授|专家|学生|孩子|先生|女士|"
    "博士|总裁|师(?!范)|[兄弟姐妹父母爸妈男女]|儿子|动物|[猫狗鸟马鱼]|企鹅|小伙|家[，。、们]"
)
_PERSONS = re.compile(f"{_SOMEONE}|[咱您]|我们|我們")
_NAME = re.compile(r"(?<![\w.])([A-Z][a-z]+) (?:[A-Z]\. )?[A-Z][a-z]+(?!\w)")
"""Two words with capitals may be somebody's name."""
_LONGEST = 500
"""An original of more characters speaks of much: the only right one of eleven places in 2,270 articles was in one."""
_MANY = re.compile(r"(?<![\w'’-])(?:they|them|their|theirs|themselves)(?![\w-])", re.IGNORECASE)
_UNMEANT = "i me my mine we us our ours who whom whose they them their theirs"
_NOBODY = frozenset(_UNMEANT.split(" "))
"""Those of the words above whom 他们 does not mean."""
_WRITTEN_SEVERAL = (
    "users developers authors writers engineers programmers hackers attackers players founders creators "
    "maintainers contributors researchers scientists experts designers artists teachers professors doctors "
    "lawyers customers clients guests managers administrators admins bosses leaders presidents teams companies "
    "animals organization organizations enterprise enterprises business businesses vendor vendors provider "
    "providers employee employees worker workers member members community communities group groups owner owners "
    "operator operators beginner beginners newcomer newcomers reader readers visitor visitors subscriber "
    "subscribers ones guys government governments council committee authority authorities agency agencies city "
    "tester testers editor editors reviewer reviewers consumer consumers maker makers manufacturer manufacturers "
    "colleague colleagues partner partners audience candidate candidates competitor competitors volunteer "
    "volunteers humans fans students foundation"
)
_SEVERAL = frozenset(_WRITTEN_SEVERAL.split(" "))
_SEVERAL_PERSONS = re.compile(
    f"{_SOMEONE}|他(?!们)|组织|企业|商(?!品)|社区|群体|新手|受众|成员|一方|双方|政府|机构|小组|基金会"
)
_PLURAL = re.compile(r"(?<![\w'’-])[a-z]{2,}[^su\W]s(?![\w'’-])")
_REACH = 140
"""So many characters before `they` stand the things that it means."""
_WRITTEN_VERBS = (
    "this does goes always whereas perhaps besides towards makes uses takes gives gets needs lets helps allows "
    "provides includes contains works runs returns means looks seems becomes requires starts ends shows says "
    "tells sees comes turns keeps holds adds creates supports"
)
_VERBS = frozenset(_WRITTEN_VERBS.split(" "))
"""What ends in -s and is no plural."""
_WRITTEN_THINGS = (
    "files directories folders commands options arguments parameters flags functions methods macros directives "
    "attributes properties components elements nodes variables values constants fields classes objects modules "
    "packages libraries dependencies plugins extensions tools scripts programs processes threads tasks jobs "
    "containers images pods servers services requests responses messages events errors warnings bugs tests types "
    "interfaces keys tokens tags links buttons icons fonts characters strings numbers lines loops statements "
    "expressions operators headers pages tables rows columns records queries databases indexes permissions "
    "settings rules patterns templates themes styles hooks props states effects callbacks promises signals "
    "sockets ports addresses packets devices drivers kernels disks drives partitions filesystems volumes cores "
    "chips boards sensors cables wires pins batteries screens monitors printers formats protocols algorithms "
    "models layers matrices vectors arrays lists dictionaries tuples sets maps queues stacks trees graphs blocks "
    "chunks instances variants copies symbols names words letters alternatives parts pieces features shortcuts "
    "windows tabs menus dialogs panels widgets applets workspaces logs entries comments branches commits "
    "certificates passwords cookies sessions caches buffers registers instructions wildcards aliases"
)
_SEVERAL_THINGS = frozenset(_WRITTEN_THINGS.split(" "))
_SAYS = re.compile(
    r"\s+(?:(?:also|have|had|were|are)\s+)?(?:said|say|suggest|explain|mention|recommend|want|aim|decid|plan|hope|announc|"
    r"claim|argu|believ|think|thought|found|note|"
    r"(?:official |own )?(?:github|website|site|page|blog|home|doc|team|twitter))",
    re.IGNORECASE,
)
"""Behind `they` or `their`: what things do not do or have."""


def misplaced(text: str, english: str) -> Iterator[int]:
    """Yield the offsets of 他 in a text that translates `english`, where that speaks of things only."""
    found = [match.start() for match in ALONE.finditer(text)]
    if found and len(english) <= _LONGEST and not _PERSONS.search(text) and not _has_name(english):
        said = set(words(english))
        if said & _THINGS and not said & _SOMEBODY:
            yield from found


def misplaced_plural(text: str, english: str) -> Iterator[int]:
    """Yield the offsets of 他们 in a text that translates `english`, where `they` means things: `files … they`."""
    they = _MANY.search(english) if THEY in text and len(english) <= _LONGEST else None
    if they is None or _SEVERAL_PERSONS.search(text.replace(THEY, "")) or _has_name(english):
        return
    plurals = _PLURAL.findall(english, max(0, they.start() - _REACH), they.start())
    meant = next((word for word in reversed(plurals) if word not in _VERBS), "")
    said = set(words(english))
    is_somebody = not said.isdisjoint(_SEVERAL) or not (said & _SOMEBODY).issubset(_NOBODY)
    if meant in _SEVERAL_THINGS and not is_somebody and not _SAYS.match(english, they.end()):
        yield from (found.start() for found in re.finditer(THEY, text))


def _has_name(english: str) -> bool:
    return any(found[1].lower() not in FUNCTION_WORDS for found in _NAME.finditer(english))
