"""Upstreams → Listings: each source is a pure parser of bytes and a thin fetcher through one polite client."""
