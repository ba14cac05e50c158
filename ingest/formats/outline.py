"""The headings that stand above what is being read."""


class Outline:
    """A path of headings. A heading's rank may be any tuple of numbers: the lower, the higher it stands."""

    def __init__(self) -> None:
        self._path: list[tuple[tuple[float, ...], str]] = []

    @property
    def section(self) -> tuple[str, ...]:
        """The headings from the highest to the nearest."""
        return tuple(heading for _rank, heading in self._path)

    def enter(self, heading: str, rank: tuple[float, ...]) -> None:
        """A heading begins: those of its rank and below end."""
        self._path = [one for one in self._path if one[0] < rank]
        if heading:
            self._path.append((rank, heading))
