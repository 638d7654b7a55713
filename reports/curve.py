"""The distribution curve: how many people got each predicate, drawn as columns under one smooth line."""

from collections.abc import Sequence

WIDTH, HEIGHT, BASE = 500, 92, 88
CURVE, COLUMN = "#7A1F2B", "#E3D3B0"


def distribution_svg(counts: Sequence[int]) -> str:
    """Columns and curve for the counts, left to right in equal steps; the labels belong in the table below it.

    Without anybody counted, only the base line is drawn.
    """
    step = WIDTH / len(counts)
    top = max(counts, default=0) or 1
    points = [((i + 0.5) * step, BASE - count / top * (BASE - 6)) for i, count in enumerate(counts)]
    columns = "".join(f"M{x - step * 0.22:.1f} {BASE}V{y:.1f}h{step * 0.44:.1f}V{BASE}Z" for x, y in points if y < BASE)
    drawn = [f'<path fill="{COLUMN}" d="{columns}"/>', f'<path stroke="{CURVE}" fill="none" d="{_smooth(points)}"/>']
    base = f'<path stroke="#1D2433" d="M0 {BASE}H{WIDTH}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" stroke-width="1.8">'
        f"{''.join(drawn) if any(counts) else ''}{base}</svg>"
    )


def _smooth(points: Sequence[tuple[float, float]]) -> str:
    """A path through all points with level tangents at each, so that it never swings above or below a count."""
    (x, y), *rest = points
    path = f"M{x:.1f} {y:.1f}"
    for next_x, next_y in rest:
        middle = (x + next_x) / 2
        path += f"C{middle:.1f} {y:.1f} {middle:.1f} {next_y:.1f} {next_x:.1f} {next_y:.1f}"
        x, y = next_x, next_y
    return path
