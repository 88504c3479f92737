"""The system of record: posts, comments, sources and imports, in SQLite.

The index can always be rebuilt from here. What an import reads is staged in temporary tables and then
applied in one transaction: an import happens as a whole or not at all, memory stays flat however large
the export, and what changed is decided in the database, by comparing digests.
"""

from search.store.recollection import Recollection
from search.store.staging import Staging
from search.store.store import Store
from search.store.transaction import Transaction

__all__ = ["Recollection", "Staging", "Store", "Transaction"]
