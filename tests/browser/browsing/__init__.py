"""What the browser tests stand on.

book        the addresses of all pages, read from the navigation; the site, built once for all processes
machine     finding Chromium and Playwright, or saying what is missing
server      serves built sites, compressed, each under a host name of its own
watching    what a page complains of, and what it asks for
weight      what a first visit costs
opening     a page as a reader opens it, in a window that is watched
faults      what is wrong with a page as it stands: overflow, layout shift, accessibility, hidden text
"""
