"""Makes files of this repository that change once in years; not in the wheel, and nothing of the package imports it.

`han` cuts the small face of Hangul, Kana and Han; `land` takes the shapes of the map from an atlas. A room of two:
each is started by a session of nox and has no other reader.
"""
