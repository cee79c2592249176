"""The team file: lanes, hubs, the engine; it moves lines and knows no business (docs/TEAM-FILE.md).

What others use:

- ``engine.sync(db, path, clock, …) -> SyncReport``: one exchange: pull, write what waits, read it back, heal.
- ``aside.sync_aside(…) -> SyncReport``: the same in a process of its own, where keys are to be answered meanwhile.
- ``teams.create_team``, ``teams.join_team``: found a team, join one. TeamExists, TeamNotThere, TeamMismatch.
- ``home.claim_lane(db, entropy)``: whenever a home is opened; a copied one goes on in a lane of its own.
- ``anchors``: which anchor a home goes by, writing a lost one again; ``moving``: a home of a second founding moves.
- ``layout``: ``Anchor``, ``TeamPaths``, ``read_anchor``, ``write_anchor``, ``segment_path``: where everything lies.
- ``report``: ``SyncReport``, ``Progress``, and what ``sync`` takes to show progress and to stop.
- ``files.Files``: the one layer over the drive; tests hand in one with faults.

What there is to see of the exchange is read from ``app.store``: ``exchange_log`` (states of changes, what waits,
forks, what the team file lacks) and ``sources`` (files read, lines set aside).

Inside: ``standing`` is what the database knew when the exchange began, ``listing`` what lies in the folder, ``survey``
says what to read of it, ``reading`` and ``lines`` read a file, ``pull`` applies it, ``publish`` and ``acks`` write
the own lane by way of ``writing``, ``healing`` writes again what others lost; ``locking`` lets one at a time in.
"""
