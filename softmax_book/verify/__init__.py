"""The checking engine: every number a reader sees is held against what the code gives.

Reading a page, without running anything:

    numbers     what a numeral is, and when two numerals agree (the comparison rule)
    blocks      what a page is made of
    comments    what its HTML comments say: hidden code, checks, directives
    scan        Markdown text -> blocks
    made        Markdown made of another kind of file, with the origin of each character
    lab         percent-format scripts read as Markdown
    prose       what a reader reads outside of code and output
    page        the numerals of a page and what proves each
    reading     the same, as the site needs it

Running it:

    isolation   one random state, settings and folder per page
    taps        the unrounded value behind each number, caught when it is formatted
    execute     runs the blocks of a page in order, lazily, once

Judging it:

    compare     printed lines against written lines
    output      the verdict on an output block
    values      what a check gives, as plain numbers and truths
    claims      the verdict on a check
    figures     drawings against committed SVG files
    listings    code shown against the package's source
    checks      one verdict per block, and the page as a whole
    docstrings  `>>>` examples under the same rule
    failure     what a failed check says
    update      writes accepted edits, atomically

In pytest:

    items       Sybil's items, named and reported as this engine wants
    report      the table of proven and exempt numbers
    plugin      collects, runs and reports

The engine knows nothing of softmax: it can be switched on for any folder of Markdown.
"""
