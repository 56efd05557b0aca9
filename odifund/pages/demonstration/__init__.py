"""The demonstration: rounds of the stimulus fund around today, played through the portal's own actions.

`content/` holds the words; the modules tell who does what, when. Nothing here writes a row of its
own: every step is an action, taken by a person of the cast at a held moment.
"""
