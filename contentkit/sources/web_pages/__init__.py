"""What stands on the web, as sources: pages, the items of feeds, releases. Read from bytes; nothing here fetches by itself."""
