"""Files people send: what may be sent is said before, and a refusal names the file, its type and its size."""

from collections.abc import Sequence
from pathlib import PureWindowsPath
from typing import Any

from django.conf import settings
from django.forms import FileField, ValidationError

from odifund.core.forms import sniffing
from odifund.core.forms.saying import Saying, clean_text
from odifund.core.forms.widgets import UploadsWidget, UploadWidget
from odifund.core.wording import file_size

EVERYTHING = (*sniffing.DOCUMENTS, *sniffing.SHEETS, sniffing.POWERPOINT, *sniffing.PICTURES)


def listed(names: list[str]) -> str:
    """PDF, Word (.docx) or PNG."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)


class UploadField(Saying, FileField):
    """One file of the given kinds. Its `content_type` is afterwards the one that its contents showed."""

    asks = "Choose"

    def __init__(
        self,
        *,
        kinds: tuple[sniffing.Kind, ...] = EVERYTHING,
        limit: int = 0,
        what: str = "a file",
        **more: Any,
    ) -> None:
        self.kinds, self.limit = kinds, limit or settings.UPLOAD_LIMIT
        self.types = listed([kind.name for kind in kinds])
        said = f"{self.types}, up to {file_size(self.limit)}."
        more["help_text"] = f"{more['help_text']} {said}" if more.get("help_text") else said
        super().__init__(what=what, **{"widget": UploadWidget(), **more})

    def to_python(self, data: Any) -> Any:
        """The file, when it is neither empty nor too large nor of another type."""
        if data is None:
            return None
        self.must_fit(data.name or "", data.size or 0)
        name, size = _shown(data.name or ""), data.size or 0
        kind = sniffing.kind_of(data.file)
        if kind not in self.kinds:
            raise self.refuse(f"“{name}” is {_called(kind)} ({file_size(size)}). Choose {self.types}", "type")
        if another := _named_as_another(name, kind):
            raise self.refuse(
                f"“{name}” is {_called(kind)}, though its name says {another.name}. Choose the right file",
                "name",
            )
        data.content_type = kind.media_type
        return data

    def must_fit(self, name: str, size: int) -> None:
        """Refuse a file that is empty or too large; said before it is sent, or of one that came."""
        name = _shown(name)
        if not size:
            raise self.refuse(f"“{name}” is empty. Choose a file with something in it", "empty")
        if size > self.limit:
            most = file_size(self.limit)
            said = file_size(size) if file_size(size) != most else f"a little more than {most}"
            raise self.refuse(f"“{name}” is {said}. A file can be {most} at most", "large")


class UploadsField(UploadField):
    """Several files at once. Each is looked at for itself: `taken` are those that may be sent."""

    def __init__(self, *, what: str = "a file", **more: Any) -> None:
        super().__init__(what=what, **{"widget": UploadsWidget(), **more})
        self.taken: Sequence[Any] = ()  # never added to: forms share what a field holds before it is cleaned

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Those that may be sent, unless there are others too: then the errors, one for each of those."""
        taken: list[Any] = []
        refused: list[ValidationError] = []
        for each in data or [None]:
            try:
                taken.append(super().clean(each, initial))
            except ValidationError as error:
                refused.append(error)
        self.taken = taken
        if refused:
            raise ValidationError(refused)
        return taken


def _named_as_another(name: str, kind: sniffing.Kind) -> sniffing.Kind | None:
    """The type whose names end like this one, when the contents are of another: it would not open."""
    ending = PureWindowsPath(name).suffix.lower()
    return next((each for each in EVERYTHING if ending in each.endings and each != kind), None)


def _called(kind: sniffing.Kind) -> str:
    """How a refusal names a type: "a PDF file", "a zip archive", "of a type that we do not know"."""
    known = kind in EVERYTHING
    article = "an" if kind.name[0] in "AEIO" else "a"
    return f"{article} {kind.name} file" if known else kind.name


def _shown(name: str) -> str:
    """The last part of the name, as it may stand in a sentence."""
    last = PureWindowsPath(clean_text(name)).name
    return last if len(last) <= 60 else f"{last[:40]}…{last[-15:]}"
