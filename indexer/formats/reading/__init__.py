"""How files of any format are read: encodings, XML, JSON, tables, whatever is in them."""
