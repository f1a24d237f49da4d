"""Entities that patterns can find: numbers of things, of money, of days. No Rasa, no I/O.

A new kind of entity is a function from `Folded` and `now` to `Found`s, named once in `FINDERS` of
`bot.entities.search`.
"""
