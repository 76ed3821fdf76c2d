"""Generated pages are as fresh as the code they are made from."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from bilint.rules import all_rules

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "scripts" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate = load_generator()


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    made: dict[str, str] = generate.generated()
    return made


def test_no_page_is_stale(pages: dict[str, str]) -> None:
    assert generate.stale(pages, ROOT) == [], "run `make generate`"


def test_every_rule_has_a_page(pages: dict[str, str]) -> None:
    assert {f"docs/rules/{name}.md" for name in all_rules()} < pages.keys()


def test_a_changed_page_and_a_page_without_its_rule_are_stale(tmp_path: Path) -> None:
    pages = {"docs/rules/one.md": "one\n", "docs/cli.md": "help\n"}
    generate.write(pages, tmp_path)
    assert generate.stale(pages, tmp_path) == []
    (tmp_path / "docs/cli.md").write_text("old\n", encoding="utf-8")
    (tmp_path / "docs/rules/gone.md").write_text("gone\n", encoding="utf-8")
    assert generate.stale(pages, tmp_path) == ["docs/cli.md", "docs/rules/gone.md"]
    generate.write(pages, tmp_path)
    assert generate.stale(pages, tmp_path) == []


def test_an_output_is_cut_to_the_first_findings_and_the_last_line() -> None:
    command = "bilint check --config fixtures/bilint.toml fixtures/zh/toast.mdx"
    page = f"<!-- output of the first 1 findings: {command} -->\n```text\nold\n```\n"
    filled = generate.filled(page)
    assert filled.count("-->") - 1 == 1
    assert "\n\n…\n\n2 findings (" in filled
    assert generate.filled(filled) == filled


@pytest.mark.parametrize("name", ["settings", "report"])
def test_schemas_are_schemas(pages: dict[str, str], name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(pages[f"docs/{name}.schema.json"]))


@pytest.mark.parametrize(
    "settings",
    [
        {"slect": ["all"]},
        {"select": ["no-such-rule"]},
        {"fail-on": "never"},
        {"rules": {"missing-block": {"min-wrods": 3}}},
        {"overrides": [{"ignore": ["empty-link"]}]},
    ],
)
def test_the_schema_refuses_what_bilint_refuses(pages: dict[str, str], settings: dict[str, object]) -> None:
    schema = json.loads(pages["docs/settings.schema.json"])
    assert not jsonschema.Draft202012Validator(schema).is_valid(settings)
