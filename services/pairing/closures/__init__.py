"""Closures: how a pairing is looked back on at its end, and the certificate of having taken part."""
