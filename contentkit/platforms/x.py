"""X (Twitter), API v2, through tweepy on our own session."""
