"""Filters and tags that every template has: how moments, sums and people's words are said and drawn.

The wording is in `core.wording` and the drawing in `core.drawing`; this file hands them to templates.
A filter that compares with now takes `at`, the request's moment: `{{ closes_at|time_left:at }}`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from odifund.core import differing, once, prose, scanning, wording
from odifund.core.drawing import bars, course, ornament, pile, ruler, spread, stamp, timeline

register = template.Library()

Moment = datetime | None

for name, said in {
    "moment": wording.moment,
    "short_moment": wording.short_moment,
    "moment_to_the_second": wording.moment_to_the_second,
    "moment_zone": wording.zone,
    "time_to_the_second": wording.time_to_the_second,
    "in_words": wording.in_words,
    "time_of_day": wording.time_of_day,
    "day": wording.day,
    "plain_day": wording.plain_day,
    "bound": wording.bound,
    "pounds": wording.pounds,
    "figures": wording.figures,
    "file_size": wording.file_size,
}.items():
    # Nothing to say about what is not there: an empty value stays empty.
    register.filter(name, lambda value, said=said: "" if value in (None, "") else said(value))


@register.filter
def moment_or_day(when: date | datetime | None, by_day: bool = False) -> str:
    """5pm on Friday 22 September 2017; of an event, its day alone."""
    return wording.moment_or_day(when, by_day) if when else ""


@register.filter
def left(until: Moment, at: datetime) -> str:
    """4 days."""
    return wording.left(until, at) if until else ""


@register.filter
def time_left(until: Moment, at: datetime) -> str:
    """4 days left; no time left."""
    return wording.time_left(until, at) if until else ""


@register.filter
def judged(at: Moment, deadline: Moment) -> str:
    """When a late attempt came, told apart from its deadline however close it was."""
    return wording.judged_moment(at, deadline) if at and deadline else ""


@register.filter
def from_today(when: date | datetime | None, at: datetime) -> str:
    """In 10 days; today; 10 days ago."""
    return wording.from_today(when, at) if when else ""


@register.filter
def before(earlier: Moment, later: Moment) -> str:
    """The span between two moments: 2 hours 50 minutes."""
    return wording.span(later - earlier) if earlier and later else ""


@register.filter
def in_one_breath(names: Sequence[object]) -> str:
    """A, B and C."""
    return wording.in_one_breath([str(name) for name in names])


@register.filter
def markdown(text: str, top: int = 2) -> SafeString:
    """People's Markdown as clean HTML, its headings below the page's own: the highest of level `top`."""
    return mark_safe(prose.from_markdown(text, top))  # noqa: S308 - cleaned by nh3


@register.filter
def as_typed(text: str) -> str:
    """Plain words for a text that is Markdown around them."""
    return prose.as_typed(text)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Plain text as paragraphs, everything escaped."""
    return mark_safe(prose.from_plain_text(text))  # noqa: S308 - escaped


@register.simple_tag
def changed(before: str, after: str, *, brief: bool = False) -> SafeString:
    """What a change of words did. Brief: of a long text only what stands beside the change."""
    around = 8 if brief else None
    return mark_safe(differing.told(before, after, around))  # noqa: S308 - it escapes


register.simple_tag(once.field, name="once")


@register.simple_tag(takes_context=True)
def scan(context: template.Context, file: Any) -> scanning.Shown:
    """Where a stored or a submitted file stands with the virus scanner: `{% scan file as scan %}`."""
    return scanning.shown(getattr(file, "stored", file), context["request"].user)


@register.simple_tag(name="ornament")
def draw_ornament(slug: str) -> SafeString:
    """The band of printer's flowers of a pattern."""
    return mark_safe(ornament.ornament(slug))  # noqa: S308 - the slug is hashed, never written


@register.simple_tag(name="timeline")
def draw_timeline(points: Sequence[timeline.Point], at: datetime, uid: str = "timetable") -> SafeString:
    """A timetable as a line, wide and tall; put it into `<figure class="of-timeline">`."""
    return mark_safe(timeline.timeline(points, at, uid=uid))  # noqa: S308 - the drawing escapes


@register.simple_tag(name="cost_bars")
def draw_cost_bars(members: Sequence[bars.Member], ceiling: Decimal, uid: str = "costs") -> SafeString:
    """Costs by member and kind against the highest price; put it into `<figure class="of-chart">`."""
    return mark_safe(bars.cost_bars(members, ceiling, uid=uid))  # noqa: S308 - the drawing escapes


@register.simple_tag(name="meter")
def draw_meter(value: float, of: float) -> SafeString:
    """A weight as a bar; its figure stands beside it."""
    return mark_safe(bars.meter(float(value), float(of)))  # noqa: S308 - figures only


@register.simple_tag(name="time_gone")
def draw_time_gone(start: Moment, end: Moment, at: datetime) -> SafeString:
    """The thin line under the strip of a proposal: how much of the time has gone."""
    return mark_safe(bars.gone(start, end, at)) if start and end else SafeString("")  # noqa: S308 - figures only


@register.simple_tag(name="course")
def draw_course(rows: Sequence[course.Row], at: datetime, uid: str = "course") -> SafeString:
    """What is owed against time, a line a contract; put it into `<figure class="of-chart">`."""
    return mark_safe(course.course(rows, at, uid=uid))  # noqa: S308 - the drawing escapes


@register.simple_tag(name="pile")
def draw_pile(marks: Sequence[pile.Mark], uid: str = "pile") -> SafeString:
    """An evaluator's pile, a mark a proposal."""
    return mark_safe(pile.pile(marks, uid=uid))  # noqa: S308 - figures only


@register.simple_tag(name="ruler")
def draw_ruler(
    pot: Decimal, parts: Sequence[tuple[str, Decimal]], live: bool = False, uid: str = "pot"
) -> SafeString:
    """Money against the pot; `parts` are (name, amount). Put it into `<figure class="of-chart">`."""
    return mark_safe(ruler.ruler(pot, parts, live=live, uid=uid))  # noqa: S308 - the drawing escapes


@register.simple_tag(name="spread")
def draw_spread(scores: Sequence[int], agreed: int | None = None, uid: str = "spread") -> SafeString:
    """Individual scores on their scale, and the agreed one."""
    return mark_safe(spread.spread(scores, agreed, uid=uid))  # noqa: S308 - figures only


@register.simple_tag(name="stamp")
def draw_stamp(at: datetime) -> SafeString:
    """The stamp of a receipt."""
    return mark_safe(stamp.stamp(at))  # noqa: S308 - figures only
