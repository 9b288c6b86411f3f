package register

import (
	"path"
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/problem"
	"suqiu/internal/seal"
	"suqiu/internal/signature"
	"suqiu/internal/workday"
)

// Seal is a file of seals/, with what the signatures beside it prove by the list of
// signers at the head.
type Seal struct {
	Path     string
	Text     []byte
	Touched  bool // --base: the request changes it or a signature of it
	Verdicts []seal.Verdict
}

// readSeals reads seals/ at the head.
func (d *Register) readSeals(h *history.History) error {
	files, stray, err := h.Files(seal.Folder)
	if err != nil || len(files)+len(stray) == 0 {
		return err
	}
	for _, s := range stray {
		d.stray(s)
	}
	touched := map[string]bool{}
	for _, t := range h.FileChanges(history.Below([]string{seal.Folder})) {
		touched[t.Path] = d.Landings[t.Landing].Pending
	}
	var signers *signature.Signers
	if list := d.Config.Signature.Signers; list != "" && !signature.IsKey(list) {
		if src, err := d.source(path.Clean(list)); err == nil {
			signers = signature.ParseSigners(src)
		}
	}
	for _, f := range files {
		if path.Ext(f.Path) == ".sig" || noPaper(f.Path) {
			continue
		}
		s, err := seal.Parse(f.Data)
		if err == nil && s.Path() != f.Path {
			err = misplaced(s)
		}
		if err != nil {
			d.stray(problem.Problem{Rule: "value-type", Path: f.Path, Line: 1, Column: 1, EndLine: 1,
				Message: err.Error(), New: touched[f.Path],
				Fix: "封存由 suqiu seal 写，不要手工改；写错的，删去后重新封存"})
			continue
		}
		one := Seal{Path: f.Path, Text: f.Data, Touched: touched[f.Path]}
		var list []seal.Signature
		for _, other := range files {
			if code, ok := seal.SignatureOf(f.Path, other.Path); ok {
				list = append(list, seal.Signature{Path: other.Path, Code: code, Armored: other.Data})
				one.Touched = one.Touched || touched[other.Path]
			}
		}
		one.Verdicts = seal.Judge(s, f.Data, list, signers, SealedBy(d.Config, s.Day))
		d.Seals = append(d.Seals, one)
	}
	return nil
}

type misplaced seal.Seal

func (s misplaced) Error() string {
	return "封存的日期是 " + s.Day.String() + "，应放在 " + seal.Seal(s).Path()
}

// SealedBy tells whose addresses sign under the code of a unit, on a day.
func SealedBy(c *config.Config, day workday.Date) seal.Belongs {
	return func(code, address string) bool {
		at := slices.IndexFunc(c.Units, func(u config.Unit) bool { return u.Code == code })
		return at < 0 || slices.Contains(c.Actor(address, day).Units, c.Units[at].Name)
	}
}

// LastSeal is the last seal by the day that somebody's signature proves and that
// the mainline goes on from; nil if there is none.
func (d *Register) LastSeal() (last *seal.Mark) {
	for i := range d.Seals {
		s, err := seal.Parse(d.Seals[i].Text)
		if err != nil || s.Day > d.AsOf || last != nil && s.Day < last.Day || d.LandingOf(s.Head) < 0 {
			continue
		}
		mark := seal.Mark{Seal: s}
		for _, v := range d.Seals[i].Verdicts {
			if v.Flaw == nil {
				mark.By = append(mark.By, v.Code)
			}
		}
		if len(mark.By) > 0 {
			last = &mark
		}
	}
	return last
}
