"""Copies the fonts that papers are set in from the installed npm packages into reports/assets/fonts."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reports.fonts import FOLDER, font_files  # noqa: E402  (the script also runs before the project is installed)


def main() -> int:
    """Copy what is missing or differs; exit 1 and name the package when a file is not there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    copied = 0
    for file in font_files():
        package = ROOT / "node_modules" / file.package
        source, target = package / "files" / file.name, FOLDER / file.name
        if not source.is_file():
            print(f"copy_fonts: {source.relative_to(ROOT)} is missing; run `npm ci` first", file=sys.stderr)
            return 1
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            shutil.copyfile(source, target)
            copied += 1
        # The licence (OFL) asks to travel with the fonts.
        shutil.copyfile(package / "LICENSE", FOLDER / f"{file.package.rpartition('/')[2]}-LICENSE.txt")
    print(f"copy_fonts: {len(font_files())} files, {copied} copied")
    return 0


if __name__ == "__main__":
    sys.exit(main())
