"""PREMIS 3 as CITS Preservation 1.0.1 asks for it: what is said of objects, events, agents and rights, and is it so?"""
