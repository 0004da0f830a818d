extensions = ["myst_parser", "factpress.sphinxext.bibliography.style"]
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "factpress"
bibtex_reference_style = "factpress"
bibtex_cite_id = "ref-{key}"
bibtex_tooltips = False
