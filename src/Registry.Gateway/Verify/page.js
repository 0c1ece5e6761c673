// Checks a receipt of the public log (c2sp.org/tlog-proof) with the browser's own cryptography, and says in words what it proves.
// Nothing is loaded and nothing is sent. The same file runs in the tests under Node.

const MOST_BYTES = 256 * 1024;
const ED25519 = 1, COSIGNATURE = 4, MINUTES_AHEAD = 10;
const utf8 = new TextEncoder();

/** What is wrong with a receipt or a key, in words for the one who holds it. */
class NotProven extends Error {}

const fail = words => { throw new NotProven(words); };

function unbase64(text, what) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) || btoa(atob(text)) !== text)
    fail(`${what} is not base64.`);
  return Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
const number = (text, what) => /^(0|[1-9][0-9]{0,18})$/.test(text ?? '') ? BigInt(text) : fail(`${what} is no number.`);

async function readKey(text) {
  const parts = text.trim().split('+');
  if (parts.length < 3)
    fail('The public key has to be one line: name+id+letters.');
  const [name, id] = parts;
  const bytes = unbase64(parts.slice(2).join('+'), 'The public key');
  if (hex((await sha256(utf8.encode(name + '\n'), bytes)).slice(0, 4)) !== id)
    fail(`The public key of ${name} does not have the id ${id}: a letter of it was changed, or a part is missing.`);
  if ((bytes[0] !== ED25519 && bytes[0] !== COSIGNATURE) || bytes.length !== 33)
    fail(`The key of ${name} is of a kind that browsers cannot check; the command 'registry receipt verify' can.`);
  return { name, id, kind: bytes[0], key: bytes.slice(1) };
}

async function verifies(key, message, signature) {
  let imported;
  try {
    imported = await crypto.subtle.importKey('raw', key.key, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    fail('This browser does not know Ed25519, or the key is none. Use a newer browser, or the commands below.');
  }
  return signature.length === 64 && crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, message);
}

// Whether a key signed; a signature in its name that is not genuine spoils the receipt. Gives the time of a cosignature.
async function signedBy(key, text, signatures) {
  let found = null;
  for (const { name, bytes } of signatures) {
    if (name !== key.name || hex(bytes.slice(0, 4)) !== key.id)
      continue;
    let message = text, signature = bytes.slice(4), at = 0;
    if (key.kind === COSIGNATURE) {
      at = signature.length > 8 ? Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)) : fail('A cosignature is cut.');
      message = `cosignature/v1\ntime ${at}\n${text}`;
      signature = signature.slice(8);
    }
    if (!await verifies(key, utf8.encode(message), signature))
      fail(`The signature of ${key.name} is not genuine: the receipt or the key was changed.`);
    found = { at };
  }
  return found;
}

function parse(bytes) {
  if (bytes.length > MOST_BYTES)
    fail('The file is too long for a receipt.');
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail('The file is no text, so it is no receipt.');
  }
  const parts = text.split('\n\n');
  const [proof, checkpoint, signed] = [parts[0].split('\n'), parts[1]?.split('\n') ?? [], parts[2]?.split('\n') ?? []];
  if (proof[0] !== 'c2sp.org/tlog-proof@v1')
    fail('The file is no receipt: it does not begin with c2sp.org/tlog-proof@v1.');
  if (parts.length !== 3 || signed.pop() !== '' || checkpoint.length < 3)
    fail('The receipt is cut: its end is missing.');
  if (!proof[1]?.startsWith('extra '))
    fail('The receipt does not carry its entry.');
  if (!proof[2]?.startsWith('index '))
    fail('The receipt does not say which entry it is of.');
  return {
    entry: unbase64(proof[1].slice(6), 'The entry'),
    index: number(proof[2].slice(6), 'The place of the entry'),
    path: proof.slice(3).map(line => unbase64(line, 'A hash of the proof')),
    text: parts[1] + '\n',
    origin: checkpoint[0],
    size: number(checkpoint[1], 'The size of the tree'),
    root: unbase64(checkpoint[2], 'The root of the tree'),
    signatures: signed.map(line => {
      const [dash, name, data, more] = line.split(' ');
      return dash === '—' && name && more === undefined && data ? { name, bytes: unbase64(data, 'A signature') } : fail('A line of signature is malformed.');
    }),
  };
}

