"""Context: what each stretch of a text tells of: its role, its time, what it denies, what it quotes; and the facts of the
whole document: kind, title, report year, agency, level."""
