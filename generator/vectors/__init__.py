"""Stage 4: papers → their vectors, kept in `content/vectors/`; by `fetch`, `import` and `encode`, never by `build`."""
