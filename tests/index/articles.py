"""Records of articles about a made-up coast, as a feed gives them."""

from __future__ import annotations

from typing import Any

LEAD = "A ferry with 212 people on board ran aground off Veltport on Monday, the coastguard said."
RESCUE = "Nobody was hurt, said Mara Lind, who leads the rescue. “We have two tugs beside her,” she added."
DENIAL = "Tarn Lines denied that its captain had been warned. “Nobody told us of any fog,” its director Jo Vale said."
WARNING = "According to the harbour master Piet Sommer, a warning had been sent to all ships at half past five."
TIDE = "High tide is shortly before midnight, and the coastguard hopes to free the ship then."
ALL = (LEAD, RESCUE, DENIAL, WARNING, TIDE)


def record(name: str, *paragraphs: str, **fields: Any) -> dict[str, Any]:
    """A record whose id is its address, unless `fields` say otherwise."""
    given = {"url": f"https://orlapost.example/{name}", "title": f"Ferry aground: {name}", "outlet": "Orla Post"}
    return {**given, "text": "\n\n".join(paragraphs or ALL), **fields}


def note(number: int, *, who: str = "Tom Vale") -> dict[str, Any]:
    """A short report of its own, like no other."""
    road = f"Lane{number} between Mill{number} and Quay{number}"
    return {
        "id": f"n{number}",
        "title": f"Note {number}",
        "text": f"{road} is open again, said {who} of council {number}. It was shut for {number} weeks of work.",
    }
