"""The health of flows, for HR: what is asked for, going on, done or failed, and whether the engine answers."""
