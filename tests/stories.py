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
