"""Draws the certificate border: a woven band with diamonds and stepped bamboo shoots, after songket cloth.

Run after changing a measure; the drawing itself (`reports/assets/border.svg`) is kept in the project.
"""

from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "reports" / "assets" / "border.svg"
MAROON, GOLD, LIGHT = "#7A1F2B", "#B8862B", "#E3B65A"

WIDTH, HEIGHT = 297.0, 210.0  # A4 landscape, millimetres
TILE = 7.25  # divides both sides between the corners: 35 tiles across, 23 down
CORNER = (WIDTH - 35 * TILE) / 2
EDGE = 9.0  # from the paper's edge to the woven band
BAND = 4.2  # width of the woven band
SHOOT = 6.4  # height of a shoot, in four steps
STEPS = 4

Point = tuple[float, float]


def polygon(*points: Point) -> str:
    """A closed path through the points, to a hundredth of a millimetre."""
    return "M" + "L".join(f"{x:.2f} {y:.2f}".replace(".00", "") for x, y in points) + "Z"


def diamond(x: float, y: float, half: float) -> str:
    return polygon((x, y - half), (x + half, y), (x, y + half), (x - half, y))


def shoot(width: float, height: float) -> list[Point]:
    """Half-open outline of one stepped shoot on a base line, its tip upwards, centred on 0."""
    left = [(-width / 2 * (1 - i / STEPS), height * j / STEPS) for i in range(STEPS) for j in (i, i + 1)]
    return left + [(-x, y) for x, y in reversed(left)]


def sides() -> list[tuple[int, "object"]]:
    """For each side the number of tiles and how (along, inwards) becomes a point on the paper."""
    across, down = round((WIDTH - 2 * CORNER) / TILE), round((HEIGHT - 2 * CORNER) / TILE)
    return [
        (across, lambda a, i: (CORNER + a, i)),
        (across, lambda a, i: (CORNER + a, HEIGHT - i)),
        (down, lambda a, i: (i, CORNER + a)),
        (down, lambda a, i: (WIDTH - i, CORNER + a)),
    ]


def draw() -> str:
    """The whole border as SVG, one path for each colour and layer."""
    shoots, hearts, beads, weave = [], [], [], []
    for count, at in sides():
        for tile in range(count):
            middle = (tile + 0.5) * TILE
            base = EDGE + BAND + 0.9
            shoots.append(polygon(*(at(middle + x, base + y) for x, y in shoot(TILE - 0.9, SHOOT))))
            hearts.append(diamond(*at(middle, base + 1.75), 1.05))
            beads.append(diamond(*at(middle, base + SHOOT + 1.1), 0.55))
            weave.append(diamond(*at(middle, EDGE + BAND / 2), 1.45))
        for tile in range(count + 1):
            weave.append(diamond(*at(tile * TILE, EDGE + BAND / 2), 0.6))
    corners = [(x, y) for x in (CORNER, WIDTH - CORNER) for y in (CORNER, HEIGHT - CORNER)]
    blocks, stars = [], []
    for x, y in corners:
        half = (CORNER - EDGE) / 2
        cx = x - half if x < WIDTH / 2 else x + half
        cy = y - half if y < HEIGHT / 2 else y + half
        r = half - 0.5
        blocks.append(polygon((cx - r, cy - r), (cx + r, cy - r), (cx + r, cy + r), (cx - r, cy + r)))
        for dx, dy in ((0, 0), (0, -1), (1, 0), (0, 1), (-1, 0)):
            stars.append(diamond(cx + dx * 3.1, cy + dy * 3.1, 1.35 if dx or dy else 1.6))
        for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            stars.append(diamond(cx + dx * 3.6, cy + dy * 3.6, 0.85))
            stars.append(diamond(cx + dx * 1.75, cy + dy * 1.75, 0.5))

    def ring(inset: float, width: float, colour: str) -> str:
        return (
            f'<rect x="{inset}" y="{inset}" width="{WIDTH - 2 * inset:g}" height="{HEIGHT - 2 * inset:g}" '
            f'fill="none" stroke="{colour}" stroke-width="{width}"/>'
        )

    def fill(colour: str, paths: list[str]) -> str:
        return f'<path fill="{colour}" d="{"".join(paths)}"/>'

    inner = EDGE + BAND + 0.9 + SHOOT + 3.2
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">',
            ring(EDGE - 1.4, 0.35, GOLD),
            ring(EDGE + BAND / 2, BAND, MAROON),
            fill(LIGHT, weave),
            fill(GOLD, shoots),
            fill(MAROON, hearts + beads),
            fill(MAROON, blocks),
            fill(LIGHT, stars),
            ring(round(inner, 2), 0.3, GOLD),
            "</svg>",
            "",
        ]
    )


if __name__ == "__main__":
    TARGET.write_text(draw())
    print(f"draw_border: {TARGET.stat().st_size} bytes")
