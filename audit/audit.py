#!/usr/bin/env python3
"""Audits a public log of mineral titles with nothing of the registry's: Python's standard library, and openssl for signatures.

    audit.py --key VKEY [--witness VKEY ...] [--earlier CHECKPOINT ...] [--items URL-OR-FILE] URL-OR-DIRECTORY

It checks the signatures of the checkpoint, every tile and every entry against the signed root, that earlier checkpoints (files that you
kept) are of the same history, and then decides from the entries alone who holds which cells. It reads no status that the registry
computed. With --items it compares what it found with what the registry shows. The formats: c2sp.org/tlog-tiles, tlog-checkpoint,
signed-note, tlog-cosignature; the entries: docs/log-entries.md. Exit code: 0 no faults, 1 faults, 2 it could not be run.
"""
import argparse
import base64
import binascii
import datetime
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zlib

MOST_NOTE, MOST_TILE, MOST_BUNDLE, MOST_OBJECT, MOST_ITEMS = 131_072, 8_192, 256 * 65_537, 1 << 26, 1 << 30
OBJECTS = "objects/"  # where values that are too long for an entry lie, by their SHA-256
ED25519, COSIGNATURE = 1, 4
DER_OF_ED25519 = bytes.fromhex("302a300506032b6570032100")


class Fault(Exception):
    """Something that cannot be read or verified at all: the audit ends with it."""


class Source:
    """Where a log is: an address, or a directory with a static copy."""

    def __init__(self, place):
        self.place = place.rstrip("/")
        self.is_remote = place.startswith(("http://", "https://"))

    def read(self, path, most):
        """The bytes of a resource; None where there is none."""
        try:
            if not self.is_remote:
                with open(os.path.join(self.place, path), "rb") as file:
                    data = file.read(most + 1)
            else:
                request = urllib.request.Request(f"{self.place}/{path}", headers={"Accept-Encoding": "gzip, identity"})
                with urllib.request.urlopen(request, timeout=60) as answer:
                    data = answer.read(most + 1)
                    if answer.headers.get("Content-Encoding") == "gzip":
                        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(most + 1)
        except FileNotFoundError:
            return None
        except urllib.error.HTTPError as fault:
            if fault.code == 404:
                return None
            raise Fault(f"{path}: {fault}") from fault
        except (OSError, EOFError, zlib.error) as fault:
            raise Fault(f"{path}: {fault}") from fault
        if len(data) > most:
            raise Fault(f"{path} has more than {most} bytes")
        return data

    def tile(self, level, number, width, most):
        """A tile or bundle; where only the full one is kept, its beginning."""
        digits = f"{number:03}"
        digits = digits.zfill((len(digits) + 2) // 3 * 3)
        groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
        path = f"tile/{level}/" + "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
        data = self.read(path if width == 256 else f"{path}.p/{width}", most)
        return self.read(path, most) if data is None and width < 256 else data


# ---------------------------------------------------------------- signatures

def unbase64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("another spelling of base64")
    return data


class Key:
    """A public key in the form name+id+base64."""

    def __init__(self, text):
        try:
            self.name, self.id, encoded = text.strip().split("+", 2)
            data = unbase64(encoded)
        except ValueError as fault:
            raise Fault(f"no public key: {text[:80]!r}") from fault
        self.kind, self.key = data[0], data[1:]
        if self.kind not in (ED25519, COSIGNATURE) or len(self.key) != 32:
            raise Fault(f"the key of {self.name} is not Ed25519, the only kind that openssl 3.0 verifies")
        if hashlib.sha256(self.name.encode() + b"\n" + data).hexdigest()[:8] != self.id:
            raise Fault(f"the key of {self.name} does not have the id {self.id}")

    def verifies(self, message, signature):
        with tempfile.TemporaryDirectory() as work:
            paths = {name: os.path.join(work, name) for name in ("key", "message", "signature")}
            for name, data in (("key", DER_OF_ED25519 + self.key), ("message", message), ("signature", signature)):
                with open(paths[name], "wb") as file:
                    file.write(data)
            done = subprocess.run(
                ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths["key"], "-rawin",
                 "-in", paths["message"], "-sigfile", paths["signature"]], capture_output=True, check=False)
            return done.returncode == 0


