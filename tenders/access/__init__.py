"""Who sees and does what in a tender: the one door for pages, files, exports, tasks and mails.

`seal` has tenders and proposals, `contract` contracts; `question` questions; `panel` scoring and the
decision; `draft` its rows; `costs` whose lines one reads; `upload` files on their way; `incident` the record
of what went wrong; `address_watch` the keys in mails to whoever has no account.
"""

from tenders.access.address_watch import *  # noqa: F403
from tenders.access.contract import *  # noqa: F403
from tenders.access.costs import *  # noqa: F403
from tenders.access.draft import *  # noqa: F403
from tenders.access.incident import *  # noqa: F403
from tenders.access.panel import *  # noqa: F403
from tenders.access.question import *  # noqa: F403
from tenders.access.seal import *  # noqa: F403
from tenders.access.upload import *  # noqa: F403
