"""How the weights in `rag/attribution/model` were made. Needs torch; nothing at run time imports it."""

import os

# Before torch starts its threads: those that wait by spinning took three times the processor time on a shared machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
