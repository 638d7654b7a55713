"""The survey of the public about one unit, without sign-in."""
