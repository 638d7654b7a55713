"""The pages of this area, gathered."""

from webapp.cycles import advancing, answers, board, listed, making, rating, results, surveys
from webapp.cycles.blueprint import blueprint

__all__ = ["advancing", "answers", "blueprint", "board", "listed", "making", "rating", "results", "surveys"]
