"""Stage 8: catalogue → the static search index, and the formulas by which it is searched."""
