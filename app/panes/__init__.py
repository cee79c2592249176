"""What the panes say, free of any widget: lines in inks, from queries. The board draws them, the first frame too."""
