"""The pictures of a part: uploaded just before it is sent, as the very bytes that were approved.

An upload is seen by nobody and may be done again; its id is used for one attempt and never after a doubt, because a server
may drop or refuse a picture that was attached before.
"""

from __future__ import annotations

from datetime import timedelta

from contentkit.errors import ContentkitError, Refused, StateError, Unavailable
from contentkit.media import MediaFile, misfits
from contentkit.models import Limits, Media
from contentkit.platforms import Attachment
from contentkit.publishing.lane import Lane, LaneStops
from contentkit.publishing.publications import Publication
from contentkit.publishing.timing import asked_wait

# When the network does not say how long to wait. Uploads are counted, too: not each minute again.
WAIT_AFTER_FAILURE = timedelta(minutes=5)


def upload_all(lane: Lane, row: Publication) -> tuple[str, ...] | None:
    """The ids of a part's pictures on the network, in order. None when they are not there: the part waits or is held.

    Raises LaneStops when nothing works on the account until a person mends it.
    """
    if row.media and not lane.may_upload:
        return None
    try:
        with lane.uploading():
            return tuple(lane.connection().upload(_attachment(lane, media)) for media in row.media)
    except Refused as refusal:
        lane.hold(row, f"refused: {refusal.words}", answer=lane.answer())
    except Unavailable as failure:
        _wait(lane, row, failure)
        lane.note_trouble(failure)
        lane.give_up_uploads()
        if failure.pauses_account:
            raise LaneStops from failure
    except _Changed as change:
        lane.hold(row, change.message)
    return None


def _wait(lane: Lane, row: Publication, failure: Unavailable) -> None:
    """Only what the network asks for excuses a thread that stands still; our own patience does not."""
    if asked := asked_wait(failure):
        lane.journal.waits.grant(row, failure.message, lane.clock.now() + asked)
    else:
        lane.journal.waits.try_later(row, failure.message, lane.clock.now() + WAIT_AFTER_FAILURE)


def why_unfit(lane: Lane, row: Publication, limits: Limits) -> str:
    """Why the network would not take a part's pictures as its limits are now; empty when it would."""
    try:
        files = [lane.surroundings.media(media.path) for media in row.media]
    except ContentkitError as error:
        return error.message
    return "; ".join(one.why for one in misfits(files, [media.alt for media in row.media], limits))


class _Changed(StateError):
    """The picture is no longer the one that was approved."""


def _attachment(lane: Lane, media: Media) -> Attachment:
    """Exactly the bytes that were approved, read once. Raises _Changed when the file has others now."""
    try:
        file: MediaFile = lane.surroundings.media(media.path)
    except ContentkitError as error:
        raise _Changed(error.message) from error
    if file.digest != media.digest:
        raise _Changed(f"{media.path}: edited after the approval")
    return Attachment(
        path=media.path, data=file.data, digest=file.digest, mime=file.mime, kind=file.kind, alt=media.alt
    )
