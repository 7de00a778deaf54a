"""Faces: values in, renderables out. Nothing here reads a file or talks to a network."""
