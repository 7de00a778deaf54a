"""Real pictures that say too much: where they were taken, by whom, with what. Made by Pillow while the tests run."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

# Stands in every place where a picture may carry words.
CANARY = "canary 4711"
SECRETS = (CANARY.encode(), b"48.8583", b"GPSL")
SIZE = (40, 24)
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>48.8583</exif:GPSLatitude>{CANARY}</x:xmpmeta>'.encode()


def drawn(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """A picture that looks different from every side, in RGBA with a part that can be seen through."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(image).polygon([(2, 2), (size[0] // 2, 4), (4, size[1] // 2)], fill=(200, 30, 30))
    image = image.convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.radial_gradient("L").resize(size))
    return image


def exif(orientation: int = 6) -> Image.Exif:
    """Exif with a position, a maker, words and which way up the picture is."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = CANARY
    exif[Base.ImageDescription] = CANARY
    exif.get_ifd(IFD.Exif)[Base.UserComment] = CANARY.encode()
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (48.0, 51.0, 29.0)})
    return exif


def jpeg(orientation: int = 6, *, mode: str = "RGB", **options: object) -> bytes:
    """A photograph with Exif, XMP, a comment and a colour profile."""
    known = {"exif": exif(orientation), "xmp": XMP, "comment": CANARY, "icc_profile": ICC, **options}
    return _saved(drawn(mode=mode), "JPEG", **known)


def png(orientation: int = 6, *, mode: str = "RGBA", **options: object) -> bytes:
    """A picture with texts of all three kinds, Exif, XMP and a colour profile."""
    texts = PngInfo()
    texts.add_text("Author", CANARY)
    texts.add_text("Comment", CANARY * 40, zip=True)
    texts.add_itxt("Title", CANARY)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    texts.add(b"prVt", CANARY.encode())
    return _saved(drawn(mode=mode), "PNG", pnginfo=texts, exif=exif(orientation), icc_profile=ICC, **options)


def webp(orientation: int = 6, *, mode: str = "RGBA", **options: object) -> bytes:
    """A picture with Exif, XMP and a colour profile."""
    known = {"exif": exif(orientation), "xmp": XMP, "icc_profile": ICC, **options}
    return _saved(drawn(mode=mode), "WEBP", **known)


def gif(frames: int = 3) -> bytes:
    """A picture of so many frames with a comment."""
    images = [drawn().rotate(90 * number).quantize(16) for number in range(frames)]
    moving: dict[str, object] = {"save_all": True, "append_images": images[1:], "duration": 80, "loop": 0}
    return _saved(images[0], "GIF", comment=CANARY, **(moving if frames > 1 else {}))


def _saved(image: Image.Image, format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def frames_of(data: bytes) -> list[tuple[bytes, object]]:
    """The pixels of every frame and how long it is shown."""
    image = opened(data)
    shown = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        shown.append((image.convert("RGBA").tobytes(), image.info.get("duration")))
    return shown


def put(folder: Path, name: str, data: bytes) -> str:
    """Writes a file into a project and returns its path from there."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return name
