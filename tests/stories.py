"""Small made-up articles that several tests read."""

DAM = """Outlet: Orla Post
Date: 2026-02-03
URL: https://orlapost.example/dam

Dam at Orla holds after heavy rain

The dam at Orla is safe, Mayor Ana Ruiz said on Monday.

The operator, Brightwater, denied that it had ignored a warning. “We checked every gate in January,” said Piet Sommer,
its director.

According to the Residents' League, more than 40 families have left the valley.

“Nobody told us anything,” a woman who asked not to be named said.

Rain fell for eleven days in the upper valley.
"""

STRIKE = """Outlet: Harbour Times
Date: 2026-02-10

Port workers vote to strike

The union of port workers will stop work on Friday, its leader Olga Brandt told Radio Lume.

Brandt said: “We have waited two years for a contract.”

The port authority declined to comment.
"""

FERRY = """A ferry with 212 people on board ran aground off Veltport on Monday morning, the coastguard said.

The ship, the Lady Orla, left the harbour at six in thick fog and struck a sandbank twenty minutes later. Nobody was
hurt, said Mara Lind, who leads the rescue. “We have two tugs beside her and a third on its way,” she added.

Tarn Lines, which owns the ferry, denied that its captain had been warned. “Nobody told us of any fog before she
sailed,” its director Jo Vale said by telephone.

According to the harbour master, a warning had been sent to all ships at half past five. He showed reporters a printed
copy of it.

Passengers were given blankets and tea. One of them, a teacher from Orla, said that the crew had been calm but knew very
little. “They told us to sit down and wait for the tide,” she said.

High tide is shortly before midnight. The coastguard hopes to free the ship then, and has asked owners of small boats to
keep away from the sandbank.
"""


def reworded(text: str, *, every: int) -> str:
    """The text with every so-manieth word replaced by another."""
    words = text.split(" ")
    return " ".join(f"changed{at}" if at % every == 0 else word for at, word in enumerate(words))
