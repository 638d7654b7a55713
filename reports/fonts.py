"""The fonts that papers are set in: which faces there are, where their files lie and how CSS names them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
FOLDER = ASSETS / "fonts"

# The ranges of the two files each face is split into; the same that the packages use in their own style sheets.
SUBSETS = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, "
    "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "latin-ext": "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, "
    "U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
}


@dataclass(frozen=True, slots=True)
class FontFile:
    """One file of one face of a family, as the npm package `package` ships it."""

    package: str
    family: str
    weight: str
    style: str
    subset: str

    @property
    def name(self) -> str:
        return f"{self.package.rpartition('/')[2]}-{self.subset}-{self.weight}-{self.style}.woff2"

    @property
    def css(self) -> str:
        """The rule that makes the file known under its family name."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; font-style: {self.style}; '
            f"src: url(asset:fonts/{self.name}); unicode-range: {SUBSETS[self.subset]} }}"
        )


@cache
def font_files() -> tuple[FontFile, ...]:
    """All files that papers need, from `assets/fonts.json`."""
    families = json.loads((ASSETS / "fonts.json").read_text())
    return tuple(
        FontFile(family["package"], family["family"], weight, style, subset)
        for family in families
        for weight, style in (face.split("-") for face in family["faces"])
        for subset in SUBSETS
    )


def missing_fonts() -> list[str]:
    """Names of font files that are not there; set-up copies them with `scripts/copy_fonts.py`."""
    return [file.name for file in font_files() if not (FOLDER / file.name).is_file()]
