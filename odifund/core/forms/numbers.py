"""Sums, days and counts as people write them: £1,200, 1200 and 1,200.00 are one sum; 12,00.5 is none."""

import re
from decimal import Decimal
from typing import Any

from odifund.core.forms.saying import Saying, clean_text
from odifund.core.forms.widgets import MoneyWidget, NumberWidget
from odifund.core.wording import figures, pounds

# Groups of three, parted by commas or spaces, or no groups at all.
NUMBER = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]+))?"
)
MINUS = ("-", "−", "–")
LARGEST = Decimal("99999999.99")


class Number(Saying):
    """What sums, days and counts share: reading what was typed, and the bounds."""

    decimals = 2
    example = "12 or 12.5"

    def __init__(
        self,
        *,
        minimum: Decimal | int = 0,
        maximum: Decimal | int = LARGEST,
        above_zero: bool = False,
        **more: Any,
    ) -> None:
        self.minimum, self.maximum, self.above_zero = Decimal(minimum), Decimal(maximum), above_zero
        super().__init__(**more)

    @property
    def too_low(self) -> str:
        """What is said of less than is allowed."""
        if self.above_zero:
            return f"{self.starting} must be more than {self.said(Decimal(0))}"
        return f"{self.starting} must be {self.said(self.minimum)} or more"

    def said(self, number: Decimal) -> str:
        """A bound, as a message names it."""
        return figures(number).removesuffix(".00")

    def unlike(self) -> str:
        """What to say of something that is no number."""
        return f"Enter {self.what} as a number, like {self.example}"

    def to_python(self, value: str | None) -> Decimal | None:
        """The number, or the sentence that says how to write one."""
        typed = " ".join(clean_text(value or "").split())
        if not typed:
            return None
        if typed.lstrip("£ ").startswith(MINUS):
            raise self.refuse(self.too_low, "minimum")
        match = NUMBER.fullmatch(self.bare(typed))
        if not match:
            raise self.refuse(self.unlike())
        if len(match["part"] or "") > self.decimals:
            raise self.refuse(self.unlike(), "decimals")
        return self._within(Decimal(re.sub("[, ]", "", match["whole"]) + "." + (match["part"] or "0")))

    def bare(self, typed: str) -> str:
        """What was typed without the signs around the number."""
        return typed

    def _within(self, number: Decimal) -> Decimal:
        if number < self.minimum:
            raise self.refuse(self.too_low, "minimum")
        if self.above_zero and not number:
            raise self.refuse(self.too_low, "minimum")
        if number > self.maximum:
            raise self.refuse(f"{self.starting} must be {self.said(self.maximum)} or less", "maximum")
        return number

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people write it; what was typed, as it was typed."""
        return self.said(value) if isinstance(value, Decimal) else value


class MoneyField(Number):
    """A sum in pounds and pence, as an exact Decimal."""

    example = "450 or 450.50"

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"widget": MoneyWidget(), **more})

    def unlike(self) -> str:
        return f"Enter {self.what} in pounds, like {self.example}"

    def said(self, number: Decimal) -> str:
        return pounds(number)

    def bare(self, typed: str) -> str:
        return typed.removeprefix("£").lstrip()

    def prepare_value(self, value: Any) -> Any:
        """Without the pound sign, which stands before the box."""
        return pounds(value).removeprefix("£") if isinstance(value, Decimal) else value


class DaysField(Number):
    """A number of days of work; parts of a day as decimals."""

    def __init__(self, *, maximum: Decimal | int = 9999, **more: Any) -> None:
        super().__init__(maximum=maximum, **{"widget": NumberWidget(5), **more})


class PercentField(DaysField):
    """A percentage, parts as decimals. A sign that was typed is left out."""

    def bare(self, typed: str) -> str:
        """5 of "5%"."""
        return typed.removesuffix("%").rstrip()


class WholeNumberField(Number):
    """A count, as an int."""

    decimals = 0
    example = "3"

    def __init__(self, *, maximum: int = 99999, suffix: str = "", **more: Any) -> None:
        super().__init__(maximum=maximum, **{"widget": NumberWidget(4, whole=True, suffix=suffix), **more})

    def unlike(self) -> str:
        return f"Enter {self.what} as a whole number, like {self.example}"

    def bare(self, typed: str) -> str:
        """Per cent are asked for in words after the box, and often typed as a sign."""
        return typed.removesuffix("%").rstrip() if self.widget.suffix == "per cent" else typed

    def clean(self, value: Any) -> int | None:
        number = super().clean(value)
        return None if number is None else int(number)
