"""Ratios measured in one run: `make bench` prints them and writes docs/performance.md."""
