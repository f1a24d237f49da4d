"""What we add to Rasa: components, the desk's channel, and one module per command.

Runs on Python 3.10 in its own environment and knows nothing of the desk. Modules
that import neither Rasa nor numpy can be imported by the desk's Python too, where their tests run.
"""
