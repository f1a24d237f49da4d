"""Graph components for Rasa: thin shells around the modules of `bot` that do the work.

Rasa finds a node's inputs by parameter name (`training_data`, `messages`, `resource`) and refuses
a graph whose methods lack annotations; keep both when you change a component.
"""
