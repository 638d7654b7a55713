"""The pages of this area, gathered."""

from webapp.cycles import advancing, board, listed, making, rating, results, surveys
from webapp.cycles.blueprint import blueprint

__all__ = ["advancing", "blueprint", "board", "listed", "making", "rating", "results", "surveys"]
