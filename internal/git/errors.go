package git

import (
	"errors"
	"fmt"
	"io/fs"
)

// Error is a condition of the repository that a user can mend. Both parts are
// Chinese sentences without a full stop.
type Error struct {
	What string // what is wrong, and where
	Cure string // what to do about it
	Err  error  // the cause, if there is one
}

// Error joins both parts.
func (e *Error) Error() string {
	if e.Cure == "" {
		return e.What
	}
	return e.What + "；" + e.Cure
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// ErrNoFile means that a tree has no regular file of that path. It is
// fs.ErrNotExist to errors.Is.
var ErrNoFile = fmt.Errorf("history: %w", fs.ErrNotExist)

// NotAFile means that something else stands where a regular file is looked for.
// It is fs.ErrNotExist and ErrNoFile to errors.Is, as there is no file.
type NotAFile struct {
	Path string
	What string // 符号链接, 子模块 or 目录
}

func (e *NotAFile) Error() string { return e.Path + " 是" + e.What + "，不是文件" }

// Is makes it an ErrNoFile.
func (e *NotAFile) Is(target error) bool { return target == ErrNoFile || target == fs.ErrNotExist }

// errMissing means that no pack, folder or alternate holds an object.
var errMissing = errors.New("object not found")

// explain turns a failed read of an object into an *Error. What is there but
// cannot be read is damage; what is absent is damage too, unless the clone was
// made to be partial.
func (db *database) explain(what string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	if errors.Is(err, errMissing) {
		if db.partial {
			return &Error{"这是部分克隆（partial clone），" + what + "不在本地",
				"请完整克隆：git clone 时不带 --filter；已有的克隆执行 git fetch --refetch --no-filter 后重试", err}
		}
		return &Error{"仓库不完整：缺少" + what, "请执行 git fsck 查看损坏情况，或重新完整克隆（CI 中设 GIT_DEPTH: 0）",
			err}
	}
	return &Error{"仓库数据损坏：" + what + "读取失败（" + err.Error() + "）",
		"请执行 git fsck 查看损坏情况，并重新克隆仓库", err}
}
