"""How much of what no source says the support check finds, and how often it cries wolf: measured on pairs of posts."""
