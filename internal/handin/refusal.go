package handin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"suqiu/internal/desk"
	"suqiu/internal/misuse"
)

// refusal is why something is not taken, as the page is told.
type refusal struct {
	status int

	Kind    string          `json:"kind"` // stale, refused
	Message string          `json:"message"`
	Files   map[string]file `json:"files,omitempty"` // of stale: as they are now
}

func (f *refusal) Error() string { return f.Message }

func refuse(status int, format string, args ...any) *refusal {
	return &refusal{status: status, Kind: "refused", Message: fmt.Sprintf(format, args...)}
}

// unreadable is the refusal of a body that cannot be read.
func unreadable(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return tooMuch()
	}
	return refuse(http.StatusBadRequest, "交来的内容读不懂：%s", err)
}

// refusalOf is what the page is told of an error.
func refusalOf(err error) *refusal {
	var (
		own    *refusal
		stale  *desk.StaleError
		wanted *misuse.Error
	)
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &stale):
		f := &refusal{status: http.StatusConflict, Kind: "stale", Message: err.Error(), Files: map[string]file{}}
		for _, now := range stale.Files {
			f.Files[now.Path] = file{now.Text, now.Blob}
		}
		return f
	case errors.As(err, &wanted) && wanted.Hint != "":
		return refuse(http.StatusUnprocessableEntity, "%s。%s", wanted.What, wanted.Hint)
	case errors.As(err, &wanted):
		return refuse(http.StatusUnprocessableEntity, "%s", wanted.What)
	}
	return refuse(http.StatusInternalServerError, "%s", err)
}

func (f *refusal) write(w http.ResponseWriter) { write(w, f.status, f) }

func write(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // a reader that has gone
}
