"""Days and day rates in the table of all cost lines.

A hidden field of each line says what its two boxes were drawn with. Only what differs from that was
typed: what others saved since stays, and who typed into the same line is told what it says now.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.http import QueryDict

from odifund.core import forms
from odifund.core.wording import pounds

if TYPE_CHECKING:
    from tenders.models import CostLine

BASE = "base-"
BETWEEN = "|"
CHANGED = (
    "Somebody changed “{what}” after you opened this page: it now has {now}. Nothing of this page was saved."
    " What you typed is kept in its boxes. Save again to put yours in its place"
)
GONE = (
    "Somebody removed a line, or gave it an amount, while you typed {typed} into it. Nothing of this page was"
    " saved. Save again to save the other lines"
)


class RatesForm(forms.Form):
    """The boxes of the lines that a person changes."""

    says_optional = False

    def __init__(
        self, sent: QueryDict | None = None, *, lines: "Sequence[CostLine]", highest: Decimal | None
    ) -> None:
        self.lines = [line for line in lines if line.days is not None]
        self.highest = highest
        self.sent = sent.copy() if sent else QueryDict(mutable=True)
        self.overtaken: list[CostLine] = []
        super().__init__(self.sent if sent else None)
        for line in self.lines:
            self._add(line)
            self._compare(line)

    def _add(self, line: "CostLine") -> None:
        days, rate, base = self.names(line)
        of = f"of “{line.what}”, {line.organisation}"
        self.fields[days] = forms.DaysField(
            label=f"Days {of}", what=f"the days {of}", above_zero=True, initial=line.days
        )
        self.fields[rate] = forms.MoneyField(
            label=f"Day rate {of}", what=f"the day rate {of}", above_zero=True, initial=line.day_rate
        )
        for name in (days, rate):
            label = str(self.fields[name].label)
            self.fields[name].widget.attrs |= {"class": "govuk-input of-cell-input", "aria-label": label}
        unseen = django_forms.HiddenInput({"id": False})
        self.fields[base] = django_forms.CharField(
            required=False, widget=unseen, initial=BETWEEN.join(self._drawn(line))
        )

    def _drawn(self, line: "CostLine") -> list[str]:
        days, rate, _ = self.names(line)
        return [self.fields[days].prepare_value(line.days), self.fields[rate].prepare_value(line.day_rate)]

    def _compare(self, line: "CostLine") -> None:
        """Boxes that were left as they were drawn now hold what is saved."""
        *boxes, base = self.names(line)
        was, now = self.sent.get(base, "").split(BETWEEN), self._drawn(line)
        if len(was) != len(now) or was == now:
            return
        typed = [self.sent.get(name, "") for name in boxes]
        for name, then, mine, saved in zip(boxes, was, typed, now, strict=True):
            self.sent[name] = saved if mine == then else mine
        self.sent[base] = BETWEEN.join(now)
        if typed not in (was, now):
            self.overtaken.append(line)

    @staticmethod
    def names(line: "CostLine") -> tuple[str, str, str]:
        """What the two boxes of a line are called, and the field that says what they were drawn with."""
        return f"days-{line.pk}", f"rate-{line.pk}", f"{BASE}{line.pk}"

    def boxes(self, line: "CostLine") -> Any:
        """The two boxes of a line and what they were drawn with, or nothing where it has none."""
        names = self.names(line)
        return [self[name] for name in names] if names[0] in self.fields else None

    def clean(self) -> dict[str, Any]:
        """No line alone is more than a whole proposal may cost, and none is written over unseen."""
        said: dict[str, Any] = super().clean() or {}
        for line in self.lines:
            days, rate, _ = self.names(line)
            if self.highest and (said.get(days) or 0) * (said.get(rate) or 0) > self.highest:
                most = pounds(self.highest)
                self.add_error(days, f"“{line.what}” is more than the highest price of a proposal, {most}")
        self.tell(self.overtaken)
        for typed in self._into_what_is_gone():
            self.add_error(None, GONE.format(typed=typed))
        return said

    def tell(self, lines: "Iterable[CostLine]") -> None:
        """Say what somebody else saved of these lines meanwhile; sent again, what was typed is taken."""
        for line in lines:
            days, _, base = self.names(line)
            drawn = self._drawn(line)
            self.sent[base] = BETWEEN.join(drawn)
            self.add_error(days, CHANGED.format(what=line.what, now=_in_words(*drawn)))

    def _into_what_is_gone(self) -> Iterator[str]:
        """What was typed into boxes of lines that have none any more."""
        there = {base for _, _, base in map(self.names, self.lines)}
        for name in self.sent:
            if name.startswith(BASE) and name not in there:
                key = name.removeprefix(BASE)
                typed = [self.sent.get(f"{box}-{key}", "")[:20] for box in ("days", "rate")]
                if typed != self.sent.get(name, "").split(BETWEEN):
                    yield _in_words(*typed)

    @property
    def changed(self) -> "list[tuple[CostLine, Decimal, Decimal]]":
        """The lines into which something else was typed than is saved, with both numbers."""
        said = self.cleaned_data
        each = [(line, *(said[name] for name in self.names(line)[:2])) for line in self.lines]
        return [one for one in each if (one[0].days, one[0].day_rate) != one[1:]]


def _in_words(days: str, rate: str) -> str:
    return f"{days} {'day' if days == '1' else 'days'} at £{rate.removeprefix('£')}"
