"""What doctor looks at of this machine's clock: does it agree with what is known to have happened?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from contentkit.cli.project import Project
from contentkit.config import CONFIG_NAME
from contentkit.errors import ContentkitError
from contentkit.publishing.lock import last_held
from contentkit.publishing.receipts import all_receipts, newest
from contentkit.views.doctor import Finding, fine, warning

# A clock may differ by this much before anything is concluded from it.
_SLACK = timedelta(minutes=5)


def look_at_clock(project: Project, now: datetime) -> Iterator[Finding]:
    """Whether something is known to have happened later than now."""
    seen = {"the last run began": last_held(project.state)}
    settings = (project.root / CONFIG_NAME).stat().st_mtime
    seen[f"{CONFIG_NAME} was written"] = datetime.fromtimestamp(settings, tz=now.tzinfo)
    try:
        receipt = newest(all_receipts(project.root))
        seen["a receipt was written"] = receipt.moment if receipt else None
    except ContentkitError:
        pass  # whoever needs the receipts says so
    late = [f"{what} at {at:%Y-%m-%d %H:%M} UTC" for what, at in seen.items() if at and at - now > _SLACK]
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    yield warning("clock", f"it is {told}, but {late[0]}", "set the clock") if late else fine("clock", told)
