"""Validates HL7 v2 messages on standard input strictly with hl7apy, then prints, as JSON, what the
library hl7 reads in each: a list of segments, each its name and a map from places to texts, where
a place is FIELD.REPETITION.COMPONENT and escapes are undone."""

import json
import sys

import hl7
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message

text = sys.stdin.buffer.read().decode("utf-8")
messages, envelope = [], []
for segment in text.split("\r"):
    if not segment:
        continue
    if segment[:3] in ("FHS", "BHS", "BTS", "FTS"):
        envelope.append(segment)
        continue
    if segment.startswith("MSH"):
        messages.append([])
    messages[-1].append(segment)

read = []
for segments in messages:
    whole = "\r".join(segments) + "\r"
    strict = parse_message(whole, validation_level=VALIDATION_LEVEL.STRICT, find_groups=True)
    assert strict.validate()
    message = hl7.parse(whole)
    rows = []
    for segment in message:
        places = {}
        for number in range(1, len(segment)):
            field = segment[number]
            if isinstance(field, str) or number <= 2 and str(segment[0]) == "MSH":
                if str(field):
                    places[str(number)] = str(field)
                continue
            for repetition, part in enumerate(field, 1):
                components = [part] if isinstance(part, str) else part
                for component, value in enumerate(components, 1):
                    if str(value):
                        places[f"{number}.{repetition}.{component}"] = message.unescape(str(value))
        rows.append([str(segment[0]), places])
    read.append(rows)
json.dump({"messages": read, "envelope": envelope}, sys.stdout)
