"""Draws drafts/images/grebe-2-restore.png, the picture of the working example.

python docs/draw_chart.py
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PATH = Path(__file__).resolve().parent.parent / "drafts/images/grebe-2-restore.png"
WIDTH, HEIGHT = 800, 300
LEFT, LONGEST = 170, 520
INK, GREY, TEAL = "#1c2b33", "#9aa7ad", "#0f7c7c"
BARS = (("Grebe 1", 51, GREY), ("Grebe 2", 6, TEAL))


def main() -> None:
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    pen.text((30, 26), "Minutes to restore a 40 GB database", INK, ImageFont.load_default(30))
    for row, (name, minutes, colour) in enumerate(BARS):
        top = 100 + 90 * row
        pen.rectangle((LEFT, top, LEFT + LONGEST * minutes // BARS[0][1], top + 56), colour)
        pen.text((30, top + 10), name, INK, ImageFont.load_default(28))
        pen.text((LEFT + LONGEST * minutes // BARS[0][1] + 14, top + 10), str(minutes), INK, ImageFont.load_default(28))
    image.quantize(16).save(PATH, optimize=True)


if __name__ == "__main__":
    main()
