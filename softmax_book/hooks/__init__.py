"""What MkDocs calls to make the site: thin wiring over functions from text to text.

    wiring     the one file that knows MkDocs: its events, pages and files
    marks      engine comments vanish, proven numerals are marked
    answers    paragraphs of numbers become fields that judge what a reader types
    formulas   TeX becomes HTML and MathML at build time
    faces      the fonts of formulas, cut down to what the book uses
    tables     columns of numbers are aligned at the right
    terms      terms are links to the glossary where a page uses them first
    unbroken   short code, and signs between short symbols, stay on one line
    drawings   SVG files become part of the page and follow its palette
    javascript an engine for scripts, started where one is needed
    explorers  places for what a reader can move, and for its figure
    outputs    the fence that shows what code printed
    labs       an executed script becomes the Markdown of a page
    notebooks  a page or a lab as a notebook to take along
    portable   its Markdown, with nothing in it that only the site knows
    runs       what a lab printed, kept until its code or the package changes
    finish     the built site as files, made light
    offline    what keeps the whole book on a reader's device
    furniture  the switch and the download at the head of a page, the count at its foot
    theme      repairs of the theme's HTML and scripts

Three files and their command make one PDF of the site when it is built:

    article    a page becomes a part of one document
    volume     the document: contents, parts, all pages
    chromium   the browser of the machine, which prints it
    pdf        python -m softmax_book.hooks.pdf SITE OUT.pdf

The functions know the page they work on only as text, so that they outlive the site generator.
"""
