"""Asks the cited pages whether they still say what we quote; the only layer that connects outwards."""
