"""What a laptop answers, held against what the laptop says of its own API."""

import json
import re
from functools import cache

import cbor2
import jsonschema_rs
import requests

JSON, GEOJSON, CBOR = "application/json", "application/geo+json", "application/cbor"


class Description:
    """The answers of one laptop as its `openapi.json` describes them."""

    def __init__(self, document: dict, to_json):
        self.document = document
        self.to_json = to_json
        # Those that succeeded, by method and path.
        self.answered: set[tuple[str, str]] = set()
        # Whole names go before those with a place for anything.
        paths = sorted(document["paths"], key=lambda path: path.count("{"))
        self.paths = [(re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), path) for path in paths]

    @property
    def operations(self) -> set[tuple[str, str]]:
        methods = {"get", "post", "patch", "options"}
        items = self.document["paths"].items()
        return {(name.upper(), path) for path, item in items for name in methods & item.keys()}

    def check(self, method: str, path: str, response: requests.Response) -> None:
        """Raises if the answer to a described request is not as described."""
        template = next((template for known, template in self.paths if known.fullmatch(path)), None)
        # Whoever asks for the headers alone gets those of the whole.
        method = "GET" if method == "HEAD" else method
        operation = self.document["paths"].get(template, {}).get(method.lower())
        if operation is None:
            return
        status = str(response.status_code)
        name = status if status in operation["responses"] else "default"
        assert name != "default" or not response.ok, f"{method} {template}: {status} is not described"
        content = operation["responses"][name].get("content", {})
        media_type = response.headers.get("Content-Type", "").split(";")[0]
        is_described = media_type in content or "*/*" in content
        is_described |= not response.content
        assert is_described, f"{method} {template}: {media_type} is not described"
        if response.content and media_type in content and media_type in (JSON, GEOJSON, CBOR):
            self.check_body(content[media_type]["schema"], media_type, response)
        if response.ok:
            self.answered.add((method, template))

    def check_body(self, schema: dict, media_type: str, response: requests.Response) -> None:
        if media_type == CBOR:
            body = self.to_json(cbor2.loads(response.content))
        else:
            body = response.json()
        self.validator(json.dumps(schema)).validate(body)

    @cache
    def validator(self, schema: str) -> jsonschema_rs.Draft202012Validator:
        whole = {"components": self.document["components"], **json.loads(schema)}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
