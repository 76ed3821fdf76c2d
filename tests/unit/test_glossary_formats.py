"""Lists in the formats that translators' tools write, and what is refused of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.glossary import Glossary, Layer, PartOfSpeech, Term, load
from bilint.glossary.lists import read
from bilint.model import UserError

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, content: str, name: str) -> Glossary:
    (folder / name).write_bytes(content.encode())
    return load([name], folder)


def said(glossary: Glossary) -> list[tuple[str, tuple[str, ...], tuple[str, ...], bool, str]]:
    return [(t.source, t.approved, t.forbidden, t.keep, t.origin) for t in glossary.terms]


DCA = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>ours</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="c1">
  <descrip type="subjectField">language models</descrip>
  <langSec xml:lang="en"><termSec><term>token</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec>
  <langSec xml:lang="zh-CN">
    <termSec><term>令牌</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
    <termSec><term>词元</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
    <termSec><term>代币</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
  </langSec>
  <langSec xml:lang="zh-TW"><termSec><term>權杖</term></termSec></langSec>
</conceptEntry>
<conceptEntry id="c2">
  <langSec xml:lang="en"><termSec><term>Docker</term></termSec></langSec>
  <langSec xml:lang="zh"><termSec><term>Docker</term></termSec></langSec>
</conceptEntry>
<conceptEntry id="c3"><langSec xml:lang="en"><termSec><term>lonely</term></termSec></langSec></conceptEntry>
</body></text></tbx>
"""
DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:basic="http://www.tbxinfo.net/ns/basic" xmlns:min="http://www.tbxinfo.net/ns/min"><text><body>
<conceptEntry><min:subjectField>web</min:subjectField>
  <langSec xml:lang="en-US"><termSec><term>render</term><min:partOfSpeech>verb</min:partOfSpeech></termSec></langSec>
  <langSec xml:lang="zh-Hans"><termSec><term>渲染</term></termSec>
    <termSec><term>呈现</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec>
</conceptEntry></body></text></tbx>
"""
MINIMAL = """<TBX dialect="TBX-Min"><header><languages source="en" target="zh"/></header><body>
<entry id="e1"><subjectField>web</subjectField>
  <langGroup xml:lang="en"><termGroup><term>cache</term></termGroup></langGroup>
  <langGroup xml:lang="zh"><termGroup><term>缓存</term><termStatus>preferred</termStatus></termGroup>
    <termGroup><term>快取</term><termStatus>obsolete</termStatus></termGroup></langGroup>
</entry></body></TBX>
"""
WEBLATE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN" "TBXcdv04.dtd">
<martif type="TBX" xml:lang="en"><text><body>
<termEntry><descrip type="Translation needed">No</descrip>
  <langSet xml:lang="en"><tig><term>Weblate</term></tig></langSet>
</termEntry>
<termEntry>
  <langSet xml:lang="en"><tig><term>component</term></tig></langSet>
  <langSet xml:lang="zh_Hans"><note from="translator">a part of a project</note><tig><term>组件</term></tig></langSet>
</termEntry>
<termEntry>
  <langSet xml:lang="en"><tig><term>component</term></tig></langSet>
  <langSet xml:lang="zh_Hans"><tig><term>元件</term><termNote type="administrativeStatus">forbidden</termNote></tig>
  </langSet>
</termEntry>
</body></text></martif>
"""
TMX = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
<tu><tuv xml:lang="en"><seg>load balancer</seg></tuv><tuv xml:lang="zh"><seg>负载均衡器</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Load <bpt i="1"/>balancer<ept i="1"/></seg></tuv>
  <tuv xml:lang="zh"><seg>负载均衡</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Open the file.</seg></tuv><tuv xml:lang="zh"><seg>打开文件。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>a memory of many words in a row</seg></tuv><tuv xml:lang="zh"><seg>一份记忆</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Docker</seg></tuv><tuv xml:lang="zh"><seg>Docker</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu>
