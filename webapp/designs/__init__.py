"""Pages of HR about designs: the versions there are, previews, YAML in and out, publishing and retiring."""
