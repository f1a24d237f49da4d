"""Set-up: from a fresh clone and any Python 3.11+ to two environments and the bundled pages.

Standard library only, and no newer than Python 3.11, because it runs before anything is installed.
`baton` starts it as `python -m console.setup`; the steps are in `steps.py`.
"""
