"""What is only true of speech: answers, and the stories in them."""
