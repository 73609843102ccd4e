"""Word documents as they are edited: comments and tracked changes, all else left as it stands.

Reading them is ``checker.read``'s work; here the places it told (``RawReport.origins``) are found again.
"""