class Checkpoint:
    """A signed checkpoint whose log signature, and whose known cosignatures, are genuine."""

    def __init__(self, note, key, witnesses=()):
        try:
            text, signatures = note.decode().rsplit("\n\n", 1)
            self.text = text + "\n"
            origin, size, root = self.text.split("\n")[:3]
            self.size, self.root = int(size), unbase64(root)
            if str(self.size) != size or len(self.root) != 32 or not signatures.endswith("\n"):
                raise ValueError("size or root")
            lines = [line.split(" ") for line in signatures[:-1].split("\n")]
            signed = [(name, unbase64(data)) for dash, name, data in lines if dash == "—"]
        except ValueError as fault:
            raise Fault(f"the checkpoint is malformed: {fault}") from fault
        if origin != key.name:
            raise Fault(f"the checkpoint is of another log: {origin!r}, not {key.name!r}")
        if not self.check(key, signed):
            raise Fault("the checkpoint bears no signature of the log's key")
        self.cosigned = [witness.name for witness in witnesses if self.check(witness, signed)]

    def check(self, key, signed):
        found = False
        for name, data in signed:
            if (name, data[:4].hex()) != (key.name, key.id):
                continue
            message, signature = self.text.encode(), data[4:]
            if key.kind == COSIGNATURE:
                at = int.from_bytes(signature[:8], "big")
                message, signature = f"cosignature/v1\ntime {at}\n{self.text}".encode(), signature[8:]
            if not key.verifies(message, signature):
                raise Fault(f"the signature of {key.name} is not genuine")
            found = True
        return found


# ---------------------------------------------------------------- the tree

