"""Rules that reading alone cannot: who writes a status, reads a clock, asks for roles, sends mail."""

import ast
import re

import pytest

from tests.house.source import Module, modules


def written_statuses(module: Module):
    """Where a `status` is set outside a lifecycle: as an attribute, or by update or bulk update."""
    for node in ast.walk(module.tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            for target in targets:
                for part in ast.walk(target):
                    if isinstance(part, ast.Attribute) and part.attr == "status":
                        yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, words = node.func.attr, {word.arg for word in node.keywords}
            if name in {"update", "update_or_create"} and "status" in words:
                yield node.lineno
            if name == "setattr" or (name == "bulk_update" and "status" in ast.unparse(node)):
                yield node.lineno


def test_only_a_lifecycle_writes_a_status():
    found = [
        f"{module.name}:{line}"
        for module in modules()
        if module.name != "odifund/core/lifecycle.py"
        for line in written_statuses(module)
        if "response.status" not in module.text.splitlines()[line - 1]
    ]
    assert found == []


CLOCKS = re.compile(
    r"(datetime\.(now|utcnow|today)|date\.today|timezone\.(now|localtime|localdate)|time\.time"
    r"|time\.monotonic_ns|models\.functions\.Now|\bNow)$"
)


def test_only_the_clock_reads_a_clock():
    found = [
        f"{module.name}:{call.lineno} {name}"
        for module in modules()
        if module.name != "odifund/core/clock.py" and not module.name.startswith("odifund/launch/")
        for name, call in module.calls()
        if CLOCKS.search(name)
    ]
    found += [
        module.name
        for module in modules()
        if module.name != "odifund/core/clock.py"
        and re.search(r"auto_now|CURRENT_TIMESTAMP|clock_timestamp\(\)['\"]|SELECT now\(\)", module.text)
    ]
    assert found == []


EDGES = re.compile(
    r"odifund/core/(http|signin|clock)\.py|/tasks\.py|/tasks/|/management/commands/|/demonstration/|core/(beat|worker)\.py"
)


def test_the_clock_is_read_at_the_edges_and_passed_on():
    found = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        if not EDGES.search(module.name)
        for name, call in module.calls()
        if name.endswith("clock.now")
    ]
    assert found == []


def test_no_default_stands_in_for_a_moment():
    found = [
        f"{module.name}:{function.name}"
        for module in modules()
        for function in module.functions()
        for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
        if argument.arg == "at" and default is not None
    ]
    assert found == []


def is_access(module: Module) -> bool:
    return bool(re.search(r"/access(\.py$|/)", module.name)) or module.name in {
        "odifund/core/people.py",  # gives and ends roles
        "odifund/core/models/person.py",
        "odifund/core/models/role.py",
    }


def test_roles_are_asked_for_in_access_alone():
    asking = re.compile(
        r"\.roles\b|\bis_staff\s*=|\bhas_perm\b|user_passes_test|permission_required|in_group"
    )
    found = [
        f"{module.name}: {match.group()}"
        for module in modules()
        if not is_access(module) and not module.name.startswith("odifund/pages/demo")
        for match in asking.finditer(module.text)
    ]
    assert found == []


def test_views_take_objects_from_access_alone():
    found = [
        f"{module.name}: {match.group()}"
        for module in modules()
        if "/views/" in module.name
        or (module.name.startswith("odifund/pages/") and "/demo" not in module.name)
        for match in re.finditer(r"\.objects\b|get_object_or_404", module.text)
    ]
    assert found == []


def test_mail_leaves_through_the_outbox_alone():
    found = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        if module.name != "odifund/core/mail.py"
        for name, call in module.calls()
        if re.search(r"(send_mail|send_mass_mail|EmailMessage|EmailMultiAlternatives)$", name)
        and not name.startswith(("super()", "self."))
    ]
    assert found == []


def test_no_request_touches_the_broker():
    found = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        for name, call in module.calls()
        if re.search(r"\.(delay|apply_async|send_task)$", name)
    ]
    assert found == []


def test_only_health_asks_the_broker_and_only_background_modules_know_celery():
    found = {
        module.name
        for module in modules()
        if re.search(r"^\s*(import|from) (redis|kombu|amqp|celery)\b", module.text, re.MULTILINE)
    }
    background = {
        "odifund/celery.py",
        "odifund/__init__.py",
        "odifund/core/beat.py",
        "odifund/core/worker.py",
    }
    background |= {name for name in found if name.endswith("/tasks.py") or "/launch/" in name}
    assert found - background == {"odifund/pages/health.py"}


def test_forms_save_nothing():
    found = [
        f"{module.name}:{match.group()}"
        for module in modules()
        if "/forms/" in module.name
        for match in re.finditer(r"\.save\(|ModelForm|\.objects\b", module.text)
    ]
    assert found == []


@pytest.mark.parametrize("module", [m for m in modules() if "/views/" in m.name], ids=lambda m: m.name)
def test_a_view_that_only_shows_never_moves(module):
    """A function that calls an action by `actions....` asks for POST first."""
    for function in module.functions():
        text = "\n".join([ast.unparse(function), *(ast.unparse(d) for d in function.decorator_list)])
        moves = re.search(r"\bactions\.\w+\.\w+\(", text)
        if moves and not function.name.startswith("_"):
            assert re.search(r"require_POST|require_http_methods|method == .POST.|request\.POST", text), (
                f"{module.name}:{function.name} moves on GET"
            )
