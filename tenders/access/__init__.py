"""Who sees and does what in a tender: the one door for pages, files, exports, tasks and mails.

`seal` has tenders, questions, proposals and contracts; `panel` has scoring and the decision.
"""

from tenders.access.panel import *  # noqa: F403
from tenders.access.seal import *  # noqa: F403
