"""What stops a set-up, as the one sentence a newcomer reads."""

from __future__ import annotations

MISSING = 3  # the exit status of contracts, section 2: something is missing, said in a sentence


class SetupProblem(Exception):
    """Set-up cannot go on; the message says what to do. Nothing half-made is left behind."""


_SIGNS = (
    (("No space left", "os error 28", "ENOSPC"), "The disk is full; free 3 GB and start again."),
    (
        (
            "error sending request",
            "dns error",
            "Temporary failure in name resolution",
            "Could not resolve",
            "Failed to establish a new connection",
            "Connection refused",
            "Network is unreachable",
            "operation timed out",
            "ENOTFOUND",
            "ECONNREFUSED",
            "EAI_AGAIN",
            "ETIMEDOUT",
        ),
        "No package registry can be reached; check the network or the proxy and start again.",
    ),
    (
        ("Hash mismatch", "hashes do not match", "EINTEGRITY"),
        "A package differs from its lock file; clear the package cache and start again.",
    ),
    (("Permission denied", "EACCES"), "A file cannot be written; check who owns the folder."),
)


def advice_for(output: str) -> str:
    """The sentence for what a package tool printed, or where to read all of it."""
    for signs, sentence in _SIGNS:
        if any(sign in output for sign in signs):
            return sentence
    return "The last lines of var/tools/setup.log say why."
