"""One file per format; `FORMATS` lists them in sniffing order."""
