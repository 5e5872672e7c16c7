// Reads a log that Timbang published, with Go's own packages for checksum databases:
// opens the checkpoint, reads the tiles (which authenticates them against the signed root),
// proves and checks entries and, given an older checkpoint, that the log extends it.
//
// Usage: reader DIR VKEY [OLD_CHECKPOINT]
//
// Go's tlog names tiles tile/8/L/N, the published layout (c2sp.org/tlog-tiles) tile/L/N.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	if len(os.Args) < 3 {
		fail("usage: reader DIR VKEY [OLD_CHECKPOINT]")
	}
	dir, vkey := os.Args[1], os.Args[2]
	tree := openCheckpoint(filepath.Join(dir, "checkpoint"), vkey)
	hashes := tlog.TileHashReader(tree, &tiles{dir: dir})

	root, err := tlog.TreeHash(tree.N, hashes)
	check("tree hash", err)
	if root != tree.Hash {
		fail("the tiles lead to %v, %v was signed", root, tree.Hash)
	}
	checked := checkEntries(dir, tree, hashes)
	if len(os.Args) > 3 {
		old := openCheckpoint(os.Args[3], vkey)
		if old.N > 0 {
			proof, err := tlog.ProveTree(tree.N, old.N, hashes)
			check("prove tree", err)
			check("check tree", tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
		}
	}
	fmt.Printf("ok %d entries, %d proved\n", tree.N, checked)
}

// openCheckpoint opens the signed note and reads origin, size and root.
func openCheckpoint(path, vkey string) tlog.Tree {
	msg, err := os.ReadFile(path)
	check("checkpoint", err)
	verifier, err := note.NewVerifier(vkey)
	check("key", err)
	opened, err := note.Open(msg, note.VerifierList(verifier))
	check("note", err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		fail("not a checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check("size", err)
	raw, err := base64.StdEncoding.DecodeString(lines[2])
	check("root", err)
	tree := tlog.Tree{N: size}
	if copy(tree.Hash[:], raw) != tlog.HashSize || len(raw) != tlog.HashSize {
		fail("a root has %d bytes, not %d", tlog.HashSize, len(raw))
	}
	return tree
}

// checkEntries reads every entry bundle and proves the first of each 37 (of each 3700 in a large log) and the last.
func checkEntries(dir string, tree tlog.Tree, hashes tlog.HashReader) int {
	checked, step := 0, int64(37)
	if tree.N > 10000 {
		step = 3700
	}
	for n := int64(0); n<<height < tree.N; n++ {
		width := tree.N - n<<height
		if width > 1<<height {
			width = 1 << height
		}
		data := readTile(dir, tlog.Tile{H: height, L: -1, N: n, W: int(width)})
		for i := n << height; i < n<<height+width; i++ {
			if len(data) < 2 {
				fail("bundle %d ends before entry %d", n, i)
			}
			length := int(binary.BigEndian.Uint16(data))
			entry := data[2 : 2+length]
			data = data[2+length:]
			if i%step != 0 && i != tree.N-1 {
				continue
			}
			proof, err := tlog.ProveRecord(tree.N, i, hashes)
			check("prove record", err)
			check(fmt.Sprintf("entry %d", i),
				tlog.CheckRecord(proof, tree.N, tree.Hash, i, tlog.RecordHash(entry)))
			checked++
		}
		if len(data) != 0 {
			fail("bundle %d has %d bytes too many", n, len(data))
		}
	}
	return checked
}

// tiles reads tiles from the published folder.
type tiles struct{ dir string }

func (t *tiles) Height() int                         { return height }
func (t *tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		all = append(all, readTile(t.dir, tile))
	}
	return all, nil
}

func readTile(dir string, tile tlog.Tile) []byte {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	path = strings.Replace(path, "tile/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, path))
	check(path, err)
	return data
}

func check(what string, err error) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

func fail(format string, arguments ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(1)
}
