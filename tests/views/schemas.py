"""What other programs read, as schemas: closed, so that a key that they do not know is a fault.

SARIF: of the objects that section 3 of SARIF 2.1.0 describes, those that contentkit writes, with the properties that are there.
GitLab: its page on reports of code quality.
"""

from __future__ import annotations

from typing import Any


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": required | optional,
        "required": list(required),
        "additionalProperties": False,
    }


def _several(items: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "uniqueItems": True}


_TEXT = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
# A relative reference of RFC 3986, as 3.4.3 wants it: no space, no backslash, nothing that looks like a scheme.
_REFERENCE = {"type": "string", "pattern": r"^[A-Za-z0-9._~!$&'()*+,;=@%/-]+$", "not": {"pattern": "^(/|[A-Za-z]+:)"}}
_MESSAGE = _object({"text": _TEXT})
_REGION = _object({"startLine": _COUNT}, startColumn=_COUNT, endLine=_COUNT, endColumn=_COUNT)
_PLACE = _object({"artifactLocation": _object({"uri": _REFERENCE}, uriBaseId=_TEXT)}, region=_REGION)
_RULE = _object(
    {"id": _TEXT},
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MESSAGE,
    defaultConfiguration=_object({"level": _LEVEL}),
)
_RESULT = _object(
    {
        "message": _MESSAGE,
        "ruleId": _TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": _LEVEL,
        "locations": _several(_object({"physicalLocation": _PLACE}), 1),
        "partialFingerprints": {"type": "object", "additionalProperties": _TEXT, "minProperties": 1},
        "suppressions": _several(_object({"kind": {"enum": ["inSource", "external"]}}, justification=_TEXT)),
    }
)
_DRIVER = _object(
    {"name": _TEXT}, semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"}, rules=_several(_RULE)
)
SARIF = _object(
    {
        "version": {"const": "2.1.0"},
        "$schema": {
            "type": "string",
            "pattern": "^https://docs\\.oasis-open\\.org/sarif/.*sarif-schema-2\\.1\\.0\\.json$",
        },
        "runs": _several(
            _object(
                {"tool": _object({"driver": _DRIVER}), "results": {"type": "array", "items": _RESULT}},
                columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                originalUriBaseIds={"type": "object", "additionalProperties": _object({"description": _MESSAGE})},
            ),
            1,
        ),
    }
)
CODE_QUALITY = _several(
    _object(
        {
            "description": _TEXT,
            "check_name": _TEXT,
            "fingerprint": _TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": _object({"path": {"type": "string", "pattern": "^[^./]"}, "lines": _object({"begin": _COUNT})}),
        }
    )
)
