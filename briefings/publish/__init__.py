"""Publishing: from the briefings of a workspace to the pages of a wiki, and what stands there.

::

    site = named("wiki", root)
    with opened(site, writing=True) as store:
        steps = plan(site, store, Asked(), tell)
        done = apply(store, steps, tell)
"""

from briefings.publish.applying import apply
from briefings.publish.planning import Asked, plan
from briefings.publish.sites import every, named
from briefings.publish.status import Standing, status
from briefings.publish.steps import Step
from briefings.publish.stores import opened

__all__ = ["Asked", "Standing", "Step", "apply", "every", "named", "opened", "plan", "status"]
