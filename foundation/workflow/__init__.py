"""One state engine: a lifecycle is a table of moves, and `move()` is the only writer of a state.

Who may make a move, from where, with which papers, and why the law says so stands in the table; pages draw
their buttons from it, documents their diagrams, and one exhaustive test walks every table against the engine.
What differs by area (which steps, in which order, what may be skipped) is a path: data with an area and a day.
"""
