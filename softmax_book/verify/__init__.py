"""The checking engine: every number a reader sees is held against what the code gives.

    numbers     what a numeral is, and when two numerals agree (the comparison rule)
    blocks      what a page is made of
    comments    what its HTML comments say: hidden code, checks, directives
    scan        Markdown text -> blocks
    lab         percent-format scripts read as the same Markdown
    prose       the text of a page with everything else blanked
    page        the numerals of a page and what proves each: no code runs here
    reading     the same, as the site needs it
    isolation   one random state, dtype, print options and folder per page
    taps        the unrounded value behind each number, caught when it is formatted
    execute     runs the blocks of a page in order, lazily, once
    compare     printed output against written output
    figures     drawings against committed SVG files
    checks      one verdict per block, and the edits that would accept it
    update      writes accepted edits, atomically
    docstrings  `>>>` examples under the same rule
    plugin      pytest: collects all of this through Sybil

The engine knows nothing of softmax: it can be switched on for any folder of Markdown.
"""
