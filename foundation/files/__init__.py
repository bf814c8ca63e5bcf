"""Files: attachments sealed by the vault, the store they lie in, their retention, forms as PDF, lists as workbooks.

A file is sealed while it arrives (`drafts`), looked at (`content`, `pictures`), kept in the store under the digest of
its sealed form (`stores`, `attaching`), shown through the door of what it belongs to (`owners`, `looking`), and
destroyed when its time has come (`retention`). docs/decisions/0008 says why it is built so.
"""
