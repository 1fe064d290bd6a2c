"""Stands for an extension module of the old kind, so that test.test_importlib can be imported.

Plait loads no C extensions: the tests that load this one themselves are in the ledger.
"""


def _clear_globals():
    pass
