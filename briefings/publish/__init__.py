"""Publishing: from the briefings of a workspace to the pages of a wiki, and what stands there."""
