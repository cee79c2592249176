"""What a person can see: frozen rows, sorted and limited in SQL."""