</body></tmx>
"""


def test_tbx_with_attributes(tmp_path: Path) -> None:
    glossary = written(tmp_path, DCA, "terms.tbx")
    assert said(glossary) == [
        ("token", ("词元", "令牌"), ("代币",), False, "terms.tbx:5"),
        ("Docker", (), (), True, "terms.tbx:15"),
    ]
    assert (glossary.terms[0].pos, glossary.terms[0].domain) == (PartOfSpeech.NOUN, "language models")


def test_tbx_with_tags(tmp_path: Path) -> None:
    glossary = written(tmp_path, DCT, "terms.tbx")
    assert said(glossary) == [("render", ("渲染",), ("呈现",), False, "terms.tbx:3")]
    assert (glossary.terms[0].pos, glossary.terms[0].domain) == (PartOfSpeech.VERB, "web")


def test_minimal_tbx(tmp_path: Path) -> None:
    assert said(written(tmp_path, MINIMAL, "terms.tbx")) == [("cache", ("缓存",), ("快取",), False, "terms.tbx:2")]


def test_a_glossary_of_weblate(tmp_path: Path) -> None:
    glossary = written(tmp_path, WEBLATE, "glossary.tbx")
    assert said(glossary) == [
        ("Weblate", (), (), True, "glossary.tbx:4"),
        ("component", ("组件",), ("元件",), False, "glossary.tbx:7"),
    ]
    assert glossary.terms[1].note == "a part of a project"


def test_the_tbx_that_the_toolkit_writes(tmp_path: Path) -> None:
    tbx = pytest.importorskip("translate.storage.tbx", exc_type=ImportError)
    store = tbx.tbxfile(sourcelanguage="en", targetlanguage="zh")
    for source, target in (("token", "词元"), ("cache", "缓存")):
        unit = store.addsourceunit(source)
        unit.target = target
    (tmp_path / "terms.tbx").write_bytes(bytes(store))
    assert [t[:2] for t in said(load(["terms.tbx"], tmp_path))] == [("token", ("词元",)), ("cache", ("缓存",))]


def test_units_of_a_memory_that_are_terms(tmp_path: Path) -> None:
    assert said(written(tmp_path, TMX, "memory.tmx")) == [
        ("load balancer", ("负载均衡器", "负载均衡"), (), False, "memory.tmx:2"),
        ("Docker", (), (), True, "memory.tmx:7"),
    ]


def test_tables_of_weblate(tmp_path: Path) -> None:
    table = (
        '"location","source","target","id","fuzzy","context","translator_comments","developer_comments"\n'
        '"","token","词元","","False","","unit of text",""\n'
        '"","token","令牌","","False","","",""\n'
        '"","cache","缓存","","True","","",""\n'
        '"","Docker","Docker","","False","","",""\n'
        '"","empty","","","False","","",""\n'
    )
    glossary = written(tmp_path, table, "glossary.csv")
    assert said(glossary) == [
        ("token", ("词元", "令牌"), (), False, "glossary.csv:2"),
        ("Docker", (), (), True, "glossary.csv:5"),
    ]
    assert glossary.terms[0].note == "unit of text"


def test_tables_of_crowdin(tmp_path: Path) -> None:
    table = (
        "Concept ID,Concept Subject,Term [en],Part of Speech [en],Status [en],Term [zh-CN],Status [zh-CN],"
        "Note [zh-CN],Term [zh-TW]\n"
        "1,models,token,noun,preferred,令牌,admitted,,權杖\n"
        "1,models,token,noun,preferred,词元,preferred,,\n"
        "1,models,token,noun,,代币,not recommended,a coin,\n"
        "2,,GitHub,proper noun,,GitHub,,,\n"
        "3,,nothing,noun,,,,,沒有\n"
    )
    glossary = written(tmp_path, table, "crowdin.csv")
    assert said(glossary) == [
        ("token", ("令牌", "词元"), ("代币",), False, "crowdin.csv:2"),
        ("GitHub", (), (), True, "crowdin.csv:5"),
    ]
    assert (glossary.terms[0].pos, glossary.terms[0].domain) == (PartOfSpeech.NOUN, "models")


def test_tabs_and_the_columns_of_our_own(tmp_path: Path) -> None:
    table = (
        "term\tapproved\tpos\tcontext\tdomain\npipeline\t流水线\tnoun\tCI|build\tdelivery\npipeline\t管道\t\tdata\t\n"
    )
    one, two = written(tmp_path, table, "terms.tsv").terms
    assert (one.pos, one.context, one.domain, one.layer) == (PartOfSpeech.NOUN, ("ci", "build"), "delivery", Layer.OWN)
    assert (two.approved, two.context) == (("管道",), ("data",))


def test_toml_has_lists_of_context_words(tmp_path: Path) -> None:
    (term,) = written(
        tmp_path, '[[term]]\nterm = "a"\nkeep = true\ncontext = ["B", "c"]\npos = "verb"\n', "t.toml"
    ).terms
    assert (term.context, term.pos) == (("b", "c"), PartOfSpeech.VERB)


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("a.tbx", "<tbx><text>", "a.tbx:1: is not valid XML"),
        ("a.tbx", "<tbx>\n<text>\n</tbx>", "a.tbx:3: is not valid XML"),
        ("a.tbx", "", "a.tbx:1: is not valid XML"),
        ("a.tbx", "<tbx/>", "a.tbx:1: no concept has"),
        ("a.tmx", "<tmx/>", "a.tmx:1: no unit is a term"),
        ("a.tbx", '<!DOCTYPE t [<!ENTITY a "b">]><tbx>&a;</tbx>', "a.tbx:1: declares entities"),
        ("a.csv", "term,pos,keep\na,adverbial,yes\n", "a.csv:2: `adverbial` in `pos` is no part of speech"),
        ("a.csv", "term,keep,context\na,yes,b||c\n", "a.csv:2: `b||c` in `context` cannot be split"),
        ("a.tsv", "term,approved\n", "a.tsv:1: unknown column"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path: Path, name: str, content: str, where: str) -> None:
    with pytest.raises(UserError) as caught:
        written(tmp_path, content, name)
    assert caught.value.message.startswith(where)


def test_no_entity_is_expanded_and_no_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    for doctype in (f'<!ENTITY a0 "词">{bomb}', f'<!ENTITY a11 SYSTEM "{(tmp_path / "secret.txt").as_uri()}">'):
        content = f"<!DOCTYPE tbx [{doctype}]>{MINIMAL.replace('缓存', '&a11;')}"
        with pytest.raises(UserError, match=r"declares entities|not valid XML"):
            written(tmp_path, content, "terms.tbx")


def test_all_bad_entries_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("term,approved,keep\n,甲,\nb,乙,\nc,丙,maybe\nb,丁,\n", encoding="utf-8")
    listed = read("a.csv", tmp_path)
    assert [term.source for term in listed.terms] == ["b"]
    assert [fault.message.partition(": ")[0] for fault in listed.faults] == ["a.csv:2", "a.csv:4", "a.csv:5"]


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_crash_a_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name in ("any.csv", "any.tsv", "any.toml", "any.tbx", "any.tmx"):
        (folder / name).write_bytes(data)
        try:
            terms, faults = read(name, folder)[1:]
        except UserError as error:
            terms, faults = (), (error,)
        assert all(fault.message.startswith(name) for fault in faults)
        assert all(isinstance(term, Term) for term in terms)
