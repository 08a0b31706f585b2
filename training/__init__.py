"""How the weights in `rag/attribution/model` were made. Needs torch; nothing at run time imports it."""
