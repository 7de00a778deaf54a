"""What programs write down of calls, films and chats, as turns of the people who speak.

Each format turns lines into utterances (``utterances``); ``turns`` makes passages of them, ``names`` says who is who.
"""
