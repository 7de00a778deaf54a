"""The verb ``ingest`` without the command line: what is named becomes originals, each is read once, copies are written."""
