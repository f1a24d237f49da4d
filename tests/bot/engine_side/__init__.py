"""Checks that need numpy, so they run in the engine's interpreter (test_engine_side.py)."""
