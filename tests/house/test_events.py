"""Everything that is recorded can be said, and what is sealed can be said without saying whose it was."""

import ast
import re

from django.apps import apps

from consortia import lifecycle as consortia_moves
from deliverables import lifecycle as deliverables_moves
from odifund.core import audit
from odifund.core.lifecycle import Lifecycle
from tenders import lifecycle as tenders_moves
from tests.house.source import modules


def tables():
    for module in (consortia_moves, tenders_moves, deliverables_moves):
        yield from (value for value in vars(module).values() if isinstance(value, Lifecycle))


def recorded():
    """Every event's name that the source or a table records."""
    names = {row.event for table in tables() for row in table.rows.values()}
    for module in modules():
        for called, call in module.calls():
            if re.search(r"(^|\.)record$", called) and call.args and isinstance(call.args[0], ast.Constant):
                names.add(call.args[0].value)
    return {name for name in names if "." in str(name)}


def test_every_event_has_a_sentence():
    assert {name for name in recorded() if name not in audit.sentences} == set()


def test_every_sentence_is_of_an_event_that_something_records():
    named = " ".join(module.text for module in modules() if not module.name.endswith("/events.py"))
    assert {name for name in audit.sentences if f'"{name}"' not in named} == set()


def test_every_sentence_is_of_an_event_and_ends_like_one():
    for name, sentence in audit.sentences.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name)
        assert sentence.endswith("."), name


def test_every_event_of_a_sealed_thing_has_a_sealed_line():
    kinds = {
        re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
        for model in apps.get_models()
        if getattr(model, "audit_sealed", False)
    }
    assert kinds
    of_sealed = {name for name in audit.sentences if name.partition(".")[0] in kinds}
    of_sealed |= {
        row.event
        for table in tables()
        if getattr(table.model, "audit_sealed", False)
        for row in table.rows.values()
    }
    assert {name for name in of_sealed if name not in audit.sealed_sentences} == set()


def test_a_sealed_line_has_no_place_for_a_name():
    assert {name for name, line in audit.sealed_sentences.items() if "{" in line} == set()
