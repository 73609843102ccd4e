"""Compare: what passages are about, within one report and between it and last year's."""
