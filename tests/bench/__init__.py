"""Speed as ratios, measured on the machine at hand: `python -m tests.bench`.

Nothing here is a test of time; docs/benchmarks.md says what the numbers mean. Start at series.py.
"""
