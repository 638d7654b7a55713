"""What the tests of this area share."""

from tests.webapp.office import told

__all__ = ["told"]
