"""What a study and its files were understood to say, before anything is estimated: screen, page, JSON and letters."""
