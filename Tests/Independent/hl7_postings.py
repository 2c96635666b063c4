"""Reads DFT^P03 messages on standard input: strictly with hl7apy, then with hl7. Prints, as JSON, the
units of every code (charges less credits), the ids of the charges, and the patients' family names."""

import collections
import json
import sys

import hl7
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message

text = sys.stdin.buffer.read().decode("utf-8")
sums, charges, credits, names = collections.Counter(), [], [], []
for body in ("\r" + text).split("\rMSH|")[1:]:
    whole = "MSH|" + body.rstrip("\r") + "\r"
    strict = parse_message(whole, validation_level=VALIDATION_LEVEL.STRICT, find_groups=True)
    assert strict.validate()
    message = hl7.parse(whole)
    names.append(message.unescape(str(message.segment("PID")[5][0][0])))
    for number, segment in enumerate(message.segments("FT1"), 1):
        assert str(segment[1]) == str(number)
        kind = str(segment[6])
        (charges if kind == "CG" else credits).append(str(segment[2]))
        sums[str(segment[7][0][0])] += {"CG": 1, "CD": -1}[kind] * int(str(segment[10]))
assert set(credits) <= set(charges) or len(names) == 1
json.dump({"sums": sums, "charges": charges, "credits": credits, "names": names}, sys.stdout)
