"""What a page says: encoding, text of HTML and PDF, quotations, kinds of page, the verdict."""
