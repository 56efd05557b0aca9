"""Server-drawn pictures: plain functions from figures to SVG text, without Django and without a clock.

Each drawing stands beside a table or a sentence that says the same. Colours and widths are presentation
attributes or classes, never `style`, because the pages forbid inline style.
"""
