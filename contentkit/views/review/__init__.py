"""The full-screen review, on Textual. It is given values and verbs, and knows no project, no journal and no clock."""
