"""Tells what LibreOffice made of a table: reads a flat OpenDocument spreadsheet (.fods) named by the
argument, and prints its rows as JSON, each cell its type, its text, its value and its formula."""

import json
import sys
import xml.etree.ElementTree as tree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def inner(node):
    yield node.text or ""
    for child in node:
        if child.tag == TEXT + "s":
            yield " " * int(child.get(TEXT + "c", "1"))
        elif child.tag == TEXT + "tab":
            yield "\t"
        elif child.tag == TEXT + "line-break":
            yield "\n"
        else:
            yield from inner(child)
        yield child.tail or ""


rows = []
sheet = next(tree.parse(sys.argv[1]).iter(TABLE + "table"))
for row in sheet.iter(TABLE + "table-row"):
    if int(row.get(TABLE + "number-rows-repeated", "1")) > 1000:
        continue
    cells = []
    for cell in row.findall(TABLE + "table-cell"):
        found = {
            "type": cell.get(OFFICE + "value-type", ""),
            "text": "\n".join("".join(inner(part)) for part in cell.findall(TEXT + "p")),
            "value": cell.get(OFFICE + "value", cell.get(OFFICE + "date-value", "")),
            "formula": cell.get(TABLE + "formula", ""),
        }
        repeated = int(cell.get(TABLE + "number-columns-repeated", "1"))
        cells += [found] * (repeated if repeated < 100 else 0)
    rows.append(cells)
json.dump({"rows": rows}, sys.stdout)
