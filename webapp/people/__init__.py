"""Pages of HR about people: looking up, importing and exporting, accounts, roles, supervisors, the tree of units."""
