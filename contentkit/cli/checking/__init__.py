"""What ``contentkit check`` does: gather the findings, tell them in some form, mend what needs no judgement."""
