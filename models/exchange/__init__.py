"""Files in and out of the domain: definitions of designs, lists of people."""
