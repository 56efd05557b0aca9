"""The stamp on a receipt: decorative, since the words beside it say the same. Nothing else is stamped."""

from datetime import datetime

from odifund.core.drawing import svg
from odifund.core.wording import MONTHS, in_london, zone


def stamp(at: datetime) -> str:
    """RECEIVED, the day, and the second, in a frame set a little askew."""
    local = in_london(at)
    day = f"{local.day} {MONTHS[local.month - 1][:3].upper()} {local.year}"
    half = "am" if local.hour < 12 else "pm"
    time = f"{local.hour % 12 or 12}:{local:%M:%S} {half} {zone(at)}"
    askew = "rotate(-5 103 66)"
    frame = [
        svg.element("rect", x=4, y=12, width=198, height=108, stroke_width=4),
        svg.element("rect", x=11, y=19, width=184, height=94, stroke_width=1.2),
    ]
    lines = [
        svg.words("RECEIVED", x=103, y=51, font_size=22, font_weight="700", letter_spacing="1", class_="s a"),
        svg.words(day, x=103, y=77, font_size=17, class_="a b"),
        svg.words(time, x=103, y=99, font_size=15, class_="a"),
    ]
    drawn = [
        svg.element("g", *frame, transform=askew, fill="none", stroke=svg.STAMP),
        svg.element("g", *lines, transform=askew, text_anchor="middle"),
    ]
    return svg.ornament(drawn, class_="of-receipt__stamp", viewBox="0 0 206 132")
