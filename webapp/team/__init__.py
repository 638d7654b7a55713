"""Pages of supervisors: the team, its log as it is written, reading, signing and returning forms."""
