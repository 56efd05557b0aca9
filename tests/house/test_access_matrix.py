"""Every address x every person x each stage, held against permissions.txt. An unknown address fails.

What is sealed is looked for in all that is answered, as long as it is sealed (sealed.py).
"""

import pytest

from tests.house import matrix, subjects, world
from tests.house.addresses import all_addresses
from tests.house.asking import answers, clients, meaning, sent
from tests.house.sealed import BEFORE_THE_OPENING, NAMED, leaks, secrets_of

TABLE = matrix.read()
OF_A_PROPOSAL = ("/proposals/", "/consortia/", "/members/")
THREE = ("published", "scored", "finished")
"""Where what is the same at every stage is asked, and where it is sent too."""
WRITES_AND_RUNS = frozenset(matrix.STAFF)


def test_the_table_knows_every_address_and_no_other():
    known = {address.name for address in all_addresses()}
    assert known == set(TABLE), "see tests/house/observe.py"


def test_the_table_speaks_of_every_stage_once():
    for name, lines in TABLE.items():
        stages = [stage for line in lines for stage in line.stages]
        assert stages == list(world.STAGES), name


@pytest.mark.parametrize("stage", world.STAGES)
def test_every_address_answers_everybody_as_the_table_says(db, stage):
    built = world.build(stage)
    browsers = clients(built)
    sealed = set(world.PEOPLE) - NAMED if stage in BEFORE_THE_OPENING else set()
    secrets = {person: secrets_of(person, stage) for person in sealed}
    wrong = []
    for address in all_addresses():
        if len(TABLE[address.name]) == 1 and stage not in THREE and not sealed:
            continue  # the same at every stage
        line = matrix.line_of(TABLE, address.name, stage)
        for person, answer in answers(built, address, browsers).items():
            said = meaning(answer)
            if line and said != line.expected(person):
                wrong.append(f"{address.name} as {person}: {said}, not {line.expected(person)}")
            wrong += leaks(person, address.name, answer.told, secrets.get(person, set()))
    assert wrong == []


@pytest.mark.parametrize("stage", THREE)
def test_who_may_not_look_may_not_send_either(db, stage):
    """Most addresses take both: what is refused to a link is refused to a form."""
    built = world.build(stage)
    browsers = clients(built)
    said = {}
    for address in all_addresses():
        line = matrix.line_of(TABLE, address.name, stage)
        left_out = [person for person in world.PEOPLE if line and line.expected(person) != matrix.IN]
        for person, answer in sent(built, address, browsers, left_out).items():
            said[address.name, person] = answer
    assert len(said) > 500
    assert {who for who, answer in said.items() if answer == matrix.IN} == set()


def test_before_the_opening_the_table_lets_only_named_people_at_a_proposal():
    sealed = world.STAGES[: world.STAGES.index("opened")]
    for name, lines in TABLE.items():
        if name in SEALED:
            for line in lines:
                if set(line.stages) & set(sealed):
                    assert line.let_in <= {"lead-a", "partner-a"}, name


SEALED = {
    "tenders:proposal",
    "tenders:edit_proposal",
    "tenders:preview_proposal",
    "tenders:preview_pdf",
    "tenders:section",
    "tenders:earlier_text",
    "tenders:earlier_texts",
    "tenders:costs",
    "tenders:edit_cost_line",
    "tenders:attachments",
    "tenders:attachment",
    "tenders:begin_upload",
    "tenders:upload",
    "tenders:check_proposal",
    "tenders:receipt",
    "tenders:submitted_version",
    "tenders:submitted_pdf",
    "tenders:written_version",
    "tenders:version_file",
    "tenders:consortium",
}


def test_the_draft_is_its_named_peoples_for_ever():
    submitted = {"submitted_version", "submitted_pdf", "written_version", "version_file"}
    for name in SEALED - {f"tenders:{each}" for each in submitted}:
        for line in TABLE[name]:
            assert line.let_in <= {"lead-a", "partner-a"}, name


def test_an_administrator_and_finance_never_get_at_a_proposal_or_a_score():
    for name, lines in TABLE.items():
        published = name in {"tenders:scores_csv", "tenders:scores_json"}
        if name in SEALED or (not published and ("score" in name or "moderat" in name)):
            for line in lines:
                assert not line.let_in & {"administrator", "finance"}, name


def test_nobody_outside_the_fund_gets_into_its_desks():
    from django.urls import reverse

    for address in all_addresses():
        built = {part: "SF1" if part == "reference" else subjects.NOBODY for part in address.parts}
        built |= {part: 1 for part in address.parts if part == "number"}
        if address.name in {"account_end_device", "mfa_remove_webauthn"}:  # allauth counts in numbers
            built["pk"] = 1
        if reverse(address.name, kwargs=built).startswith("/staff/"):
            for line in TABLE[address.name]:
                assert line.let_in <= WRITES_AND_RUNS, address.name
