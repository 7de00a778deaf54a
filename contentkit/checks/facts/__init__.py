"""Numbers, dates and versions: the source's, or what a writer may work out from them."""
