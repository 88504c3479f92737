"""What the archive answers over HTTP, as an OpenAPI 3.1 document.

It is made of what does the work: the table of parameters that reads them, the encoders that write the
documents, and the kinds of problems. `operations` says which path has which of these.
"""
