"""Channels: protocol in, one message shape out; they know nothing of the desk."""
