"""Sheets to print and fold. In the order in which a job passes them:

- `job`: what is asked, and the plan that comes of it;
- `source_pdf`: the PDF that sheets are made of, and what is wrong with its pages;
- `imposition`: which page goes where, arithmetic only;
- `sheet_side`: one side of paper, with its boxes and marks;
- `instructions`: a first sheet that says how to print and fold;
- `impose`: all of it, from a PDF to sheets.
"""
