// Checks a public log with Go's sumdb/note and sumdb/tlog, which are used as they are: the checkpoint's signature, and inclusion and
// consistency proofs that are made and verified from the log's tiles. It shares no code with the registry.
//
//	audit-tiles -key VKEY [-proofs 1000] DIRECTORY-OR-URL
package main

import (
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const mostBytes = 256 * (2 + 65535)

func main() {
	key := flag.String("key", "", "the log's public key")
	proofs := flag.Int("proofs", 1000, "how many proofs of each kind")
	seed := flag.Int64("seed", 1, "which entries and sizes are drawn")
	flag.Parse()
	if flag.NArg() != 1 || *key == "" {
		flag.Usage()
		os.Exit(2)
	}
	size, err := check(flag.Arg(0), *key, *proofs, *seed)
	if err != nil {
		fmt.Fprintln(os.Stderr, "NOT PROVEN:", err)
		os.Exit(1)
	}
	fmt.Printf("PROVEN: %d entries, %d inclusion and %d consistency proofs\n", size, *proofs, *proofs)
}

func check(log, key string, proofs int, seed int64) (int64, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return 0, err
	}
	tree, err := checkpoint(log, verifier)
	if err != nil {
		return 0, err
	}
	// TileHashReader checks every tile against the signed root before a hash of it is used.
	reader := tlog.TileHashReader(tree, &tiles{log: log, kept: map[string][]byte{}})
	random := rand.New(rand.NewSource(seed))
	var bundle []byte
	last := int64(-1)
	for i := 0; i < proofs; i++ {
		// A bundle of entries is read once for the proofs of its entries.
		index := int64(i) * tree.N / int64(proofs)
		if last != index/256 {
			last = index / 256
			if bundle, err = readBundle(log, last, tree.N); err != nil {
				return 0, err
			}
		}
		entry, err := entryOf(bundle, int(index%256))
		if err != nil {
			return 0, fmt.Errorf("entry %d: %w", index, err)
		}
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return 0, fmt.Errorf("inclusion of entry %d: %w", index, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
			return 0, fmt.Errorf("inclusion of entry %d: %w", index, err)
		}
	}
	for i := 0; i < proofs; i++ {
		earlier := 1 + random.Int63n(tree.N)
		root, err := tlog.TreeHash(earlier, reader)
		if err != nil {
			return 0, fmt.Errorf("root of %d entries: %w", earlier, err)
		}
		proof, err := tlog.ProveTree(tree.N, earlier, reader)
		if err != nil {
			return 0, fmt.Errorf("consistency with %d entries: %w", earlier, err)
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, earlier, root); err != nil {
			return 0, fmt.Errorf("consistency with %d entries: %w", earlier, err)
		}
	}
	return tree.N, nil
}

func checkpoint(log string, verifier note.Verifier) (tlog.Tree, error) {
	message, err := read(log, "checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("the checkpoint is of another log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 1 {
		return tlog.Tree{}, errors.New("the checkpoint has no size")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, errors.New("the checkpoint has no root")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

// tiles gives sumdb/tlog the tiles of c2sp.org/tlog-tiles, whose addresses leave out the height, which is 8.
type tiles struct {
	log  string
	kept map[string][]byte
}

func (t *tiles) Height() int { return 8 }

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		if kept, ok := t.kept[path]; ok {
			data[i] = kept
			continue
		}
		read, err := read(t.log, path)
		if err != nil {
			return nil, err
		}
		data[i] = read
	}
	return data, nil
}

func (t *tiles) SaveTiles(saved []tlog.Tile, data [][]byte) {
	for i, tile := range saved {
		t.kept["tile/"+strings.TrimPrefix(tile.Path(), "tile/8/")] = data[i]
	}
}

func readBundle(log string, number, size int64) ([]byte, error) {
	width := 256
	if rest := size - number*256; rest < 256 {
		width = int(rest)
	}
	path := tlog.Tile{H: 8, L: 0, N: number, W: width}.Path()
	return read(log, "tile/entries/"+strings.TrimPrefix(path, "tile/8/0/"))
}

func entryOf(bundle []byte, at int) ([]byte, error) {
	for ; ; at-- {
		if len(bundle) < 2 {
			return nil, errors.New("the bundle of entries is cut")
		}
		length := int(bundle[0])<<8 | int(bundle[1])
		if len(bundle) < 2+length {
			return nil, errors.New("the bundle of entries is cut")
		}
		if at == 0 {
			return bundle[2 : 2+length], nil
		}
		bundle = bundle[2+length:]
	}
}

func read(log, path string) ([]byte, error) {
	if !strings.HasPrefix(log, "http://") && !strings.HasPrefix(log, "https://") {
		return os.ReadFile(filepath.Join(log, path))
	}
	answer, err := http.Get(strings.TrimSuffix(log, "/") + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, mostBytes))
}
