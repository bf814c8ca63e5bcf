"""The answer that hands out a file: as a download, of a fixed type, which no browser runs and no cache keeps."""

from collections.abc import Iterable

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from foundation.files.content import ENDINGS, display_name

#: A file that a browser opens all the same may load, run and send nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def download(
    pieces: Iterable[bytes], *, name: str, media_type: str, size: int | None, inline: bool = False
) -> HttpResponseBase:
    """Answer with a file, streamed. `inline` is for thumbnails that we made ourselves, and nothing else."""
    if media_type not in ENDINGS:
        raise ValueError(f"Files of type {media_type} are not handed out.")
    answer = StreamingHttpResponse(pieces, content_type=media_type)
    disposition = content_disposition_header(
        as_attachment=not inline, filename=display_name(name, media_type)
    )
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = "no-store"
    if size is not None:
        answer.headers["Content-Length"] = str(size)
    return answer
