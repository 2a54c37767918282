"""Who may see what (DESIGN §8): what is proposed of each unit, what people decide, and the level in force.

Closed is where everything begins. What the archive learns can only close; only a releaser's decision opens, and it
opens exactly what was in view.
"""
