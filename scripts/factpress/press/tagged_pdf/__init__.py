"""The structure of the finished PDF: elements, conformance, joining, metadata, attachments."""
