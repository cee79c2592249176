"""What the screens are made of. Each module's docstring tells how its widgets are used.

``theme``: the two themes · ``panel``: Panel, Panes · ``queue_table``: QueueTable · ``detail``: DetailPane ·
``bars``: StatusHeader, TabsLine, LastDecision, KeyFooter · ``form``: Form, FormField · ``handover``: from the first
frame to the board · ``ink``: runs as strips and content.
Columns, cells, rows, countdowns and bars that need no Textual are in ``app.frame``.
"""
