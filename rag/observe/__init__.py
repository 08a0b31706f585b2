"""What the program tells about itself: logs, timings and figures. Quiet unless asked, and no text of an article."""

from rag.observe.logs import configure_logs, tell
from rag.observe.stages import STAGES, Timings, collect_timings, timed, timed_items
from rag.observe.watching import watch_answer, watch_run

__all__ = [
    "STAGES",
    "Timings",
    "collect_timings",
    "configure_logs",
    "tell",
    "timed",
    "timed_items",
    "watch_answer",
    "watch_run",
]
