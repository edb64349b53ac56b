// Package documents reads the manifests of trusted documents: GraphQL documents that the operator has agreed to, and that
// clients then name by an id in the place of sending them.
//
// [Read] takes every *.json file of a folder and returns a [Set], or an error that names the file and the key of everything
// that is wrong:
//
//	set, err := documents.Read(os.DirFS("documents"), graph.CheckDocument)
//	if err != nil {
//		return err
//	}
//	text, found := set.Document("sha256:…")
//
// [Parse] reads one manifest, such as one that was uploaded. Three forms are understood: an object of ids and texts, as
// GraphQL Code Generator and Relay write it (persisted-documents.json); the same with bare hexadecimal hashes; and Apollo's
// manifest with format, version and operations. An id that is a SHA-256 must be that of its text.
//
// The package does not know GraphQL: it is handed the check of a document. It keeps nothing and watches no files.
//
// Only cmd/goodpractice and internal/partners may import it. It imports the standard library alone.
package documents
