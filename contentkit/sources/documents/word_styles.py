"""The styles of a Word document, as far as they hide what is written in them."""

from __future__ import annotations

OFF = ("0", "false", "off")
# No style is based on one that is based on so many others.
_MOST_STEPS = 30


class Styles:
    """Hears the part of styles: which of them hide text. A style is based on another one, which may say it for it."""

    def __init__(self) -> None:
        self._says: dict[str, bool] = {}
        self._based: dict[str, str] = {}
        self._open: list[str] = []
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "w:style":
            self._style = attributes.get("w:styleId", "")
        elif name == "w:vanish" and self._open[-2:] == ["w:style", "w:rPr"]:
            self._says[self._style] = attributes.get("w:val", "") not in OFF
        elif name == "w:basedOn":
            self._based[self._style] = attributes.get("w:val", "")
        self._open.append(name)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, _words: str) -> None:
        pass

    def unseen(self) -> dict[str, bool]:
        """Style to whether it hides what is written in it, of those that say so."""
        found = {}
        for style in {*self._says, *self._based}:
            above, steps = style, 0
            while above not in self._says and above in self._based and steps < _MOST_STEPS:
                above, steps = self._based[above], steps + 1
            if above in self._says:
                found[style] = self._says[above]
        return found
