"""The bytes of the index, read from the start on: the inverse of `packing`."""

from generator.errors import BroadsheetError


class SearchIndexError(BroadsheetError):
    """A file of the index cannot be used."""


class Unpacker:
    """Bytes, read from the start on."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def has_more(self) -> bool:
        """False at the end."""
        return self._at < len(self._data)

    def take(self, count: int) -> bytes:
        """The next bytes."""
        found = self._data[self._at : self._at + count]
        if len(found) < count:
            raise SearchIndexError("a file of the search index is cut short: run broadsheet build --clean")
        self._at += count
        return found

    def rest(self) -> bytes:
        """All that are left."""
        return self.take(len(self._data) - self._at)

    def byte(self) -> int:
        """One byte."""
        return self.take(1)[0]

    def varint(self) -> int:
        """A LEB128 number."""
        number = shift = 0
        while (byte := self.byte()) > 127:
            number |= (byte & 127) << shift
            shift += 7
        return number | byte << shift

    def string(self) -> str:
        """A length and UTF-8."""
        return self.take(self.byte()).decode()

    def keys(self) -> tuple[str, ...]:
        """The keys of an entry."""
        count = self.byte()
        data = self.take(self.byte())
        found = [data.decode()]
        for _ in range(count - 1):
            data = data[: self.byte()] + self.take(self.byte())
            found.append(data.decode())
        return tuple(found)
