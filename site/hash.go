package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"strconv"

	"suqiu/internal/document"
	"suqiu/internal/sitedir"
	"suqiu/internal/store"
	"suqiu/internal/view"
)

// hashCases adds all that can be told of some cases.
func (v *builder) hashCases(r *sitedir.Hasher, list []*view.Case) {
	r.Number(len(list))
	for _, e := range list {
		r.Add(v.hashes[e.Nth])
	}
}

// hashOfCase is what every file is made of that shows a case.
func (v *builder) hashOfCase(e *view.Case) sitedir.InputHash { return v.hashes[e.Nth] }

// hashOf is what every file that shows a case is made of.
func hashOf(e *view.Case) sitedir.InputHash {
	if e.Fingerprint == "" {
		return sitedir.InputHash{}
	}
	return sitedir.NewHasher(e.ID, e.Fingerprint, strconv.FormatBool(e.Page), strconv.FormatBool(e.Text != nil)).Sum()
}

// hashOfPage is what the page and the forms of a case are made of.
func (v *builder) hashOfPage(e *view.Case) sitedir.InputHash {
	r := sitedir.NewHasher()
	r.Add(v.hashes[e.Nth])
	if v.caseMaker.HashRelated(r, e) {
		r.Add(v.pageHash)
	}
	return r.Sum()
}

// hashPages is a digest of which cases have a page.
func (v *builder) hashPages() sitedir.InputHash {
	r := sitedir.NewHasher()
	for _, e := range v.Cases {
		if e.Page {
			r.Texts(e.ID)
		}
	}
	return r.Sum()
}

// hashOfList is what a list of cases under a name is made of.
func (v *builder) hashOfList(cases []*view.Case, name string) sitedir.InputHash {
	r := sitedir.NewHasher(name)
	v.hashCases(r, cases)
	return r.Sum()
}

// hashOfReport is what the Word and Excel files of a report are made of.
func hashOfReport(d *document.Document) sitedir.InputHash {
	data, err := json.Marshal(d)
	if err != nil {
		panic(err) // a Document is made of texts and numbers
	}
	return sitedir.NewHasher(string(data)).Sum()
}

// hashOfReportPage is what the page of a quarter's report is made of.
func (v *builder) hashOfReportPage(i int, p *reportPage) sitedir.InputHash {
	r := v.hashFigures(i)
	r.Texts(p.Previous, p.Next)
	r.Add(v.pageHash) // that it links to
	return r.Sum()
}

// hashFigures is what everything is made of that shows the figures and lists
// of a quarter.
func (v *builder) hashFigures(i int) *sitedir.Hasher {
	figures, err := json.Marshal(&v.quarters[i])
	if err != nil {
		panic(err) // figures are made of texts and numbers
	}
	r := sitedir.NewHasher(string(figures))
	r.Add(v.reportHashes[i]())
	return r
}

// buildKey is what all files of a build are made of alike; empty if it cannot be
// told, and then nothing is used again.
func (v *builder) buildKey(in *Input, out string) string {
	if in.Keep == (store.Dir{}) || v.SettingsHash == "" {
		return ""
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %s %q %x\n", out, in.Tool, v.AsOf, v.Edition, v.SettingsHash)
	for _, m := range v.Meetings {
		fmt.Fprintf(sum, "%q %q\n", m.ID, m.Href())
	}
	for _, r := range v.rules {
		fmt.Fprintf(sum, "%q\n", r)
	}
	if hashFiles(sum, in.Templates) != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func hashFiles(sum hash.Hash, fsys fs.FS) error {
	for _, folder := range []string{"pages", "static"} {
		entries, err := fs.ReadDir(fsys, folder)
		if err != nil {
			return err
		}
		for _, e := range entries {
			data, err := fs.ReadFile(fsys, path.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			fmt.Fprintf(sum, "%s/%s %d\n", folder, e.Name(), len(data))
			sum.Write(data)
		}
	}
	return nil
}
