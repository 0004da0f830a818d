"""factpress: from an AI-assisted article to a study booklet that a class can trust."""

__version__ = "0.2.0"