def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The Merkle tree over leaves that are appended (RFC 9162, section 2.1), and the hashes of its tiles above level 0."""

    def __init__(self):
        self.size, self.stack, self.upper = 0, [], {}

    def append(self, leaf):
        self.stack.append(leaf)
        self.size += 1
        size, height = self.size, 0
        while size % 2 == 0:
            size, height = size // 2, height + 1
            right = self.stack.pop()
            self.stack[-1] = node(self.stack[-1], right)
            if height % 8 == 0:
                self.upper.setdefault(height // 8, []).append(self.stack[-1])

    def root(self):
        if not self.stack:
            return hashlib.sha256(b"").digest()
        root = self.stack[-1]
        for left in reversed(self.stack[:-1]):
            root = node(left, root)
        return root


def entries_of(bundle, width, number):
    entries, at = [], 0
    for _ in range(width):
        length = int.from_bytes(bundle[at:at + 2], "big")
        if at + 2 + length > len(bundle):
            raise Fault(f"the bundle of entries {number} is cut")
        entries.append(bundle[at + 2:at + 2 + length])
        at += 2 + length
    if at != len(bundle):
        raise Fault(f"the bundle of entries {number} has more than its entries")
    return entries


def walk(source, checkpoint, earlier):
    """Gives every entry with its leaf hash once, after its tile agrees; at the end the root must be the one that was signed."""
    tree, sizes = Tree(), {}
    for kept in earlier:
        sizes.setdefault(kept.size, []).append(kept)
    for number in range((checkpoint.size + 255) // 256):
        width = min(256, checkpoint.size - number * 256)
        bundle, tile = source.tile("entries", number, width, MOST_BUNDLE), source.tile(0, number, width, MOST_TILE)
        if bundle is None or tile is None:
            raise Fault(f"the log lacks the bundle or the tile {number} of its entries")
        for at, entry in enumerate(entries_of(bundle, width, number)):
            leaf = hashlib.sha256(b"\x00" + entry).digest()
            if tile[at * 32:at * 32 + 32] != leaf:
                raise Fault(f"entry {tree.size} is not the one of its tile")
            tree.append(leaf)
            for kept in sizes.pop(tree.size, []):
                if kept.root != tree.root():
                    raise Fault(f"the log has forked: the checkpoint of {kept.size} entries that you kept has another root; keep both")
            yield entry, leaf
    if tree.root() != checkpoint.root:
        raise Fault("the entries do not have the root that the log signed")
    for level, hashes in tree.upper.items():
        for number in range((len(hashes) + 255) // 256):
            wanted = hashes[number * 256:number * 256 + 256]
            tile = source.tile(level, number, len(wanted), MOST_TILE)
            if tile is None or tile[:len(wanted) * 32] != b"".join(wanted):
                raise Fault(f"tile {number} of level {level} is missing or not that of the entries")
    if any(size > 0 for size in sizes):
        raise Fault(f"the log has gone back: a checkpoint that you kept has {max(sizes)} entries, this one {checkpoint.size}")


# ---------------------------------------------------------------- the register

UNDECIDED, GRANTED = "undecided", "granted"
ENDS = {"refused": UNDECIDED, "withdrawn": UNDECIDED, "surrendered": GRANTED, "expired": GRANTED}
SHOWN = {"applied": UNDECIDED, "queued": UNDECIDED, "granted": GRANTED, "suspended": GRANTED}
DECISIONS = ("granted", "refused", "reconsidered", "expired")


class Title:
    """A license block as its entries make it."""

    def __init__(self, sequence, event, cells):
        self.filed, self.cells, self.status = sequence, cells, UNDECIDED
        self.holder, self.number, self.expires = event["holder"]["id"], None, None
        self.is_exclusive = event["kind"].replace("-", "").lower() != "geologicalstudy"


def members_once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands there twice")
    return members


class Register:
    """Who holds which cells, by the entries in their order; and what of it is against the rules."""

    def __init__(self, source):
        self.source, self.faults, self.judged, self.others = source, [], 0, {}
        self.previous, self.sequence, self.at, self.law = bytes(32), 0, "", None
        self.versions, self.epochs, self.titles, self.numbers = {}, {}, {}, set()
        self.held, self.line = {}, {}  # by cell: the title that holds it; the undecided applications in their order

    def fault(self, rule, words):
        self.faults.append(f"entry {self.sequence - 1}: {rule}: {words}")

    def read(self, entry, leaf):
        self.sequence += 1
        try:
            parsed = json.loads(entry, object_pairs_hook=members_once)
            self.chain(parsed)
            event, (kind, name) = parsed["event"], parsed["stream"].split("/", 1)
            self.order(parsed)
            self.lawful(parsed, kind, event)
            if kind == "license-blocks" and event["type"] != "withheld":
                self.title(name, event)
                self.judged += 1
            elif kind == "law" or event["type"] in ("withheld", "erased"):
                self.judged += 1
            else:
                label = f"{kind} {event['type']}"
                self.others[label] = self.others.get(label, 0) + 1
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
            self.fault("malformed", f"it cannot be read: {type(fault).__name__} {fault}")
        self.previous = leaf

    def chain(self, entry):
        if entry["sequence"] != self.sequence:
            self.fault("sequence", f"it says that it is number {entry['sequence']}, and stands at {self.sequence}")
        if entry["previous"] != self.previous.hex():
            self.fault("chain", "the entry before it is not the one that it names")
        version = self.versions.get(entry["stream"], 0) + 1
        if entry["version"] != version:
            self.fault("version", f"{entry['stream']} goes from version {version - 1} to {entry['version']}")
        self.versions[entry["stream"]] = entry["version"]

    def order(self, entry):
        if entry["at"] < self.at:
            self.fault("date", f"{entry['at']} is before {self.at}, which stands ahead of it")
        datetime.datetime.fromisoformat(entry["at"][:19])
        self.at = max(self.at, entry["at"])
        for sheet, epoch in entry.get("epochs", []):
            if epoch < self.epochs.get(sheet, 0):
                self.fault("epoch", f"it was decided by epoch {epoch} of sheet {sheet}, after epoch {self.epochs[sheet]} had decided")
            self.epochs[sheet] = max(epoch, self.epochs.get(sheet, 0))

    def lawful(self, entry, kind, event):
        if kind == "law" and event["type"] == "adopted":
            self.law = event["sha256"]
            if self.beside(event["form"])["regime"] != entry["stream"].split("/", 1)[1] or event["form"]["object"] != self.law:
                self.fault("law", f"what was adopted as {self.law} is another law, or another regime's")
        elif entry.get("law") not in (None, self.law):
            self.fault("law", f"it was decided by {entry['law']}, and in force is {self.law}")
        elif self.law and event["type"] in DECISIONS and kind == "license-blocks" and "law" not in entry:
            self.fault("law", "the decision does not say by which law")

    def beside(self, value):
        data = self.source.read(OBJECTS + value["object"], MOST_OBJECT)
        if data is None or hashlib.sha256(data).hexdigest() != value["object"]:
            raise ValueError(f"the object {value['object']} that lies beside it is missing or another")
        return json.loads(data)

    def cells(self, value):
        if isinstance(value, dict):
            value = self.beside(value)
        if not all(isinstance(cell, int) for cell in value):
            raise ValueError("its cells are no numbers")
        return set(value)

    def title(self, name, event):
        kind = event["type"]
        if kind == "applied":
            if name in self.titles:
                self.fault("life", f"{name} was filed already")
            title = self.titles[name] = Title(self.sequence, event, self.cells(event["cells"]))
            for cell in title.cells if title.is_exclusive else ():
                self.line.setdefault(cell, []).append(title)
            return
        title = self.titles[name]
        if kind == "reconsidered":
            self.expect(title, UNDECIDED, kind)
            self.strike(title, self.cells(event["struck"]))
        elif kind == "granted":
            self.expect(title, UNDECIDED, kind)
            self.grant(title, event)
        elif kind == "relinquished":
            self.expect(title, GRANTED, kind)
            self.leave(title, self.cells(event["cells"]))
        elif kind in ENDS:
            self.expect(title, ENDS[kind], kind)
            if kind == "expired" and title.expires and self.day(1) <= title.expires:
                self.fault("term", f"the term ends with {title.expires}")
            self.leave(title, set(title.cells), keep=True)
            title.status = kind
        else:
            raise ValueError(f"{kind} is no event of a license block")

    def expect(self, title, status, kind):
        if title.status != status:
            self.fault("life", f"what is {title.status} cannot be {kind}")

    def strike(self, title, struck):
        for cell in struck:
            holder = self.held.get(cell)
            if cell not in title.cells or holder is None or holder.filed > title.filed:
                self.fault("strike", f"cell {cell} is struck out, and no earlier application was granted it")
                break
        self.leave(title, struck)

    def grant(self, title, event):
        if title.is_exclusive:
            for cell in title.cells:
                if cell in self.held:
                    self.fault("double", f"cell {cell} is held already, by the application of entry {self.held[cell].filed - 1}")
                    break
            for cell in title.cells:
                first = self.line.get(cell, [title])[0]
                if first is not title and first.filed < title.filed:
                    self.fault("queue", f"the application of entry {first.filed - 1} for cell {cell} came first and is undecided")
                    break
            self.unqueue(title, title.cells)
            for cell in title.cells:
                self.held.setdefault(cell, title)
        if not title.cells:
            self.fault("ground", "no cell is left of it")
        title.status, title.number, title.expires = GRANTED, event["number"], event["expiresOn"]
        if not title.number.startswith(f"{title.filed}-") or title.number in self.numbers:
            self.fault("number", f"{title.number} is not the number of the filing {title.filed}, or was given twice")
        self.numbers.add(title.number)
        if not self.day(-1) <= event["grantedOn"] <= self.day(1) or title.expires <= event["grantedOn"]:
            self.fault("date", f"granted on {event['grantedOn']} until {title.expires} by an entry of {self.at}")

    def day(self, more):
        # Within a day: the date is that of the jurisdiction, and the instant that of UTC.
        return str(datetime.date.fromisoformat(self.at[:10]) + datetime.timedelta(days=more))

    def leave(self, title, cells, keep=False):
        if not cells <= title.cells:
            self.fault("ground", "cells are given up or struck out that are not part of it")
        if title.status == UNDECIDED:
            self.unqueue(title, cells)
        for cell in cells:
            if self.held.get(cell) is title:
                del self.held[cell]
        if not keep:
            title.cells -= cells

    def unqueue(self, title, cells):
        for cell in cells:
            waiting = self.line.get(cell, [])
            if title in waiting:
                waiting.remove(title)
                if not waiting:
                    del self.line[cell]

    def compare(self, features):
        """What the registry shows against what the entries say."""
        shown = {}
        for feature in features:
            properties = feature["properties"]
            shown[str(feature["id"])] = (
                SHOWN.get(properties["status"], properties["status"]), properties["holder"]["id"],
                properties.get("number"), properties["cellCount"], properties["sequence"])
        for name, title in self.titles.items():
            mine = (title.status, title.holder, title.number, len(title.cells), title.filed)
            if name not in shown:
                self.faults.append(f"items: {name} is in the log and is not shown")
            elif shown.pop(name) != mine:
                self.faults.append(f"items: {name} is shown otherwise than the log has it: {mine}")
        self.faults.extend(f"items: {name} is shown and is not in the log" for name in shown)


def features_of(place, at):
    """All features of a GeoJSON file, or of the pages of an address, as at the instant of the last entry."""
    if not place.startswith(("http://", "https://")):
        with open(place, encoding="utf-8") as file:
            return json.load(file)["features"]
    features, address = [], f"{place}{'&' if '?' in place else '?'}limit=1000&as-at={at}"
    while address:
        page, most = None, MOST_ITEMS
        request = urllib.request.Request(address, headers={"Accept": "application/geo+json"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            page = json.loads(answer.read(most))
        features += page["features"]
        address = next((link["href"] for link in page.get("links", []) if link.get("rel") == "next"), None)
    return features


def audit(arguments):
    key, witnesses = Key(arguments.key), [Key(text) for text in arguments.witness]
    source = Source(arguments.log)
    note = source.read("checkpoint", MOST_NOTE)
    if note is None:
        raise Fault("there is no checkpoint")
    checkpoint = Checkpoint(note, key, witnesses)
    earlier = []
    for path in arguments.earlier:
        with open(path, "rb") as file:
            earlier.append(Checkpoint(file.read(MOST_NOTE), key))
    register = Register(source)
    for entry, leaf in walk(source, checkpoint, earlier):
        register.read(entry, leaf)
    if arguments.items:
        register.compare(features_of(arguments.items, register.at))
    print(f"log        {key.name}")
    print(f"tree       {checkpoint.size} entries, root {base64.b64encode(checkpoint.root).decode()}")
    print(f"witnesses  {', '.join(checkpoint.cosigned) or 'none that was named'}")
    print(f"titles     {sum(title.status == GRANTED for title in register.titles.values())} in force, {len(register.held)} cells held, "
          f"{sum(title.status == UNDECIDED for title in register.titles.values())} applications undecided")
    share = 100 * register.judged / checkpoint.size if checkpoint.size else 100
    print(f"judged     {register.judged} of {checkpoint.size} entries, {share:.1f} %")
    for label, count in sorted(register.others.items()):
        print(f"not judged {count} {label}: chain, version and date were checked, no rule of ground applies")
    for fault in register.faults[:1000]:
        print(f"FAULT      {fault}")
    print(f"{len(register.faults)} faults." if register.faults else "No faults.")
    return 1 if register.faults else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", required=True, help="the log's public key; from somebody you trust, not from the log")
    parser.add_argument("--witness", action="append", default=[], help="the public key of a witness whose cosignature is looked for")
    parser.add_argument("--earlier", action="append", default=[], help="a file with an earlier checkpoint, which has to be of the same history")
    parser.add_argument("--items", help="the registry's license blocks: .../collections/license-blocks/items, or a GeoJSON file")
    parser.add_argument("log", help="the log's address, or a directory with a copy")
    try:
        return audit(parser.parse_args())
    except Fault as fault:
        print(f"FAULT      {fault}")
        return 1
    except (OSError, binascii.Error, ValueError, KeyError) as fault:
        print(f"audit: {type(fault).__name__}: {fault}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
