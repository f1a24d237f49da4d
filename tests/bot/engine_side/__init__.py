"""Checks that need numpy or Rasa, so they run in the engine's interpreter (test_engine_side.py)."""
