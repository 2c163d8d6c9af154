"""Publishing: from the briefings of a workspace to the pages of a wiki, and what stands there.

::

    with opened(site, writing=True) as store:
        steps = plan(site, store, Asked(), tell)
        done = apply(store, steps, tell)
"""

from briefings.publish.apply import apply
from briefings.publish.plan import Asked, plan
from briefings.publish.sites import site, sites
from briefings.publish.steps import Step
from briefings.publish.stores import opened

__all__ = ["Asked", "Step", "apply", "opened", "plan", "site", "sites"]
