"""Draws the certificate border: a woven band with diamonds and stepped bamboo shoots, after songket cloth.

Like the cloth it is made of threads: each thread is one dashed line round the paper, so that drawing it costs a
renderer next to nothing. Run after changing a measure; the drawing, `reports/assets/border.svg`, is kept.
"""

from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "reports" / "assets" / "border.svg"
MAROON, GOLD, LIGHT = "#7A1F2B", "#B8862B", "#E3B65A"

WIDTH, HEIGHT = 297.0, 210.0  # A4 landscape, millimetres
TILE = 7.25  # divides both sides between the corners: 35 tiles across, 23 down
CORNER = (WIDTH - 35 * TILE) / 2
EDGE = 9.0  # from the paper's edge to the woven band
BAND = 4.2
BASE = EDGE + BAND + 0.9  # where the shoots stand
STEP = 1.25  # height of a step of a shoot
STEPS = (6.2, 4.6, 3.2, 1.8, 0.7)  # widths of the steps, from the base to the tip


def thread(inset: float, thickness: float, dash: float, colour: str, shift: float = 0.0) -> str:
    """One row of weaving round the paper: a dash in the middle of each tile, `shift` tiles further if told."""
    start = CORNER + TILE * (0.5 + shift) - dash / 2
    right, bottom = WIDTH - CORNER - TILE * shift, HEIGHT - CORNER - TILE * shift
    path = (
        f"M{start:.2f} {inset:.2f}H{right:.2f}M{start:.2f} {HEIGHT - inset:.2f}H{right:.2f}"
        f"M{inset:.2f} {start:.2f}V{bottom:.2f}M{WIDTH - inset:.2f} {start:.2f}V{bottom:.2f}"
    )
    return (
        f'<path fill="none" stroke="{colour}" stroke-width="{thickness:.2f}" '
        f'stroke-dasharray="{dash:.2f} {TILE - dash:.2f}" d="{path}"/>'
    )


def woven(middle: float, row: float, widths: tuple[float, ...], colour: str, shift: float = 0.0) -> list[str]:
    """A figure of several rows about a middle line."""
    first = middle - row * (len(widths) - 1) / 2
    # Rows overlap by a hair, so that no seam shows between them.
    return [thread(first + row * i, row + 0.03, width, colour, shift) for i, width in enumerate(widths)]


def diamond(x: float, y: float, half: float) -> str:
    return f"M{x:.2f} {y - half:.2f}l{half} {half} {-half} {half} {-half} {-half}Z"


def corner(x: float, y: float) -> str:
    """The square that closes a corner: a flower of diamonds."""
    half = (CORNER - EDGE) / 2
    cx, cy = x - half if x < WIDTH / 2 else x + half, y - half if y < HEIGHT / 2 else y + half
    side = half - 0.4
    crosses = [diamond(cx + 3.1 * dx, cy + 3.1 * dy, 1.35) for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0))]
    tips = [diamond(cx + 3.6 * dx, cy + 3.6 * dy, 0.85) for dx in (1, -1) for dy in (1, -1)]
    hearts = [diamond(cx + 1.75 * dx, cy + 1.75 * dy, 0.5) for dx in (1, -1) for dy in (1, -1)]
    return (
        f'<path fill="{MAROON}" d="M{cx - side:.2f} {cy - side:.2f}h{2 * side:.2f}v{2 * side:.2f}h{-2 * side:.2f}Z"/>'
        f'<path fill="{LIGHT}" d="{"".join([diamond(cx, cy, 1.6), *crosses, *tips, *hearts])}"/>'
    )


def ring(inset: float, width: float, colour: str) -> str:
    return (
        f'<rect x="{inset:g}" y="{inset:g}" width="{WIDTH - 2 * inset:g}" height="{HEIGHT - 2 * inset:g}" '
        f'fill="none" stroke="{colour}" stroke-width="{width}"/>'
    )


def draw() -> str:
    """The whole border as SVG."""
    middle = EDGE + BAND / 2
    tip = BASE + STEP * len(STEPS)
    rows = [
        ring(EDGE - 1.4, 0.35, GOLD),
        ring(middle, BAND, MAROON),
        *woven(middle, 0.5, (0.6, 1.6, 2.6, 3.6, 2.6, 1.6, 0.6), LIGHT),
        *woven(middle, 0.4, (0.4, 1.2, 0.4), LIGHT, shift=0.5),
        *[thread(BASE + STEP * (i + 0.5), STEP + 0.03, width, GOLD) for i, width in enumerate(STEPS)],
        *woven(BASE + 1.9, 0.5, (0.5, 1.4, 2.3, 1.4, 0.5), MAROON),
        *woven(tip + 0.9, 0.35, (0.35, 1.05, 0.35), MAROON),
        *woven(BASE + 0.55, 0.35, (0.35, 1.05, 0.35), MAROON, shift=0.5),
        *[corner(x, y) for x in (CORNER, WIDTH - CORNER) for y in (CORNER, HEIGHT - CORNER)],
        ring(round(tip + 2.6, 2), 0.3, GOLD),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
    return "\n".join([head, *rows, "</svg>", ""])


if __name__ == "__main__":
    TARGET.write_text(draw())
    print(f"draw_border: {TARGET.stat().st_size} bytes")
