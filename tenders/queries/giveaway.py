"""Words that could tell who asked: names of the asker, of their organisations and of its people.

Only words that occur in a text are ever shown to staff, who are not told who asked.
"""

import re
from collections.abc import Iterable, Iterator

from consortia import access
from consortia import queries as parties
from odifund.core.models import Person
from tenders.models import Question

COMMON = frozenset(
    re.findall(
        r"[\w-]+",
        """and the for with council county city town parish borough district metropolitan royal unitary
        authority combined limited ltd llp plc cic community interest company cooperative co-operative
        group partnership services service design digital agency studio consulting data open public trust
        charity foundation university college national north south east west new home works""",
    )
)
"""Words of so many names that they tell nobody apart."""
SHORTEST = 3


def giveaways(question: Question) -> list[str]:
    """Every name, whole and in its words, that could tell who asked the question."""
    asker = question.asked_by
    organisations = list(access.organisations_for(asker))
    people = {asker, *parties.people_of(*organisations)}
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
    """Which of the words occur in the text, as whole words, however they are written; the longest first."""
    return [word for word in words if word and re.search(_whole(word), text, re.IGNORECASE)]


def _whole(word: str) -> str:
    return rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"  # names of files join words by underscores


def parts(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text cut where such a word begins and ends, each part with whether it is one."""
    known = [_whole(word) for word in words if word]
    if not known:
        return [(text, False)]
    cut = re.split("(" + "|".join(known) + ")", text, flags=re.IGNORECASE)
    return [(part, number % 2 == 1) for number, part in enumerate(cut) if part]
