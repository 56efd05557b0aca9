"""Words that could tell who asked: names of the asker, of their organisations and of its people.

What everybody will read is looked through for them: an answer for its own asker's, a notice for those of all
who asked in its tender. Only words that occur in a text are ever shown to staff, who are not told who asked.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from consortia import queries as parties
from odifund.core.models import Person
from tenders.models import Question, Tender

COMMON = frozenset(
    re.findall(
        r"[\w-]+",
        """and the for with council county city town parish borough district metropolitan royal unitary
        authority combined limited ltd llp plc cic community interest company cooperative co-operative
        group partnership services service design digital agency studio consulting data open public trust
        charity foundation university college national north south east west new home works pattern""",
    )
)
"""Words of so many names that they tell nobody apart."""
SHORTEST = 3
JOINED = 5
"""From so many letters on, a name is found inside a longer word too: ExampleshireCC."""


def giveaways(question: Question) -> list[str]:
    """Every name, whole and in its words, that could tell who asked the question."""
    return _names(question.asked_by)


def in_tender(tender: Tender) -> Callable[[str], list[str]]:
    """What finds the names of whoever asked in this tender. It reads them when it is first asked."""

    @cache
    def names() -> list[str]:
        return _names(*Person.objects.filter(questions__tender=tender).distinct())

    return lambda text: found(text, names())


def _names(*askers: Person) -> list[str]:
    """Whole and in their words, the longest first: their own, their organisations' and its people's."""
    organisations = list(parties.organisations_of(*askers))
    people = {*askers, *parties.people_of(*organisations)}
    words = {word for each in organisations for word in _of_name(each.name)}
    words |= {word for person in people for word in _of_person(person)}
    return sorted(words, key=lambda word: (-len(word), word))


def _of_person(person: Person) -> Iterator[str]:
    yield from _of_name(person.name)
    yield person.email
    yield person.email.rpartition("@")[2]


def _of_name(name: str) -> Iterator[str]:
    yield name
    for word in re.findall(r"[\w'’-]+", name):
        if len(word) >= SHORTEST and word.lower() not in COMMON:
            yield word


def found(text: str, words: Iterable[str]) -> list[str]:
    """Which of the words occur in the text, however they are written; the longest first."""
    return [word for word in words if word and re.search(_pattern(word), text, re.IGNORECASE)]


def _pattern(word: str) -> str:
    """Anywhere; a short one only as a whole word. Names of files join words by underscores."""
    if sum(map(str.isalpha, word)) >= JOINED:
        return re.escape(word)
    return rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"


def parts(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text cut where such a word begins and ends, each part with whether it is one."""
    known = [_pattern(word) for word in words if word]
    if not known:
        return [(text, False)]
    cut = re.split("(" + "|".join(known) + ")", text, flags=re.IGNORECASE)
    return [(part, number % 2 == 1) for number, part in enumerate(cut) if part]