// RFC 9162, section 2.1.3.2.
async function rootOf(receipt) {
  let hash = await sha256([0], receipt.entry);
  let [fn, sn] = [receipt.index, receipt.size - 1n];
  for (const sibling of receipt.path) {
    if (sn === 0n || sibling.length !== 32)
      fail('The proof has a hash too many, or of another length.');
    if ((fn & 1n) === 1n || fn === sn) {
      hash = await sha256([1], sibling, hash);
      while ((fn & 1n) === 0n && fn !== 0n)
        [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      hash = await sha256([1], hash, sibling);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n ? hash : fail('The proof has a hash too few.');
}

/** Checks a receipt. Gives { proven, words, entry }; never throws for what a stranger can put in. */
export async function check(bytes, keyText, witnessText, now = Date.now()) {
  try {
    const key = await readKey(keyText);
    const witnesses = await Promise.all(witnessText.split('\n').filter(line => line.trim()).map(readKey));
    const receipt = parse(bytes);
    if (key.kind !== ED25519)
      fail('This is the public key of a witness, not of a log.');
    if (receipt.origin !== key.name)
      fail(`The receipt is of another log: ${receipt.origin}, not ${key.name}.`);
    if (!await signedBy(key, receipt.text, receipt.signatures))
      fail('The receipt bears no signature of this key.');
    if (receipt.index >= receipt.size)
      fail('The receipt is of an entry of the future: its tree ends before it.');
    if (!same(await rootOf(receipt), receipt.root))
      fail('The entry is not in the tree that the log signed: the entry or the proof was changed.');
    const seen = [];
    for (const witness of witnesses) {
      const cosigned = await signedBy(witness, receipt.text, receipt.signatures)
        ?? fail(`The witness ${witness.name} has not seen this tree. A receipt that is fetched again later may have its signature.`);
      if (cosigned.at * 1000 > now + MINUTES_AHEAD * 60_000)
        fail(`The signature of the witness ${witness.name} is of the future.`);
      seen.push(`${witness.name} (${new Date(cosigned.at * 1000).toISOString()})`);
    }
    return {
      proven: true,
      words: [
        `The entry below is number ${receipt.index} of the log ${receipt.origin}; ${receipt.index} entries stand before it.`,
        `The log's key signed the tree of ${receipt.size} entries that it is in. No entry of it can be changed, taken out or moved without the change being seen.`,
        seen.length ? `Witnesses have seen this tree: ${seen.join(', ')}.` : 'No witness was asked for: whether the log shows the same history to others, this alone does not prove.',
        'Not proven: that what the entry says is true, and that nobody read the request before it was entered.',
      ],
      entry: new TextDecoder().decode(receipt.entry),
    };
  } catch (fault) {
    if (!(fault instanceof NotProven))
      throw fault;
    return { proven: false, words: [fault.message], entry: '' };
  }
}

function show(answer) {
  const byId = id => document.getElementById(id);
  byId('answer').hidden = false;
  byId('answer').className = answer.proven ? 'proven' : '';
  byId('verdict').textContent = answer.proven ? 'Proven' : 'Not proven';
  byId('words').replaceChildren(...answer.words.map(words => Object.assign(document.createElement('li'), { textContent: words })));
  byId('entry').textContent = answer.entry;
  byId('entry').hidden = !answer.entry;
}

async function read(file) {
  // A file that is too long is not read at all.
  const bytes = file.size > MOST_BYTES ? new Uint8Array(MOST_BYTES + 1) : new Uint8Array(await file.arrayBuffer());
  show(await check(bytes, document.getElementById('key').value, document.getElementById('witnesses').value));
}

if (typeof document !== 'undefined') {
  const input = document.getElementById('file');
  const again = () => input.files.length && read(input.files[0]);
  for (const id of ['file', 'key', 'witnesses'])
    document.getElementById(id).addEventListener('change', again);
  document.addEventListener('dragover', event => event.preventDefault());
  document.addEventListener('drop', event => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      again();
    }
  });
}
