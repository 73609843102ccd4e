"""A docx as a package of parts: some are replaced or added, every other stays bit for bit."""

from __future__ import annotations

import posixpath
from copy import copy
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from checker.read.packaged import open_package, parse_xml
from checker.read.wordprocessing import main_part, related
from checker.word.xml import child, serialise

_TYPES = "[Content_Types].xml"
_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_BARE = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


class Parts:
    """The parts of a document by their names (``word/document.xml``); changes are collected until it is saved.

    Raises ``ReadError`` for what is no document or not safe to open.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._package = data, open_package(data)
        self._changed: dict[str, bytes] = {}
        self.main = main_part(self._package)

    def tree(self, name: str) -> Any:
        """The root element of a part."""
        return parse_xml(self._read(name))

    def put(self, name: str, root: Any) -> None:
        """Replace a part."""
        self._changed[name] = serialise(root)

    def related(self, kind: str) -> str | None:
        """The name of the part that the main part names as its ``comments``, say."""
        return related(self._package, self.main, kind)

    def add(self, kind: str, root: Any, content_type: str) -> None:
        """Add a part beside the main one, with its content type and the relationship that makes it known."""
        folder = posixpath.dirname(self.main)
        name = self._free(posixpath.join(folder, kind))
        self.put(name, root)
        types = self.tree(_TYPES)
        child(types, "Override", PartName=f"/{name}", ContentType=content_type)
        self.put(_TYPES, types)
        self._relate(kind, posixpath.relpath(name, folder or "."))

    def save(self) -> bytes:
        """The document with its changes, the parts in their old order, new ones last."""
        out = BytesIO()
        with ZipFile(BytesIO(self._data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
            infos = {info.filename: info for info in source.infolist() if not info.is_dir()}
            for name, info in zip(self._package.names, infos.values(), strict=True):
                target.writestr(copy(info), self._read(name))
            for name in sorted(self._changed.keys() - set(self._package.names)):
                target.writestr(_entry(name), self._changed[name])
        return out.getvalue()

    def _read(self, name: str) -> bytes:
        return self._changed[name] if name in self._changed else self._package.read(name)

    def _relate(self, kind: str, target: str) -> None:
        folder, main = posixpath.split(self.main)
        name = posixpath.join(folder, "_rels", f"{main}.rels")
        relationships = self.tree(name) if name in self._package else parse_xml(_BARE)
        taken = {relationship.get("Id") for relationship in relationships}
        free = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        child(relationships, "Relationship", Id=free, Type=f"{self._type_base()}/{kind}", Target=target)
        self.put(name, relationships)

    def _type_base(self) -> str:
        """What the types of relationships begin with: strict documents have another beginning than the usual ones."""
        types: list[str] = [relationship.get("Type", "") for relationship in self.tree("_rels/.rels")]
        own = next((kind for kind in types if kind.endswith("/officeDocument")), _OFFICE_DOCUMENT)
        return own.rpartition("/")[0]

    def _free(self, stem: str) -> str:
        taken = {name.lower() for name in self._package.names}
        names = [f"{stem}.xml", *(f"{stem}{number}.xml" for number in range(1, len(taken) + 1))]
        return next(name for name in names if name.lower() not in taken)


def repack(data: bytes) -> bytes:
    """The same parts without the time of their making: the same document always has the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(_entry(name), source.read(name))
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    """A new entry of a zip, dated like none."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
