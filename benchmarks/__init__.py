"""How fast the program is, as ratios: each figure against the bare limit of the same work, in the same run.

`limits` holds the least that the work can be: nothing of ours is imported there. `ours` does it with the program.
Both run as processes of their own, in interleaved rounds, so that a busy machine slows both.
"""
