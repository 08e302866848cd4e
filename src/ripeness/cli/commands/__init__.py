"""The commands: one file each, and the file's name is the command's.

A file defines ``command``, an ordinary function with annotated options. Its docstring is the help.
Whatever takes time to import is imported inside the function, so that ``ripeness --help`` stays
fast. A command returns nothing: it ends by calling ``Output.finish`` or by raising one of the
errors in ``ripeness.errors``.
"""
