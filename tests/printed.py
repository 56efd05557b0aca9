"""Reads the words of a PDF back, as a screen reader or a search would: through each font's table of signs."""

import re
import zlib

ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
LITERAL = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)"  # brackets in it are escaped, or in pairs
TOKEN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|ActualText(" + LITERAL + rb"|<[0-9A-Fa-f]*>)|(" + LITERAL + rb")|EMC", re.S
)


def objects(pdf: bytes) -> dict[int, bytes]:
    return {int(found[1]): found[2] for found in re.finditer(rb"(\d+) 0 obj(.*?)endobj", pdf, re.S)}


def stream(found: bytes) -> bytes:
    inside = re.search(rb"stream\r?\n(.*)\r?\nendstream", found, re.S)[1]
    return zlib.decompress(inside) if b"FlateDecode" in found else inside


def words(pdf: bytes) -> str:
    """Every word in the order of the pages, spaces brought down to one."""
    all_of_it = objects(pdf)
    pages = [found for found in all_of_it.values() if re.search(rb"/Type\s*/Page\b", found)]
    text = "".join(_of_page(page, all_of_it) for page in pages)
    return " ".join(text.replace("\u200b", "").split())


def _of_page(page: bytes, all_of_it: dict[int, bytes]) -> str:
    resources = all_of_it[int(re.search(rb"/Resources (\d+) 0 R", page)[1])]
    fonts = {
        name: _signs(all_of_it, int(number)) for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    content = stream(all_of_it[int(re.search(rb"/Contents (\d+) 0 R", page)[1])])
    font, said, instead = {}, [], False
    for found in TOKEN.finditer(content):
        if found[1]:
            font = fonts[found[1]]
        elif found[2]:
            said.append(_instead(found[2]))
            instead = True
        elif found[3] and not instead:
            codes = _bytes(found[3])
            said += [font.get(codes[i : i + 2], "") for i in range(0, len(codes), 2)]
        elif found[0] == b"EMC":
            said.append("" if instead else " ")
            instead = False
    return "".join(said)


def _instead(told: bytes) -> str:
    raw = bytes.fromhex(told[1:-1].decode()) if told.startswith(b"<") else _bytes(told)
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def _bytes(literal: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        if found[1].isdigit():
            return bytes([int(found[1], 8)])
        return ESCAPES.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, literal[1:-1], flags=re.S)


def _signs(all_of_it: dict[int, bytes], number: int) -> dict[bytes, str]:
    table = int(re.search(rb"/ToUnicode (\d+) 0 R", all_of_it[number])[1])
    text = stream(all_of_it[table])
    signs = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
        for code, sign in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            signs[bytes.fromhex(code.decode())] = bytes.fromhex(sign.decode()).decode("utf-16-be")
    return signs
