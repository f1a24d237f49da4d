"""The servers that are measured; each prints "ready" when it can be used and ends at SIGTERM."""
