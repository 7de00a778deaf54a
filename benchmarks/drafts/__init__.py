"""How good drafts are: measures that need no judge, and blinded pairs for those that do.

    .venv/bin/python -m benchmarks.drafts measure FOLDER
    .venv/bin/python -m benchmarks.drafts pairs FOLDER --out FOLDER --key FILE
    .venv/bin/python -m benchmarks.drafts threads FOLDER --out FILE
    .venv/bin/python -m benchmarks.drafts compare FILE FILE --out FOLDER --key FILE
    .venv/bin/python -m benchmarks.drafts tally KEY ANSWERS...
    .venv/bin/python -m benchmarks.drafts speed FOLDER

benchmarks/README.md says what each is for.
"""
