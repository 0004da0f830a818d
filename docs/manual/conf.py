"""Settings of the handbook of the tools; it is not part of the booklet."""

project = "factpress"
author = "The factpress contributors"
copyright = "The factpress contributors, CC BY 4.0"  # the name that Sphinx reads
html_title = "Handbook of factpress"
html_theme = "alabaster"
html_theme_options = {"description": "How the tools work, and how to work on them", "fixed_sidebar": True}
html_copy_source = False
extensions = ["myst_parser", "factpress.sphinxext.handbook"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nitpicky = True
smartquotes = False  # commands and messages stand here as they are typed and shown
