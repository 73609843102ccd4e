"""The web face: ``checker serve``.  Pages for clerks, an HTTP API for office systems; both decide nothing themselves.

``app`` puts it together; ``sessions`` holds all state; ``workers`` judge in processes of their own; ``guard`` and
``limits`` keep strangers and floods out; ``pages``, ``desk_pages``, ``rule_pages`` and ``api`` are thin handlers.
Needs the extra ``web``.
"""
