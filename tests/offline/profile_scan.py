"""Reading a browser's profile as a finder of the phone would: every file, raw and unpacked.

Chromium keeps IndexedDB and localStorage in LevelDB, whose tables are packed by Snappy; a page
of text may lie there in UTF-8, in UTF-16 of either order, or as bytes of one letter each.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

FOOTER, MAGIC = 48, bytes.fromhex("57fb808b247547db")
GZIP = b"\x1f\x8b\x08"


Word = str | bytes


def found_in(profile: Path, words: Iterable[Word], stems: Iterable[Word] = ()) -> dict[Word, str]:
    """Those of the words that lie readable in any file of the profile, each with a file's name.

    `stems` is for speed: where given, every word has one of them in it.
    """
    wanted = [(form, word) for word in words for form in _written(word)]
    hints = [form for stem in stems for form in _written(stem)]
    found: dict[Word, str] = {}
    for path in sorted(profile.rglob("*")):
        for content in contents(path) if path.is_file() and not path.is_symlink() else ():
            if not hints or any(hint in content for hint in hints):
                seen = [word for form, word in wanted if form in content]
                found = dict.fromkeys(seen, str(path.relative_to(profile))) | found
    return found


def contents(path: Path) -> Iterator[bytes]:
    """A file as it is, and whatever of it can be unpacked."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    yield raw
    if raw[-8:] == MAGIC:
        yield b"\n".join(_blocks(raw))
    yield from _unzipped(raw)


def _written(word: Word) -> list[bytes]:
    """How a word may lie on the disk."""
    if isinstance(word, bytes):
        return [word]
    return [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]


def _unzipped(raw: bytes) -> Iterator[bytes]:
    start = raw.find(GZIP)
    while start >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(raw[start:])
        start = raw.find(GZIP, start + 1)


# --- LevelDB's tables: blocks, an index of them, a footer that says where the index is


def _blocks(table: bytes) -> Iterator[bytes]:
    footer = table[-FOOTER:]
    _meta_at, at = _number(footer, 0)
    _meta_size, at = _number(footer, at)
    index_at, at = _number(footer, at)
    index_size, _at = _number(footer, at)
    for _key, place in _entries(_block(table, index_at, index_size)):
        block_at, at = _number(place, 0)
        block_size, _at = _number(place, at)
        for key, value in _entries(_block(table, block_at, block_size)):
            yield key + b"\0" + value


def _block(table: bytes, at: int, size: int) -> bytes:
    packed = table[at + size] == 1
    return _unsnapped(table[at : at + size]) if packed else table[at : at + size]


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Keys and values; a key leaves out what it shares with the one before it."""
    restarts = struct.unpack_from("<I", block, len(block) - 4)[0]
    end, at, key = len(block) - 4 * (restarts + 1), 0, b""
    while at < end:
        shared, at = _number(block, at)
        own, at = _number(block, at)
        size, at = _number(block, at)
        key = key[:shared] + block[at : at + own]
        at += own
        yield key, block[at : at + size]
        at += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
        shift += 7


def _unsnapped(packed: bytes) -> bytes:
    """Snappy: letters as they are, and copies of what was there before."""
    _size, at = _number(packed, 0)
    out = bytearray()
    while at < len(packed):
        tag = packed[at]
        at += 1
        if tag & 3 == 0:
            size, at = _literal_size(packed, tag, at)
            out += packed[at : at + size]
            at += size
        else:
            size, back, at = _copy(packed, tag, at)
            for _ in range(size):
                out.append(out[-back])
    return bytes(out)


def _literal_size(packed: bytes, tag: int, at: int) -> tuple[int, int]:
    size = tag >> 2
    if size < 60:
        return size + 1, at
    more = size - 59
    return int.from_bytes(packed[at : at + more], "little") + 1, at + more


def _copy(packed: bytes, tag: int, at: int) -> tuple[int, int, int]:
    if tag & 3 == 1:
        return 4 + (tag >> 2 & 7), (tag >> 5) << 8 | packed[at], at + 1
    width = 2 if tag & 3 == 2 else 4
    return (tag >> 2) + 1, int.from_bytes(packed[at : at + width], "little"), at + width
