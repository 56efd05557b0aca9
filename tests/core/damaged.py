"""Files as they come damaged, each in another place."""

import io
import struct
import zipfile

OPENDOCUMENT = "application/vnd.oasis.opendocument.text"


def document(*names, mimetype="", packed=zipfile.ZIP_DEFLATED):
    """An office file, with the same bytes in every process."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")
        if mimetype:
            said = zipfile.ZipInfo("mimetype")
            said.compress_type = packed
            archive.writestr(said, mimetype)
    return out.getvalue()


WORD = document("[Content_Types].xml", "word/document.xml")
ODT = {how: document(mimetype=OPENDOCUMENT, packed=how) for how in (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA)}


def with_a_name_that_is_no_text(data):
    """Says that its names are UTF-8, and has one that is not."""
    central = data.rindex(b"PK\x01\x02")
    flagged = data[: central + 8] + struct.pack("<H", 0x800) + data[central + 10 :]
    return flagged[: central + 46] + b"\xff\xfe" + flagged[central + 48 :]


def with_a_hurt_mimetype(data):
    """What its kind is said by cannot be unpacked."""
    begins = data.index(b"mimetype") + len("mimetype")
    return data[:begins] + b"\xff" * 30 + data[begins + 30 :]


def encrypted(data):
    """Says that it is encrypted, at both places."""
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        data = data[:at] + b"\x01\x00" + data[at + 2 :]
    return data
