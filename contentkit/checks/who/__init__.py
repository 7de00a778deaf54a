"""Who did it and who said it: names, quotations, and whose words and deeds they are."""
