"""What a browser makes of a page: its words, its links, and its forms with what stands in them."""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

VOID = {"input", "br", "img", "meta", "link", "hr", "source", "wbr", "area"}
HIDDEN = {"script", "style", "title"}
INLINE = {"a", "abbr", "b", "code", "em", "i", "label", "span", "strong", "textarea", "time"}
SAID = {"a", "button", "label", "legend", "option", "textarea"}


@dataclass
class Form:
    """A form as it stands: where it is sent, what it would send, and the words of its choices and buttons."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    ticks: set[str] = field(default_factory=set)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def put(self, name, value):
        self.names.add(name)
        self.values.setdefault(name, []).append(value)

    def filled(self, typed):
        """What it would send with this typed or chosen, by name or label; a date fills its boxes."""
        typed = {self.labels.get(name, name): value for name, value in typed.items()}
        boxes = {name: value for name, value in typed.items() if isinstance(value, date)}
        typed = {name: value for name, value in typed.items() if name not in boxes}
        for name, day in boxes.items():
            typed |= {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
        assert typed.keys() <= self.names, f"{typed.keys() - self.names} not among {self.names}"
        return self.values | {name: self._chosen(name, value) for name, value in typed.items()}

    def _chosen(self, name, value):
        """A choice by its words or its value; anything else as it was typed."""
        if isinstance(value, list):
            return [self._chosen(name, each) for each in value]
        return self.options.get(name, {}).get(value, value) if isinstance(value, str) else value


class Page(HTMLParser):
    """A page, read once from top to bottom."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.said = {}, [], []
        self._inside, self._fields, self._labels, self._legend = [], {}, [], ""
        self.feed(text)
        for about, words in self._labels:
            if about in self._fields:
                self._label(*self._fields[about], words)

    @property
    def words(self):
        return " ".join("".join(self.said).split())

    @property
    def every_tick(self):
        """Each box that stands alone, ticked."""
        names = [name for form in self.forms for name in form.ticks]
        return dict.fromkeys(names, "on")

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action", ""), told.get("method", "get").lower()))
        if tag == "input" and "name" in told:
            self._input(told)
        if tag in {"select", "textarea"} and "name" in told:
            self._fields[told.get("id")] = self.forms[-1], told["name"], None
            if "aria-label" in told:
                self.forms[-1].labels[told["aria-label"]] = told["name"]
        self._part(tag)
        if tag not in VOID:
            self._inside.append((tag, told, []))

    def _input(self, told):
        form, kind, name = self.forms[-1], told.get("type", "text"), told["name"]
        form.names.add(name)
        if kind in {"radio", "checkbox"}:
            value = told.get("value", "on")
            self._fields[told.get("id")] = form, name, value
            form.labels.setdefault(self._legend, name)
            if kind == "checkbox" and value == "on":
                form.ticks.add(name)
            if "checked" in told:
                form.put(name, value)
        else:
            self._fields[told.get("id")] = form, name, None
            if kind != "file":
                form.put(name, told.get("value", ""))

    def _part(self, tag):
        """Parts of a page stand apart, whatever stands inside a sentence does not."""
        if tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data):
        for tag, _, words in self._inside:
            if tag in SAID:
                words.append(data)
            elif tag in HIDDEN:
                return
        self.said.append(data)

    def handle_endtag(self, tag):
        self._part(tag)
        while self._inside:
            name, told, words = self._inside.pop()
            if name == tag:
                return self._close(tag, told, "".join(words))
        raise AssertionError(f"</{tag}> closes nothing")

    def _close(self, tag, told, raw):
        words = " ".join(raw.split())
        if tag == "a" and "href" in told:
            self.links.setdefault(words, told["href"])
        if tag == "button" and told.get("type", "submit") == "submit":
            self.forms[-1].buttons[words] = (told.get("name", ""), told.get("value", ""))
        if tag == "textarea" and "name" in told:
            self.forms[-1].put(told["name"], raw.removeprefix("\n"))
        if tag == "legend":
            self._legend = words
        if tag == "label":
            self._labels.append((told.get("for"), words))
        if tag == "option":
            self._option(told, words)

    def _label(self, form, name, value, words):
        if value is None:
            form.labels[words] = name
        else:
            form.options.setdefault(name, {})[words] = value

    def _option(self, told, words):
        name = next(told["name"] for tag, told, _ in reversed(self._inside) if tag == "select")
        form, value = self.forms[-1], told.get("value", words)
        form.options.setdefault(name, {})[words] = value
        form.names.add(name)
        if "selected" in told:
            form.values[name] = [value]
        else:
            form.values.setdefault(name, [value])

    def link(self, words):
        """Where the link with these words leads; words that end in … are how it begins."""
        return self.links[_like(words, self.links)]

    def button(self, words):
        """The form of the button with these words, and what the button itself sends."""
        form = next(
            (form for form in self.forms if any(_is_like(words, each) for each in form.buttons)), None
        )
        assert form, f"no button “{words}” among {[each for form in self.forms for each in form.buttons]}"
        return form, form.buttons[_like(words, form.buttons)]

    def form_to_fill(self, name):
        """The form that has a field of this name."""
        return next(form for form in self.forms if name in form.names)


def _is_like(words, said):
    return said.startswith(words[:-1]) if words.endswith("…") else said == words


def _like(words, found):
    alike = [said for said in found if _is_like(words, said)]
    assert alike, f"no “{words}” among {list(found)}"
    return alike[0]
