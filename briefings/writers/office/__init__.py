"""The formats of office programs, by pandoc: one file each, and what they have in common.

``tree.py`` writes a brief as pandoc's own tree, so no text is read as markup. The styles are those
of a document in ``data/office``; what differs from brief to brief is put into the parts of the file
afterwards.
"""
