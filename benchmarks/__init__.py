"""What the program costs beside the plainest way of doing the same, measured in one run on both databases."""
