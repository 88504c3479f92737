"""How every answer behaves on the wire, whatever it says.

What is fresh and what is not (`tags`), in how many bytes it is sent (`coding`), who may read it (`sharing`)
and how often (`limits`), and what a browser may do with it (`safety`). Which of that an answer gets is
decided by its `kind`. Views know nothing of it; `exchange` calls it before and after them.
"""
