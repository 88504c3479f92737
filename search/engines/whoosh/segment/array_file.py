"""A file of named arrays, which is mapped into memory and never parsed.

    8 bytes       b"BLOGARR1"
    8 bytes       length of the header in bytes, an unsigned little-endian number
    header        JSON: {"facts": {...}, "arrays": {name: [dtype, offset, count]}}
    arrays        one after the other, each at a multiple of 64 bytes from the beginning of the file

Offsets are in bytes from the beginning of the file. All arrays are one-dimensional and little-endian, of
the kinds in `DTYPES` or of byte strings of one width (`|S12`). Opening checks that every array lies within
the file, so that no file, whoever made it, makes a reader look outside of it.
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MAGIC: Final = b"BLOGARR1"
ALIGNMENT: Final = 64
LONGEST_HEADER: Final = 1 << 20

DTYPES: Final = frozenset({"|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"})
_STRINGS: Final = re.compile(r"\|S[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """What was in the file: small facts, which are JSON, and read-only views of its arrays."""

    path: Path
    facts: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]

    def array(self, name: str, *kinds: str, count: int | None = None) -> NDArray[Any]:
        """An array that has to be there, of one of these NumPy kinds (`u`, `i`, `f`, `S`) and this long.

        Raises `ValueError` where it is not: the file is damaged, or is not what it is taken for.
        """
        array = self.arrays.get(name)
        if array is None:
            raise ValueError(f"{self.path} has no array {name!r}")
        if kinds and array.dtype.kind not in kinds:
            raise ValueError(f"{self.path}: {name!r} holds {array.dtype}, which cannot be")
        if count is not None and len(array) != count:
            raise ValueError(f"{self.path}: {name!r} has {len(array):,} entries instead of {count:,}")
        return array

    def below(self, name: str, limit: int, count: int | None = None) -> NDArray[Any]:
        """An array of numbers from zero up that are all below a limit, so that they can be places."""
        numbers = self.array(name, "u", count=count)
        if len(numbers) and int(numbers.max()) >= limit:
            raise ValueError(f"{self.path}: {name!r} has numbers that are not below {limit:,}")
        return numbers

    def dividing(self, name: str, end: int, count: int | None = None) -> NDArray[Any]:
        """Where each of so many ranges begins, one after the other from 0, and at last the end of all."""
        starts = self.array(name, "u", count=None if count is None else count + 1)
        if not len(starts) or starts[0] != 0 or starts[-1] != end or np.any(starts[1:] < starts[:-1]):
            raise ValueError(f"{self.path}: {name!r} does not divide {end:,} entries")
        return starts

    def fact(self, name: str) -> int:
        """A whole number from zero up that has to be among the facts; raises `ValueError`."""
        value = self.facts.get(name)
        if type(value) is not int or value < 0:
            raise ValueError(f"{self.path} does not say {name!r}")
        return value


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> None:
    """Write a new file; raises `FileExistsError` where there is one."""
    laid_out, offset, distinct = {}, 0, dict[tuple[str, bytes], int]()
    written = []
    for name, array in arrays.items():
        little = _little_endian(array)
        same_as = distinct.setdefault((little.dtype.str, sha256(little.data).digest()), offset)
        laid_out[name] = [little.dtype.str, same_as, len(little)]
        if same_as == offset and little.nbytes:
            written.append(little)
            offset = _aligned(offset + little.nbytes)
    header = _header(laid_out, facts)
    with path.open("xb") as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for array in written:
            file.write(array.data)
            file.write(b"\0" * (_aligned(file.tell()) - file.tell()))


def read_arrays(path: Path) -> ArrayFile:
    """Map a file that `write_arrays` wrote; raises `OSError` or `ValueError` for any other."""
    with path.open("rb") as file:
        if path.stat().st_size < len(MAGIC) + 8:
            raise ValueError(f"{path} is too short to hold arrays")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(mapped[len(MAGIC) : len(MAGIC) + 8], "little")
    if mapped[: len(MAGIC)] != MAGIC or not 0 < length <= LONGEST_HEADER:
        raise ValueError(f"{path} is not a file of arrays")
    try:
        header = json.loads(mapped[len(MAGIC) + 8 : len(MAGIC) + 8 + length])
        facts, places = dict(header["facts"]), dict(header["arrays"])
        arrays = {str(name): _view(mapped, *place) for name, place in places.items()}
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"{path} has no readable header: {error}") from error
    return ArrayFile(path, facts, arrays)


def _header(laid_out: Mapping[str, list[Any]], facts: Mapping[str, Any]) -> bytes:
    """The header with final offsets: its own length moves the arrays, so it is padded to a round one."""
    longest = len(json.dumps({"facts": facts, "arrays": laid_out}).encode()) + 12 * len(laid_out)
    begin = _aligned(len(MAGIC) + 8 + longest)
    moved = {name: [dtype, begin + offset, count] for name, (dtype, offset, count) in laid_out.items()}
    header = json.dumps({"facts": facts, "arrays": moved}).encode()
    if begin > LONGEST_HEADER:
        raise ValueError(f"a header of {begin:,} bytes is longer than is ever read")
    return header.ljust(begin - len(MAGIC) - 8)


def _little_endian(array: NDArray[Any]) -> NDArray[Any]:
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    if little.ndim != 1 or not _is_known(little.dtype.str):
        raise ValueError(f"an array of {array.dtype} in {array.ndim} dimensions cannot be written")
    return little


def _view(mapped: mmap.mmap, dtype: str, offset: int, count: int) -> NDArray[Any]:
    if not _is_known(dtype) or type(offset) is not int or type(count) is not int:
        raise ValueError(f"no array is described by {[dtype, offset, count]!r:.100}")
    kind = np.dtype(dtype)
    if offset < 0 or count < 0 or offset % ALIGNMENT or offset + count * kind.itemsize > len(mapped):
        raise ValueError(f"an array of {count:,} entries at {offset:,} is not within the file")
    if count == 0:  # which `frombuffer` refuses at the end of a file
        return np.zeros(0, kind)
    return np.frombuffer(mapped, kind, count, offset)


def _is_known(dtype: str) -> bool:
    return dtype in DTYPES or _STRINGS.fullmatch(dtype) is not None


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT
