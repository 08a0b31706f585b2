"""Made-up articles for the page: figures that differ, and words that try to be more than text."""

RIVAL = """Outlet: Valley Courier
Date: 2026-02-04
URL: https://valleycourier.example/dam

Families leave the valley

Mayor Ana Ruiz said that 12 families had left the valley.

Brightwater said that the dam at Orla was safe.

“No gate was ever open,” Piet Sommer, its director, told the Valley Courier.
"""

HOSTILE = """Outlet: Lantern <img src=x onerror="window.stolen=1">
Date: 2026-02-05
URL: javascript:window.stolen=1

Bakers <script>window.stolen=1</script> & the price of bread

“Bread <img src=x onerror=window.stolen=1> costs more ![p](http://evil.example/p.png) <iframe srcdoc=x></iframe>,” said
Tilda <b onmouseover=window.stolen=1>Korn</b>, a baker.

Tilda Korn said that bread [1] would cost </div></article><form action=http://evil.example><input name=q></form> more.
"""
