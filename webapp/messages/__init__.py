"""Messages to a person, read in the app."""
